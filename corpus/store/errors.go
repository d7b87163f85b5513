package store

import "errors"

// Errors that callers tell apart. Others mean a defect or a broken disk.
var (
	ErrNotFound    = errors.New("store: not there")
	ErrInvalid     = errors.New("store: a document needs text")
	ErrLocked      = errors.New("store: another mujaz process is using this data folder")
	ErrReadOnly    = errors.New("store: the data folder cannot be written")
	ErrFull        = errors.New("store: the disk is full")
	ErrDamaged     = errors.New("store: the database file is damaged; restore a backup")
	ErrNewer       = errors.New("store: the database was made by a newer mujaz")
	ErrOutdated    = errors.New("store: the database must be migrated first; start mujaz serve once")
	ErrUnavailable = errors.New("store: the database server does not answer")
	ErrLost        = errors.New("store: the claim went to another worker")
	ErrFinal       = errors.New("store: this change cannot be undone any more")
	ErrNotEmpty    = errors.New("store: the target already holds data")
)
