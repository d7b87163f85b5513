// Package digest owns what is sent without being asked for: daily digests and
// alerts. It reads times and zones, computes when a digest is due, composes
// what is new since the last one, and delivers through claims kept in the
// store, so that a crash repeats at most what was being sent. It must not know
// Telegram or how a reader's settings are asked for.
package digest
