package index

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/ar" // the analyzer that is measured against
	"github.com/blevesearch/bleve/v2/mapping"

	"mujaz/corpus"
)

// Baseline is bleve as it comes: the ar analyzer, a match query over title and
// text, default scoring. It exists to be measured beside the index.
type Baseline struct {
	store bleve.Index
	path  string
}

type baselineRow struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// NewBaseline makes an empty stock index; path empty: in memory.
func NewBaseline(path string) (*Baseline, error) {
	m := mapping.NewIndexMapping()
	m.DefaultAnalyzer = "ar"
	var store bleve.Index
	var err error
	if path == "" {
		store, err = bleve.NewMemOnly(m)
	} else {
		store, err = bleve.New(path, m)
	}
	if err != nil {
		return nil, err
	}
	return &Baseline{store, path}, nil
}

// OpenBaseline opens a stock index that NewBaseline made.
func OpenBaseline(path string) (*Baseline, error) {
	store, err := bleve.Open(path)
	if err != nil {
		return nil, err
	}
	return &Baseline{store, path}, nil
}

// Add indexes documents, each paragraph with the title of its document.
func (b *Baseline) Add(docs []corpus.Document) error {
	batch := b.store.NewBatch()
	for _, d := range docs {
		for _, p := range d.Paragraphs() {
			id := d.ID + "\x00" + strconv.Itoa(p.Ref.Paragraph)
			if err := batch.Index(id, baselineRow{d.Title, p.Text}); err != nil {
				return err
			}
		}
		if batch.Size() >= rowsAtOnce {
			if err := b.store.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	return b.store.Batch(batch)
}

// Search asks one match query over all fields.
func (b *Baseline) Search(ctx context.Context, text string, k int) ([]corpus.Ref, error) {
	request := bleve.NewSearchRequestOptions(bleve.NewMatchQuery(text), k, 0, false)
	res, err := b.store.SearchInContext(ctx, request)
	if err != nil {
		return nil, err
	}
	var refs []corpus.Ref
	for _, h := range res.Hits {
		i := strings.LastIndexByte(h.ID, 0)
		n, err := strconv.Atoi(h.ID[i+1:])
		if err != nil {
			return nil, err
		}
		refs = append(refs, corpus.Ref{Document: h.ID[:i], Paragraph: n})
	}
	return refs, nil
}

// Size is the number of bytes on disk.
func (b *Baseline) Size() (int64, error) { return folderSize(b.path) }

// Close releases the stock index.
func (b *Baseline) Close() error { return b.store.Close() }

// folderSize sums the files of a folder.
func folderSize(path string) (size int64, err error) {
	err = filepath.WalkDir(path, func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}
