//go:build !linux

package index

// letGo does nothing where the system has no such advice.
func (s *snapshot) letGo() {}
