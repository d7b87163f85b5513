package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	pdfium "github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	// engineMemory caps what a PDF may make the engine use, in pages of
	// 64 KiB: 128 MiB. Newspaper pages stay below 40 MiB.
	engineMemory = 128 << 20 / (64 << 10)
)

// engines lets one PDF be read at a time: two would double the memory, and an
// editor does not notice the wait.
var engines = make(chan struct{}, 1)

// withPDFEngine runs f with the PDF library, which is started for this one
// document and ends with it, so that its memory is given back. It runs as
// WebAssembly: no files, no network, capped memory, and it stops when ctx
// ends.
func withPDFEngine(ctx context.Context, cacheDir string, f func(pdfium.Pdfium) error) error {
	select {
	case engines <- struct{}{}:
		defer func() { <-engines }()
	case <-ctx.Done():
		return ctx.Err()
	}
	cache, err := compilationCache(cacheDir)
	if err != nil {
		return err
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(engineMemory).
			WithCloseOnContextDone(true).
			WithCompilationCache(cache),
	})
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	defer closeEngine(pool)
	instance, err := pool.GetInstance(20 * time.Second)
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	defer instance.Close() // the pool is closed next, whatever it says
	return f(instance)
}

// closeEngine ends the pool. A pool whose context has ended panics or fails
// here; its memory is gone either way.
func closeEngine(pool io.Closer) {
	defer func() { _ = recover() }()
	_ = pool.Close()
}

var compiled struct {
	sync.Mutex
	dir   string
	cache wazero.CompilationCache
}

// compilationCache keeps the compiled engine in a folder, because compiling
// takes seconds. Without a folder it is compiled each time.
func compilationCache(dir string) (wazero.CompilationCache, error) {
	compiled.Lock()
	defer compiled.Unlock()
	if compiled.cache != nil && compiled.dir == dir {
		return compiled.cache, nil
	}
	cache := wazero.NewCompilationCache()
	if dir != "" {
		var err error
		if cache, err = wazero.NewCompilationCacheWithDir(dir); err != nil {
			return nil, fmt.Errorf("cache of the PDF engine: %w", err)
		}
	}
	compiled.dir, compiled.cache = dir, cache
	return cache, nil
}

// pdfError says in this package's errors why a PDF did not open.
func pdfError(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return ErrEncrypted
	}
	return ErrDamaged
}
