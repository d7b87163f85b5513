//go:build race

package digest

// The race detector makes everything several times slower.
func init() { slowness = 8 }
