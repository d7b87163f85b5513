package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
)

// rotation is how many nightly backups are kept.
const rotation = 7

// Rotate writes a nightly backup into the folder and keeps the latest seven.
// It returns the file's name.
func (s *Store) Rotate(ctx context.Context, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", s.translate(err)
	}
	end := ".db"
	if s.engine == postgres {
		end = ".jsonl"
	}
	file := filepath.Join(dir, "mujaz-"+s.now().Format("20060102-150405")+end)
	if err := s.Backup(ctx, file); err != nil {
		return "", err
	}
	old, err := filepath.Glob(filepath.Join(dir, "mujaz-[0-9]*-[0-9]*"+end))
	if err != nil {
		return file, err
	}
	slices.Sort(old) // names begin with the time
	var errs []error
	for len(old) > rotation {
		errs = append(errs, os.Remove(old[0]))
		old = old[1:]
	}
	return file, s.translate(errors.Join(errs...))
}
