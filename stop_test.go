package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"mujaz/bot/sandbox"
)

// TestStopsInTime asks a bot to stop whose Telegram does not answer: it ends
// within ten seconds, and what it could not send is sent after the next start.
func TestStopsInTime(t *testing.T) {
	server := sandbox.Serve(t, sandbox.Options{})
	h := newHouse(t, "TELEGRAM_BOT_TOKEN="+server.Token(), "TELEGRAM_API_URL="+server.URL(), "BACKUP_DIR="+filepath.Join(t.TempDir(), "nightly"))
	m := &member{home: h, log: logFile(t, 0)}
	m.start(t)
	t.Cleanup(func() { m.stop(syscall.SIGTERM) })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	reader := server.AddUser(sandbox.User{FirstName: "قارئة", LanguageCode: "ar"})
	ask := func() sandbox.Message {
		return server.SendText(reader.ID, 0, "ما موقف إيران من تخصيب اليورانيوم؟")
	}
	if _, err := server.Reply(ctx, ask()); err != nil {
		t.Fatal(err)
	}
	remove := server.Inject(sandbox.Fault{Method: "sendMessage", Delay: time.Minute})
	hit := server.Counters().Faults
	asked := ask()
	for server.Counters().Faults == hit && pause(ctx, 10*time.Millisecond) {
	}
	began := time.Now()
	m.stop(syscall.SIGTERM)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("stopped after %v", took)
	}
	remove()
	m.start(t)
	if _, err := server.Reply(ctx, asked); err != nil {
		t.Error(err)
	}
	m.stop(syscall.SIGTERM)
	onlyForTheOwner(t, h.data)
}

// onlyForTheOwner fails for files and folders that others may look into.
func onlyForTheOwner(t *testing.T, dir string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if n++; info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the rights %v", path, info.Mode().Perm())
		}
		return nil
	})
	if err != nil || n < 3 {
		t.Errorf("%d files: %v", n, err)
	}
}

// TestBackupBesideServe copies the database while the bot serves, and fills an
// empty folder from the copy.
func TestBackupBesideServe(t *testing.T) {
	server := sandbox.Serve(t, sandbox.Options{})
	nightly := filepath.Join(t.TempDir(), "nightly")
	c := &crowd{server: server, asked: map[int64]int{}}
	c.house = newHouse(t, "TELEGRAM_BOT_TOKEN="+server.Token(), "TELEGRAM_API_URL="+server.URL(), "BACKUP_DIR="+nightly)
	file, texts := c.edition("0", 50)
	c.run("import", file)
	cmd := c.serve()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for range 5 { // promises made before the copy
		c.subscribe(ctx)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	c.run("backup", copied)
	c.subscribe(ctx)
	c.end(cmd)
	promised := len(c.promised)
	for _, from := range []string{copied, theOnly(t, nightly)} {
		other := newHouse(t)
		other.run("restore", from)
		other.sound()
		found := other.documents()
		for id := range texts {
			if found[id].Text != texts[id] {
				t.Errorf("%s is not in %s", id, filepath.Base(from))
			}
		}
		onlyForTheOwner(t, other.data)
		if from == copied {
			beside := &crowd{house: other, promised: c.promised[:5]}
			if lost, half := beside.verify(); lost+half > 0 || promised != 6 {
				t.Errorf("%d of %d promises are not in the copy", lost, promised)
			}
		}
	}
}

// theOnly is the one file of a folder.
func theOnly(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	return filepath.Join(dir, list[0].Name())
}
