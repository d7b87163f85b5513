package index

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	// bleve starts its analysis workers when it is imported, for the whole process.
	// A writer that died leaves its batch, who closes after it, and what it had
	// still to remove, waiting.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"),
		goleak.IgnoreAnyFunction("mujaz/index.(*Index).commit.func1"), goleak.IgnoreAnyFunction("mujaz/index.(*Index).bury.func1"),
		goleak.IgnoreAnyFunction("mujaz/index.(*Index).end.func1"),
		goleak.IgnoreAnyFunction("github.com/blevesearch/bleve/v2/index/scorch.(*Scorch).AddEligibleForRemoval"))
}
