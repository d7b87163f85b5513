// Package eval judges the ranking: it asks questions whose answers are known,
// prints score sheets, explains failures, leaves ingredients out and learns
// the weights. It must not know how the index works inside, and nothing of
// chats or of the store.
package eval

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"mujaz/corpus"
)

// Question is one judged question.
type Question struct {
	ID      string
	Text    string
	Type    string // "all" where the file names none
	Answers []string
	Gold    []corpus.Ref // empty: no paragraph answers it
}

// Answerable reports whether some paragraph answers the question.
func (q Question) Answerable() bool { return len(q.Gold) > 0 }

func (q Question) isGold(r corpus.Ref) bool {
	for _, g := range q.Gold {
		if g == r {
			return true
		}
	}
	return false
}

func (q Question) isGoldDocument(id string) bool {
	for _, g := range q.Gold {
		if g.Document == id {
			return true
		}
	}
	return false
}

// Set is documents with judged questions about them.
type Set struct {
	Name      string
	Documents []corpus.Document
	Questions []Question
}

// judged are the ids of the documents that the questions were written about.
func (s *Set) judged() map[string]bool {
	ids := make(map[string]bool, len(s.Documents))
	for _, d := range s.Documents {
		ids[d.ID] = true
	}
	return ids
}

// Load reads docs.jsonl or paragraphs.jsonl of dir, and questions.jsonl or the
// named file (a name without a folder is looked for in dir).
func Load(dir, questions string) (*Set, error) {
	s := &Set{Name: filepath.Base(dir)}
	docs, err := ReadDocuments(filepath.Join(dir, "docs.jsonl"))
	if errors.Is(err, os.ErrNotExist) {
		docs, err = ReadDocuments(filepath.Join(dir, "paragraphs.jsonl"))
	}
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	s.Documents = docs
	if questions == "" {
		questions = "questions.jsonl"
	} else {
		s.Name += "/" + strings.TrimSuffix(filepath.Base(questions), ".jsonl")
	}
	if filepath.Base(questions) == questions {
		if _, err := os.Stat(filepath.Join(dir, questions)); err == nil {
			questions = filepath.Join(dir, questions)
		}
	}
	if s.Questions, err = readQuestions(questions); err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	return s, nil
}

// ReadDocuments reads JSON lines, gzip-compressed where the name says so.
func ReadDocuments(name string) ([]corpus.Document, error) {
	var docs []corpus.Document
	err := eachLine(name, func(line []byte) error {
		var d corpus.Document
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		if d.ID == "" {
			d.ID = fmt.Sprintf("line-%d", len(docs)+1)
		}
		docs = append(docs, d)
		return nil
	})
	return docs, err
}

func readQuestions(name string) ([]Question, error) {
	var list []Question
	err := eachLine(name, func(line []byte) error {
		var raw struct {
			ID, Question, Type string
			Answers            []string
			Gold               []json.RawMessage
		}
		if err := json.Unmarshal(line, &raw); err != nil {
			return err
		}
		q := Question{ID: raw.ID, Text: raw.Question, Type: raw.Type, Answers: raw.Answers}
		if q.Type == "" {
			q.Type = "all"
		}
		for _, g := range raw.Gold {
			ref, err := readRef(g)
			if err != nil {
				return err
			}
			q.Gold = append(q.Gold, ref)
		}
		list = append(list, q)
		return nil
	})
	return list, err
}

// readRef reads {"doc","paragraph"} or the id of a document of one paragraph.
func readRef(raw json.RawMessage) (corpus.Ref, error) {
	var id string
	if json.Unmarshal(raw, &id) == nil {
		return corpus.Ref{Document: id}, nil
	}
	var ref struct {
		Doc       string
		Paragraph int
	}
	err := json.Unmarshal(raw, &ref)
	return corpus.Ref{Document: ref.Doc, Paragraph: ref.Paragraph}, err
}

// maxLine bounds one JSON line.
const maxLine = 64 << 20

func eachLine(name string, use func([]byte) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		if err := use(line); err != nil {
			return fmt.Errorf("%s line %d: %w", filepath.Base(name), n, err)
		}
	}
	return lines.Err()
}
