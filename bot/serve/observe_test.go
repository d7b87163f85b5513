package serve

import (
	"context"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"mujaz/bot/sandbox"
)

// TestWhatAnOperatorSees asks a question and looks for it in the log and in the
// metrics: each line about it names its update, each stage was timed.
func TestWhatAnOperatorSees(t *testing.T) {
	s := sandbox.Serve(t, sandbox.Options{})
	addr := sandbox.FreeAddress(t)
	log, _ := running(t, s, map[string]string{"LISTEN_ADDR": addr})
	reader := s.AddUser(sandbox.User{FirstName: "ريم", LanguageCode: "ar"})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for range 2 { // the second is remembered, and counts all the same
		if _, err := s.Reply(ctx, s.SendText(reader.ID, reader.ID, "ما موقف إيران من تخصيب اليورانيوم؟")); err != nil {
			t.Fatal(err)
		}
	}
	s.Inject(sandbox.Fault{Method: "sendMessage", Down: true, Times: 1})
	if _, err := s.Reply(ctx, s.SendText(reader.ID, reader.ID, "من التقى في مسقط؟")); err != nil {
		t.Fatal(err)
	}
	metrics := get(t, "http://"+addr+"/metrics", http.StatusOK)
	for _, stage := range stages {
		if !regexp.MustCompile(`mujaz_stage_seconds_count\{stage="` + stage + `"\} [1-9]`).MatchString(metrics) {
			t.Errorf("the stage %s was not timed", stage)
		}
	}
	asked := 0
	for _, n := range regexp.MustCompile(`mujaz_answers_total\{kind="\w+"\} (\d+)`).FindAllStringSubmatch(metrics, -1) {
		asked += int(n[1][0] - '0')
	}
	if asked != 3 {
		t.Errorf("3 questions were asked, %d counted", asked)
	}
	for _, line := range []string{`msg="a message is sent again.*update=\d+`, `msg=request .*update=\d+`} {
		if !regexp.MustCompile(line).MatchString(log.String()) {
			t.Errorf("no line of the log is like %s", line)
		}
	}
}

// TestTheReadmeNamesMetricsThatExist reads the metrics to alert on.
func TestTheReadmeNamesMetricsThatExist(t *testing.T) {
	s := sandbox.Serve(t, sandbox.Options{})
	addr := sandbox.FreeAddress(t)
	running(t, s, map[string]string{"LISTEN_ADDR": addr})
	reader := s.AddUser(sandbox.User{FirstName: "ريم", LanguageCode: "ar"})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if _, err := s.Reply(ctx, s.SendText(reader.ID, reader.ID, "ما موقف إيران من تخصيب اليورانيوم؟")); err != nil {
		t.Fatal(err)
	}
	metrics := get(t, "http://"+addr+"/metrics", http.StatusOK)
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile("`(mujaz_[a-z_]+)").FindAllStringSubmatch(string(readme), -1)
	if len(names) < 4 {
		t.Errorf("only %d metrics are named", len(names))
	}
	for _, name := range names {
		if !strings.Contains(metrics, "\n"+name[1]) {
			t.Errorf("%s is in the README and not among the metrics", name[1])
		}
	}
}
