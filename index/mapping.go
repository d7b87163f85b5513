package index

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	api "github.com/blevesearch/bleve_index_api"

	"mujaz/corpus"
	"mujaz/corpus/arabic"
)

// Fields of an indexed paragraph. Titles are indexed as paragraph -1 of their
// document, so that the article's score comes from the same postings.
const (
	surfaceField  = "w" // folded words: the vocabulary
	stemField     = "s" // light stems: textbook BM25
	skeletonField = "k" // consonants: broken plurals
	conceptField  = "c" // concept ids
	textField     = "t" // verbatim, stored only
	meaningField  = "m" // concepts with their places, stored only, see encodeMeanings
	tokensField   = "p" // places and numbers of the words, stored only, see encodeTokens
	aboutField    = "d" // title, source, date and URL, stored with paragraph -1, see about
	wordsField    = "g" // words of the dictionary, stored only, see page
)

// titleParagraph is the paragraph number under which a title is indexed.
const titleParagraph = -1

// maxParagraphs bounds what one document may have.
const maxParagraphs = 1 << 15

// rowID names a paragraph inside bleve. It carries what the ranker must know
// of every paragraph, so that opening an index reads ids and nothing else.
type rowID struct {
	document  string
	paragraph int // titleParagraph for the title
	length    int // informative words
}

func (r rowID) String() string {
	return r.document + "\x00" + strconv.Itoa(r.paragraph) + "\x00" + strconv.Itoa(r.length)
}

// parseRowID reads the two numbers from the end: a document id may contain
// any character.
func parseRowID(s string) (rowID, error) {
	j := strings.LastIndexByte(s, 0)
	if j < 0 {
		return rowID{}, fmt.Errorf("row id %q has no numbers", s)
	}
	i := strings.LastIndexByte(s[:j], 0)
	if i < 0 {
		return rowID{}, fmt.Errorf("row id %q has one number", s)
	}
	paragraph, err := strconv.Atoi(s[i+1 : j])
	if err != nil {
		return rowID{}, err
	}
	length, err := strconv.Atoi(s[j+1:])
	return rowID{s[:i], paragraph, length}, err
}

// rows makes the bleve documents of one document: its title and paragraphs.
func (v views) rows(d corpus.Document) []*document.Document {
	head := v.row(d.ID, titleParagraph, d.Title)
	about := about{Title: d.Title, Source: d.Source, Date: d.Date, URL: d.URL}
	about.day, _ = d.Day()
	head.AddField(document.NewTextFieldCustom(aboutField, nil, about.encode(), api.StoreField, nil))
	out := []*document.Document{head}
	for i, p := range d.Paragraphs() {
		if i == maxParagraphs {
			break
		}
		row := v.row(d.ID, i, p.Text)
		row.AddField(document.NewTextFieldCustom(textField, nil, []byte(p.Text), api.StoreField, nil))
		out = append(out, row)
	}
	return out
}

func (v views) row(id string, paragraph int, text string) *document.Document {
	found := arabic.Words(text)
	list := v.words.keepAll(found)
	stems := terms(list, stemForm)
	meanings := v.meanings(list)
	row := document.NewDocument(rowID{id, paragraph, len(stems)}.String())
	row.AddField(newTermsField(surfaceField, api.SkipFreqNorm, terms(list, surfaceForm)))
	row.AddField(newTermsField(stemField, 0, stems))
	row.AddField(newTermsField(skeletonField, 0, terms(list, skeletonForm)))
	row.AddField(newTermsField(conceptField, 0, conceptTerms(meanings)))
	store := func(field string, value []byte) {
		row.AddField(document.NewTextFieldCustom(field, nil, value, api.StoreField, nil))
	}
	store(meaningField, encodeMeanings(meanings))
	store(tokensField, encodeTokens(arabic.Sentences(text), found, list))
	return row
}

// newMapping indexes nothing by itself: rows name their fields and analyzers.
func newMapping() mapping.IndexMapping {
	m := mapping.NewIndexMapping()
	m.DefaultMapping = mapping.NewDocumentDisabledMapping()
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	return m
}
