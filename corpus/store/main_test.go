package store

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// kills is how many processes each crash test kills: few by default, hundreds
// for the table in the README.
var kills = flag.Int("crash.kills", 4, "processes that each crash test kills with -9")

// helperEnv makes the test binary play a process that is going to be killed.
const helperEnv = "MUJAZ_STORE_HELPER"

func TestMain(m *testing.M) {
	if role := os.Getenv(helperEnv); role != "" {
		if err := helpers[role](context.Background(), os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}
