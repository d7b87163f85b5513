package terminal

import (
	"context"
	"log/slog"
	"os"
	"testing"
	_ "time/tzdata"

	"github.com/rogpeppe/go-internal/testscript"

	"mujaz/bot/config"
)

// TestMain lets the scripts run the commands of this package as a program.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mujaz": mujaz})
}

func mujaz() {
	c, err := config.Load(".env")
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(Usage)
	}
	p := &Program{Streams: Standard(), Config: c, Log: slog.New(slog.DiscardHandler)}
	if len(os.Args) < 2 {
		os.Exit(Usage)
	}
	os.Exit(Run(context.Background(), p, Commands(), os.Args[1], os.Args[2:]))
}

// TestScripts runs testdata/script: the commands as people and scripts use them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}
