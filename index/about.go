package index

import (
	"encoding/binary"
	"errors"
	"time"
)

// about is what a hit shows of its document beside the text.
type about struct {
	Title, Source, Date, URL string

	day time.Time // of Date, zero where it is unknown
}

// errAbout says that what is stored of a document is damaged.
var errAbout = errors.New("damaged description of a document")

// encode writes the day in seconds, so that no date is read while a question
// waits, and the four strings behind their lengths.
func (a about) encode() []byte {
	out := binary.BigEndian.AppendUint64(nil, uint64(a.day.Unix()))
	for _, s := range [...]string{a.Title, a.Source, a.Date, a.URL} {
		out = binary.AppendUvarint(out, uint64(len(s)))
		out = append(out, s...)
	}
	return out
}

func decodeAbout(stored string) (*about, error) {
	if len(stored) < 8 {
		return nil, errAbout
	}
	a := &about{}
	if seconds := int64(binary.BigEndian.Uint64([]byte(stored[:8]))); seconds != a.day.Unix() {
		a.day = time.Unix(seconds, 0).UTC()
	}
	stored = stored[8:]
	for _, to := range [...]*string{&a.Title, &a.Source, &a.Date, &a.URL} {
		ok := false
		if *to, stored, ok = cutString(stored); !ok {
			return nil, errAbout
		}
	}
	return a, nil
}

// about reads what a hit shows of its document.
func (s *snapshot) about(a uint32) (*about, error) {
	if known, ok := s.abouts.Load(a); ok {
		return known.(*about), nil
	}
	rows := s.articles[a].rows
	if s.table[rows[0]].paragraph != titleParagraph {
		return &about{}, nil
	}
	stored := ""
	err := s.visit(rows[0], func(field string, value []byte) {
		if field == aboutField {
			stored = string(value)
		}
	})
	if err != nil {
		return nil, err
	}
	return s.keepAbout(a, stored)
}

func (s *snapshot) keepAbout(a uint32, stored string) (*about, error) {
	found, err := decodeAbout(stored)
	if err != nil {
		return nil, err
	}
	s.abouts.Store(a, found)
	return found, nil
}
