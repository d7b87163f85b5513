//go:build unix

package terminal

import "syscall"

// Private makes every file that this process creates its owner's alone:
// libraries choose wider rights for some.
func Private() { syscall.Umask(0o077) }
