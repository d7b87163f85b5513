//go:build race

package ingest

// slack is what the race detector costs: up to ten times the memory and twenty
// times the time, says its documentation. The limits themselves are held by the
// run without it.
const slack = 10
