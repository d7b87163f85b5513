package store

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
)

// FuzzDecodeRow holds that a row of a dump is refused as no backup, or reads
// the same after it was written again: no digit of a number is lost.
func FuzzDecodeRow(f *testing.F) {
	for _, s := range []string{`[1,"نص",0.30000000000000004]`, `[9223372036854775807,-9223372036854775808]`, `[]`, `[null,true]`,
		`[1e400]`, `{"a":1}`, `["\u0000\ud800"]`, `[[1],{"b":[2]}]`, `[18446744073709551616]`, `[1.0]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := decodeRow(line)
		if err != nil {
			if !errors.Is(err, ErrBackup) {
				t.Fatal(err)
			}
			return
		}
		again, err := json.Marshal(r)
		if err != nil {
			return // nested numbers keep their text, which may not be JSON any more
		}
		back, err := decodeRow(again)
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := json.Marshal(back); err != nil || string(twice) != string(again) {
			t.Errorf("%s, then %s %v", again, twice, err)
		}
	})
}

// FuzzTableOf holds that a dump names no table or column that is not ours.
func FuzzTableOf(f *testing.F) {
	f.Add([]byte(`{"table":"meta","columns":["name","value"]}`))
	f.Add([]byte(`{"table":"meta; DROP TABLE meta","columns":["name","value"]}`))
	f.Add([]byte(`{"table":"meta","columns":["name","value) --"]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		got, err := tableOf(line)
		if err != nil {
			if !errors.Is(err, ErrBackup) {
				t.Fatal(err)
			}
			return
		}
		for _, known := range tables {
			if reflect.DeepEqual(known, got) {
				return
			}
		}
		t.Errorf("table %v", got)
	})
}
