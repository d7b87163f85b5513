package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mujaz/corpus"
)

// kills is how many processes each crash test kills: few by default, hundreds
// for the table in the README.
var kills = flag.Int("crash.kills", 3, "processes that each crash test kills with -9")

// program builds the real binary once for all tests of this package.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "mujaz-crash-")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "mujaz")
	out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return file, nil
})

// house is one data folder and the processes that work on it.
type house struct {
	t    *testing.T
	data string
	env  []string
}

func newHouse(t *testing.T, env ...string) *house {
	return &house{t: t, data: filepath.Join(t.TempDir(), "data"), env: env}
}

// command makes a process that reads no settings but those of the test.
func (h *house) command(args ...string) *exec.Cmd {
	h.t.Helper()
	file, err := program()
	if err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.Command(file, args...)
	cmd.Dir = h.t.TempDir()
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "DATA_DIR=" + h.data}, h.env...)
	return cmd
}

// run lets a command finish and returns what it printed.
func (h *house) run(args ...string) string {
	h.t.Helper()
	cmd := h.command(args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		h.t.Fatalf("mujaz %s: %v: %s%s", strings.Join(args, " "), err, out, errs.String())
	}
	return string(out)
}

// kill runs a command and kills it after at most longest. It returns what was
// printed and whether the command had finished well before.
func (h *house) kill(longest time.Duration, args ...string) (string, bool) {
	h.t.Helper()
	cmd := h.command(args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	after := time.Duration(rand.Int64N(int64(max(longest, 20*time.Millisecond))))
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() >= 0 {
		h.t.Fatalf("mujaz %s failed by itself: %v: %s", strings.Join(args, " "), err, errs.String())
	}
	return out.String(), err == nil
}

// timed runs a command to its end and tells how long it took.
func (h *house) timed(args ...string) time.Duration {
	start := time.Now()
	h.run(args...)
	return time.Since(start)
}

// documents reads the store through export.
func (h *house) documents() map[string]corpus.Document {
	h.t.Helper()
	out := map[string]corpus.Document{}
	lines := bufio.NewScanner(strings.NewReader(h.run("export")))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var d corpus.Document
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			h.t.Fatal(err)
		}
		out[d.ID] = d
	}
	return out
}

// sound fails when the index is not equal to the store after a start.
func (h *house) sound() {
	h.t.Helper()
	if out := h.run("check", "-repair=false"); !strings.Contains(out, "sound") {
		h.t.Error(out)
	}
}

// edition writes n documents, whose text tells the edition in every paragraph.
func (h *house) edition(name string, n int) (file string, texts map[string]string) {
	h.t.Helper()
	texts = map[string]string{}
	var lines bytes.Buffer
	for i := range n {
		id := fmt.Sprintf("doc%d", i)
		texts[id] = strings.Repeat(fmt.Sprintf("فقرة من الطبعة %s في الوثيقة %d عن الهدنة والمفاوضات\n", name, i), 6)
		line, err := json.Marshal(corpus.Document{ID: id, Title: "وثيقة " + id, Text: texts[id]})
		if err != nil {
			h.t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	file = filepath.Join(h.t.TempDir(), name+".jsonl")
	if err := os.WriteFile(file, lines.Bytes(), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return file, texts
}

// score is one line of the table that a crash test prints.
type score struct{ kills, acknowledged, lost, half int }

func (s score) print(t *testing.T, what string) {
	t.Helper()
	t.Logf("%-10s %5s %13s %5s %5s", "", "kills", "acknowledged", "lost", "half")
	t.Logf("%-10s %5d %13d %5d %5d", what, s.kills, s.acknowledged, s.lost, s.half)
	if s.lost > 0 || s.half > 0 {
		t.Error("acknowledged work was lost or half done")
	}
}

func TestKilledImport(t *testing.T) {
	h := newHouse(t)
	const n = 500
	file, old := h.edition("0", n)
	longest := h.timed("import", file)
	var s score
	for round := 1; s.kills < *kills; round++ {
		file, next := h.edition(fmt.Sprint(round), n)
		_, finished := h.kill(longest, "import", file)
		if finished {
			s.acknowledged += n
			longest = longest * 3 / 4
		} else {
			s.kills++
		}
		h.sound()
		found := h.documents()
		for id := range old {
			switch text := found[id].Text; {
			case text == next[id]:
			case text == old[id] && !finished:
			case text == "":
				s.lost++
			default:
				s.half++
			}
			old[id] = found[id].Text
		}
	}
	s.print(t, "import")
	last, texts := h.edition("last", n)
	h.run("import", last)
	h.sound()
	for id, d := range h.documents() {
		if strings.HasPrefix(id, "doc") && d.Text != texts[id] {
			t.Errorf("%s is not of the last edition", id)
		}
	}
}

func TestKilledRemove(t *testing.T) {
	h := newHouse(t)
	const n = 60
	file, _ := h.edition("0", n)
	h.run("import", file)
	longest := h.timed("remove", "doc0") + h.timed("remove", "-restore", "doc0")
	var s score
	live := map[string]bool{}
	for i := range n {
		live[fmt.Sprintf("doc%d", i)] = true
	}
	for s.kills < *kills {
		id := fmt.Sprintf("doc%d", rand.IntN(n))
		args := []string{"remove", id}
		if !live[id] {
			args = []string{"remove", "-restore", id}
		}
		out, finished := h.kill(longest, args...)
		acknowledged := strings.Contains(out, id)
		if finished {
			longest = longest * 9 / 10
		} else {
			s.kills++
		}
		if acknowledged {
			s.acknowledged++
			live[id] = !live[id]
		}
		h.sound()
		found := h.documents()
		for other, want := range live {
			if _, there := found[other]; there != want && (other != id || acknowledged) {
				s.lost++
			}
		}
		_, live[id] = found[id]
	}
	s.print(t, "remove")
}

func TestKilledReindex(t *testing.T) {
	h := newHouse(t)
	const n = 400
	file, texts := h.edition("0", n)
	h.run("import", file)
	longest := h.timed("reindex")
	s := score{acknowledged: n}
	for s.kills < *kills {
		if _, finished := h.kill(longest, "reindex"); finished {
			longest = longest * 9 / 10
		} else {
			s.kills++
		}
		if s.kills%2 == 0 {
			h.damage()
		}
		h.sound()
		found := h.documents()
		for id := range texts {
			if found[id].Text != texts[id] {
				s.lost++
			}
		}
	}
	s.print(t, "reindex")
}

// damage cuts a random file of the index in half, as a torn disk does.
func (h *house) damage() {
	h.t.Helper()
	var files []string
	err := filepath.WalkDir(filepath.Join(h.data, "index"), func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		return // killed before the index was created
	}
	file := files[rand.IntN(len(files))]
	info, err := os.Stat(file)
	if err == nil {
		err = os.Truncate(file, info.Size()/2)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}
