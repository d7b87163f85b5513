package telegram

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

// FuzzReply reads replies of the Bot API as a gateway, a broken line or a
// stranger may send them: each is a result or one of two errors, never a panic.
func FuzzReply(f *testing.F) {
	for _, body := range []string{`{"ok":true,"result":{"message_id":7}}`, `{"ok":true}`, `{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":5}}`,
		`{"ok":false}`, `<html>502</html>`, `{"ok":true,"result":[{"update_id":1`, `null`, `[]`, `{"ok":false,"error_code":400,"parameters":{"migrate_to_chat_id":-100}}`, ``} {
		f.Add(200, body)
		f.Add(502, body)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		res, err := read(&http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body))})
		var refused *apiError
		var lost *wireError
		switch {
		case err == nil:
			data, err := io.ReadAll(res.Body)
			if err != nil || string(data) != body {
				t.Fatalf("the reply changed: %q, %v", data, err)
			}
			var result json.RawMessage
			if err := decodeResult(data, &result); err != nil || len(result) == 0 {
				t.Fatalf("no result in %q: %v", body, err)
			}
		case errors.As(err, &refused):
			if refused.meaning() == nil || refused.Error() == "" {
				t.Fatal("a refusal without a meaning")
			}
		case !errors.As(err, &lost):
			t.Fatalf("another error: %v", err)
		}
	})
}
