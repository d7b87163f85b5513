package sandbox

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// accessible runs axe-core on the page as it stands and reports every fault
// that axe calls serious or critical. MUJAZ_TEST_AXE names its source file.
func (b *browser) accessible(when string) {
	b.t.Helper()
	path := os.Getenv("MUJAZ_TEST_AXE")
	if path == "" {
		b.t.Log("MUJAZ_TEST_AXE names no axe-core: accessibility is not checked")
		return
	}
	source, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	b.eval(string(source) + "; undefined")
	report, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run().then((r) => JSON.stringify({passes: r.passes.length,
		faults: r.violations.map((v) => ({id: v.id, impact: v.impact, nodes: v.nodes.map((n) => n.html + " " + n.failureSummary).slice(0, 3)}))}))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatal(err)
	}
	var found struct {
		Passes int
		Faults []struct {
			ID, Impact string
			Nodes      []string
		}
	}
	if err := json.Unmarshal([]byte(report), &found); err != nil {
		b.t.Fatal(err)
	}
	if found.Passes < 15 {
		b.t.Errorf("%s: axe looked at too little: %d rules passed", when, found.Passes)
	}
	for _, f := range found.Faults {
		if f.Impact == "serious" || f.Impact == "critical" {
			b.t.Errorf("%s: %s (%s): %q", when, f.ID, f.Impact, f.Nodes)
		} else {
			b.t.Logf("%s: %s (%s): %q", when, f.ID, f.Impact, f.Nodes)
		}
	}
}

// TestAxeFindsFaults makes sure that a fault would be found.
func TestAxeFindsFaults(t *testing.T) {
	if os.Getenv("MUJAZ_TEST_AXE") == "" {
		t.Skip("MUJAZ_TEST_AXE names no axe-core")
	}
	s := Serve(t, Options{Cast: true})
	b := openPage(t, s.URL())
	b.eval(`document.body.insertAdjacentHTML("beforeend", "<button></button>")`)
	b.eval(mustRead(t, os.Getenv("MUJAZ_TEST_AXE")) + "; undefined")
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`axe.run().then((r) => r.violations.some((v) => v.id === "button-name"))`, chromedp.EvalAwaitPromise))
	if err != nil || !found {
		t.Errorf("a button without a name was not found: %v", err)
	}
}

func mustRead(t *testing.T, path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
