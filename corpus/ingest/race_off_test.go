//go:build !race

package ingest

// slack multiplies the limits of time and memory; see the race detector's.
const slack = 1
