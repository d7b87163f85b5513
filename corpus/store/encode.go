package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// encode turns Go values into what both engines store alike: times into
// milliseconds, flags into 0 and 1, bytes into base64, lists and maps into
// JSON. Text loses NUL and broken UTF-8, which PostgreSQL refuses.
func encode(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = encodeOne(a)
	}
	return out
}

func encodeOne(a any) any {
	switch v := a.(type) {
	case time.Time:
		return toMillis(v)
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	case []string, map[string]string:
		b, _ := json.Marshal(v) // cannot fail for these two
		return clean(string(b))
	case string:
		return clean(v)
	case int:
		return int64(v)
	default:
		return a
	}
}

// clean makes text that both engines can hold.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.ReplaceAll(s, "\x00", "")
}

func toMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// into reads a column back into the Go value that encode took.
type into struct{ to any }

// Scan implements sql.Scanner.
func (i into) Scan(src any) error {
	switch to := i.to.(type) {
	case *time.Time:
		n, err := scanInt(src)
		*to = fromMillis(n)
		return err
	case *bool:
		n, err := scanInt(src)
		*to = n != 0
		return err
	case *[]byte:
		b, err := base64.StdEncoding.DecodeString(scanString(src))
		*to = b
		return err
	default:
		return json.Unmarshal([]byte(scanString(src)), i.to)
	}
}

func scanInt(src any) (int64, error) {
	if n, ok := src.(int64); ok {
		return n, nil
	}
	return 0, fmt.Errorf("store: %T where a number was expected", src)
}

func scanString(src any) string {
	if b, ok := src.([]byte); ok {
		return string(b)
	}
	s, _ := src.(string)
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }
