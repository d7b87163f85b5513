package index

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"
)

// TestUnwritableIsNoDamage: what cannot be written must not be wiped.
func TestUnwritableIsNoDamage(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{nil, false},
		{errors.New("damaged: no sequence number"), false},
		{errOtherRules, false},
		{&fs.PathError{Op: "open", Path: "root.bolt", Err: syscall.EROFS}, true},
		{&fs.PathError{Op: "open", Path: "root.bolt", Err: syscall.EACCES}, true},
		{fmt.Errorf("catch up: %w", &fs.PathError{Op: "write", Path: "1.zap", Err: syscall.ENOSPC}), true},
		{errors.New("segment: 1.zap persist err: write 1.zap: no space left on device"), true}, // as bleve says it
	} {
		if got := unwritable(c.err); got != c.want {
			t.Errorf("unwritable(%v) = %t", c.err, got)
		}
	}
}
