//go:build race

package ingest

// raceDetector multiplies memory and time many times over.
const raceDetector = true
