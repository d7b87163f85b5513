package ingest

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails when reading or fetching leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
