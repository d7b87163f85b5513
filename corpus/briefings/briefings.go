// Package briefings holds the documents that the program ships with, so that a
// fresh installation has something to answer from. It must not know where
// documents are kept or how they are searched.
package briefings

import (
	_ "embed"

	"mujaz/corpus"
)

//go:embed muscat-talks.txt
var muscatTalks string

// Documents returns the shipped briefings, in a fixed order.
func Documents() []corpus.Document {
	return []corpus.Document{
		{ID: "muscat-talks", Title: "محادثات مسقط", Text: muscatTalks},
	}
}
