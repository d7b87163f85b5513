package terminal

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"mujaz/corpus/store"
)

func runDocs(ctx context.Context, p *Program, args []string) error {
	f := p.flags("docs")
	limit := f.Int("n", 50, "list at most so many")
	offset := f.Int("skip", 0, "skip so many")
	removed := f.Bool("removed", false, "list the removed documents that can still be restored")
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	r, err := p.openDocuments(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	if len(rest) > 0 {
		return p.printDocuments(ctx, r.Store, rest)
	}
	return p.listDocuments(ctx, r.Store, store.ListOptions{Limit: *limit, Offset: *offset, Removed: *removed, NoText: true})
}

// openDocuments opens the store alone, with the briefings in a new one.
func (p *Program) openDocuments(ctx context.Context) (*Rooms, error) {
	s, reading, err := p.OpenStore(ctx, Reading)
	if err != nil {
		return nil, err
	}
	r := &Rooms{Store: s, Reading: reading}
	if !reading {
		err = Seed(ctx, s)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

func (p *Program) listDocuments(ctx context.Context, s *store.Store, o store.ListOptions) error {
	documents, err := s.List(ctx, o)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.Out, 0, 4, 2, ' ', 0)
	for _, d := range documents {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\n", oneLine(d.ID), dateOr(d.Date, "-"), d.Paragraphs, oneLine(dateOr(d.Source, "-")), oneLine(d.Title))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	total, _, err := s.Count(ctx)
	if err == nil && !o.Removed && o.Offset+len(documents) < total {
		p.Say("%d of %d documents; -skip %d shows the next.", len(documents), total, o.Offset+len(documents))
	}
	return err
}

func dateOr(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

func (p *Program) printDocuments(ctx context.Context, s *store.Store, ids []string) error {
	for _, id := range ids {
		d, err := s.Get(ctx, id)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.Out, "%s\n%s · %s · %s\n\n", d.Title, d.ID, dateOr(d.Date, "-"), dateOr(d.Source, "-"))
		for _, paragraph := range d.Document.Paragraphs() {
			fmt.Fprintf(p.Out, "%d\t%s\n", paragraph.Ref.Paragraph, paragraph.Text)
		}
	}
	return nil
}

func runRemove(ctx context.Context, p *Program, args []string) error {
	f := p.flags("remove")
	restore := f.Bool("restore", false, "bring removed documents back instead")
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return wrongUse("remove needs the id of a document; `mujaz docs` lists them.")
	}
	s, _, err := p.OpenStore(ctx, Writing)
	if err != nil {
		return err
	}
	r := &Rooms{Store: s}
	defer r.Close()
	failed := p.removeEach(ctx, s, rest, *restore)
	if err := p.follow(ctx, r); err != nil {
		return err
	}
	return failed
}

// follow opens the index and brings it up to the store.
func (p *Program) follow(ctx context.Context, r *Rooms) error {
	if err := p.openIndex(ctx, r); err != nil {
		return err
	}
	return p.CatchUp(ctx, r)
}

func (p *Program) removeEach(ctx context.Context, s *store.Store, ids []string, restore bool) (failed error) {
	for _, id := range ids {
		var err error
		word := "removed"
		if restore {
			word, err = "restored", s.Restore(ctx, id, operator)
		} else {
			_, err = s.Remove(ctx, id, operator)
		}
		if err != nil {
			p.Say("%s: %s", id, Explain(err))
			failed = errReported
			continue
		}
		fmt.Fprintf(p.Out, "%s %s\n", word, id)
	}
	return failed
}
