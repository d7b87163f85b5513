package terminal

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody plays the operator without rights when the tests run as root, who may
// write anywhere.
const nobody = 65534

// outsider runs a copy of the program as somebody who may only read.
type outsider struct {
	t          *testing.T
	base, data string
}

func newOutsider(t *testing.T) *outsider {
	t.Helper()
	base, err := os.MkdirTemp("", "mujaz-unwritable-")
	if err != nil {
		t.Fatal(err)
	}
	o := &outsider{t: t, base: base, data: filepath.Join(base, "data")}
	t.Cleanup(func() { o.allow(0o700, 0o600); os.RemoveAll(base) })
	program, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = os.WriteFile(filepath.Join(base, "mujaz"), program, 0o755)
	}
	if err == nil {
		err = os.Mkdir(filepath.Join(base, "tmp"), 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.allow(0o700, 0o600)
	return o
}

// allow sets the rights of everything in the data folder.
func (o *outsider) allow(folder, file os.FileMode) {
	o.t.Helper()
	filepath.WalkDir(o.base, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := file
		if d.IsDir() {
			mode = folder
		}
		if strings.HasPrefix(path, o.data) {
			os.Chmod(path, mode)
		}
		if os.Getuid() == 0 {
			os.Lchown(path, nobody, nobody)
		}
		return nil
	})
}

func (o *outsider) run(args ...string) (string, error) {
	cmd := exec.Command(filepath.Join(o.base, "mujaz"), append(args, "-data", o.data)...)
	cmd.Dir = o.base
	cmd.Env = append(os.Environ(), "TMPDIR="+filepath.Join(o.base, "tmp"), "HOME="+o.base, "DATA_DIR=", "DATABASE_URL=")
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestReadOnlyDataFolder reads where nothing can be written, with an index and
// without one, and refuses the rest in a sentence; the index stays as it is.
func TestReadOnlyDataFolder(t *testing.T) {
	o := newOutsider(t)
	const question, answer = "ما موقف إيران من تخصيب اليورانيوم؟", "تصفير التخصيب"
	if out, err := o.run("ask", question); err != nil || !strings.Contains(out, answer) {
		t.Fatalf("%v: %s", err, out)
	}
	o.allow(0o500, 0o400)
	for _, args := range [][]string{{"ask", question}, {"check"}, {"docs"}} {
		out, err := o.run(args...)
		if err != nil || strings.Contains(out, "permission") || args[0] == "ask" && !strings.Contains(out, answer) {
			t.Errorf("%v: %v: %s", args, err, out)
		}
	}
	if out, err := o.run("reindex"); err == nil || !strings.Contains(out, "cannot be written; check its permissions") {
		t.Errorf("reindex: %v: %s", err, out)
	}
	if _, err := os.Stat(filepath.Join(o.data, "index", "store", "root.bolt")); err != nil {
		t.Errorf("the index is gone: %v", err)
	}

	o.allow(0o700, 0o600)
	if err := os.RemoveAll(filepath.Join(o.data, "index")); err != nil {
		t.Fatal(err)
	}
	o.allow(0o500, 0o400)
	if out, err := o.run("ask", question); err != nil || !strings.Contains(out, answer) {
		t.Errorf("without an index: %v: %s", err, out)
	}
	if out, err := o.run("check"); err == nil || !strings.Contains(out, "The documents are safe") {
		t.Errorf("check without an index: %v: %s", err, out)
	}
}
