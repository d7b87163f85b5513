package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is the user that plays the process without rights when the tests
// run as root, who may write anywhere.
const nobody = 65534

func init() { helpers["readonly"] = readReadOnly }

// readReadOnly expects a folder that cannot be written but read.
func readReadOnly(ctx context.Context, where string) error {
	if _, err := Open(ctx, at(where)); !errors.Is(err, ErrReadOnly) {
		return fmt.Errorf("writing open: %w", errors.Join(err, errors.ErrUnsupported))
	}
	s, err := Open(ctx, Options{Dir: where, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("reading open: %w", err)
	}
	if _, err := s.Get(ctx, "a"); err != nil {
		return fmt.Errorf("get: %w", err)
	}
	if _, err := Open(ctx, at(filepath.Join(where, "new"))); !errors.Is(err, ErrReadOnly) {
		return fmt.Errorf("new folder: %w", errors.Join(err, errors.ErrUnsupported))
	}
	return s.Close()
}

func TestReadOnlyFolder(t *testing.T) {
	base, err := os.MkdirTemp("", "mujaz-readonly-")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(base) })
	check(t, os.Chmod(base, 0o755))
	dir := filepath.Join(base, "data")
	s, err := Open(t.Context(), Options{Dir: dir})
	check(t, err)
	check(t, put(s, "a"))
	check(t, s.Close())
	check(t, os.Remove(filepath.Join(dir, lockFile)))
	check(t, os.Chmod(filepath.Join(dir, databaseFile), 0o400))
	check(t, os.Chmod(dir, 0o500))
	cmd := exec.Command(copyOfTest(t, base), dir)
	cmd.Env = append(os.Environ(), helperEnv+"=readonly")
	if os.Getuid() == 0 {
		check(t, os.Chown(filepath.Join(dir, databaseFile), nobody, nobody))
		check(t, os.Chown(dir, nobody, nobody))
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	check(t, os.Chmod(dir, 0o700))
}

// copyOfTest puts this program where any user may run it.
func copyOfTest(t *testing.T, dir string) string {
	t.Helper()
	in, err := os.Open(os.Args[0])
	check(t, err)
	defer in.Close()
	file := filepath.Join(dir, "helper")
	out, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY, 0o755)
	check(t, err)
	_, err = io.Copy(out, in)
	check(t, err)
	check(t, out.Close())
	return file
}
