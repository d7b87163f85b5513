package terminal

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"mujaz/bot/config"
)

// TestReadmeShowsWhatIsPrinted runs the questions of the README's transcript on
// a new folder and looks for every line that it shows, in order.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, transcript, _ := strings.Cut(string(readme), "```\n")
	transcript, _, _ = strings.Cut(transcript, "```")
	runs := strings.Split(transcript, "$ go run . ask \"")[1:]
	if len(runs) < 2 {
		t.Fatalf("the README shows %d questions", len(runs))
	}
	dir := t.TempDir()
	for _, run := range runs {
		question, shown, ok := strings.Cut(run, "\"\n")
		if !ok {
			t.Fatalf("no question in %q", run)
		}
		var out, errs bytes.Buffer
		p := &Program{
			Streams: Streams{Out: &out, Err: &errs}, Log: slog.New(slog.DiscardHandler),
			Config: config.Config{DataDir: dir, Language: "ar", Location: time.UTC},
		}
		if code := Run(t.Context(), p, Commands(), "ask", []string{question}); code != OK {
			t.Fatalf("%s: exit code %d: %s", question, code, errs.String())
		}
		rest := "\n" + out.String()
		for line := range strings.Lines(shown) {
			if line = strings.TrimSpace(line); line == "" || line == "…" {
				continue
			}
			_, after, found := strings.Cut(rest, "\n"+line+"\n")
			if !found {
				t.Errorf("%s: this line of the README is not printed:\n%s\nprinted:\n%s", question, line, out.String())
				break
			}
			rest = "\n" + after
		}
	}
}
