// Package arabic owns what is known of the written language alone: how a word
// is folded for searching, where words and sentences begin and end, which
// words ask, count, date, report or announce. Everything is a pure function of
// its text; nothing here knows of documents, indexes or chats. Text that people
// see is never passed through Fold.
package arabic
