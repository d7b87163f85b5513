package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// rotation is how many nightly backups are kept.
const rotation = 7

// Rotate writes the day's backup into the folder, unless it is there already,
// and keeps the latest seven: however often the program starts, they reach
// back a week. It returns the file's name.
func (s *Store) Rotate(ctx context.Context, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", s.translate(err)
	}
	end := ".db"
	if s.engine == postgres {
		end = ".jsonl"
	}
	file := filepath.Join(dir, "mujaz-"+s.now().Format(time.DateOnly)+end)
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	if err := s.Backup(ctx, file); err != nil {
		return "", err
	}
	old, err := filepath.Glob(filepath.Join(dir, "mujaz-????-??-??"+end))
	if err != nil {
		return file, err
	}
	slices.Sort(old) // names are dates
	var errs []error
	for len(old) > rotation {
		errs = append(errs, os.Remove(old[0]))
		old = old[1:]
	}
	return file, s.translate(errors.Join(errs...))
}
