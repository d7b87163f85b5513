package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
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

// interpretedPages is how many pages are read by interpreting the engine.
// Compiling it takes 2 s and 350 MB, once for a cache folder; interpreting
// takes 190 MB and a few tenths of a second for each page.
const interpretedPages = 20

// interpretedTime is how long that may take before the engine is compiled
// after all.
const interpretedTime = 8 * time.Second

// errLong asks for the compiled engine.
var errLong = errors.New("too many pages to interpret the engine")

// withPDFEngine runs f with the PDF library, which is started for this one
// document and ends with it, so that its memory is given back. It runs as
// WebAssembly: no files, no network, capped memory, and it stops when ctx
// ends. A short document is read without compiling the engine when that was
// not done before; f is told how many pages it may read so, 0 for any number.
func withPDFEngine(ctx context.Context, cacheDir string, f func(p pdfium.Pdfium, most int) error) error {
	select {
	case engines <- struct{}{}:
		defer func() { <-engines }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if !isCompiled(cacheDir) {
		err := runEngine(ctx, wazero.NewRuntimeConfigInterpreter(), func(p pdfium.Pdfium) error { return f(p, interpretedPages) })
		if !errors.Is(err, errLong) {
			return err
		}
	}
	cache, err := compilationCache(cacheDir)
	if err != nil {
		return err
	}
	return runEngine(ctx, wazero.NewRuntimeConfig().WithCompilationCache(cache), func(p pdfium.Pdfium) error { return f(p, 0) })
}

// isCompiled reports that the engine's machine code is in the folder.
func isCompiled(dir string) bool {
	found, err := filepath.Glob(filepath.Join(dir, "wazero-*", "*"))
	return err == nil && len(found) > 0 && dir != ""
}

func runEngine(ctx context.Context, config wazero.RuntimeConfig, f func(pdfium.Pdfium) error) error {
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: config.
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(engineMemory).
			WithCloseOnContextDone(true),
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
