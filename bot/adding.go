package bot

import (
	"context"
	"errors"
	"time"

	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
)

// Adding turns what people offer into drafts and published documents, for
// chats and for the terminal alike.
type Adding struct {
	Store   *store.Store
	Fetcher *ingest.Fetcher
	Limits  ingest.Limits
}

// File drafts an uploaded file.
func (a *Adding) File(ctx context.Context, name, mime string, data []byte) (ingest.Draft, error) {
	d, err := ingest.Read(ctx, name, mime, data, a.Limits)
	return a.checked(ctx, d, err)
}

// Link drafts what stands at a link.
func (a *Adding) Link(ctx context.Context, url string) (ingest.Draft, error) {
	d, err := a.Fetcher.Fetch(ctx, url)
	return a.checked(ctx, d, err)
}

// Text drafts text that was typed, pasted or forwarded. g is what is known of
// it beside the text.
func (a *Adding) Text(ctx context.Context, text string, g ingest.Given) (ingest.Draft, error) {
	d, err := ingest.Text(text)
	if err == nil {
		d = d.With(g)
	}
	return a.checked(ctx, d, err)
}

func (a *Adding) checked(ctx context.Context, d ingest.Draft, err error) (ingest.Draft, error) {
	if err != nil {
		return d, err
	}
	return a.Check(ctx, d)
}

// candidates is how many stored documents are compared with a draft in full.
const candidates = 8

// Check warns of stored documents that the draft repeats or would replace. It
// forgets earlier warnings of that kind, so that it can be asked again.
func (a *Adding) Check(ctx context.Context, d ingest.Draft) (ingest.Draft, error) {
	d.Warnings = withoutKinds(d.Warnings, ingest.WarnDuplicate, ingest.WarnNearDuplicate, ingest.WarnReplaces)
	same, err := a.Store.Get(ctx, d.Document.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil:
		return d, err
	default:
		kind := ingest.WarnReplaces
		if same.Text == d.Document.Text {
			kind = ingest.WarnDuplicate
		}
		d.Warnings = append(d.Warnings, ingest.Warning{Kind: kind, Document: same.ID, Title: same.Title})
	}
	near, err := a.nearest(ctx, d)
	if err == nil && near.Document != "" {
		d.Warnings = append(d.Warnings, near)
	}
	return d, err
}

func withoutKinds(ws []ingest.Warning, kinds ...ingest.WarningKind) []ingest.Warning {
	var out []ingest.Warning
next:
	for _, w := range ws {
		for _, k := range kinds {
			if w.Kind == k {
				continue next
			}
		}
		out = append(out, w)
	}
	return out
}

// nearest is a warning of the most similar stored document, or the zero
// Warning when none is near.
func (a *Adding) nearest(ctx context.Context, d ingest.Draft) (best ingest.Warning, err error) {
	shingles := ingest.ShinglesOf(d.Document.Text)
	_, bands := shingles.Signature()
	found, err := a.Store.Similar(ctx, bands, candidates)
	if err != nil {
		return best, err
	}
	for _, f := range found {
		if f.ID == d.Document.ID {
			continue
		}
		other, err := a.Store.Get(ctx, f.ID)
		if errors.Is(err, store.ErrNotFound) {
			continue // removed meanwhile
		}
		if err != nil {
			return best, err
		}
		if s := shingles.Similarity(ingest.ShinglesOf(other.Text)); s >= ingest.NearDuplicate && s > best.Score {
			best = ingest.Warning{Kind: ingest.WarnNearDuplicate, Score: s, Document: other.ID, Title: other.Title}
		}
	}
	return best, nil
}

// Publish stores the draft's document durably.
func (a *Adding) Publish(ctx context.Context, d ingest.Draft, by store.Actor) (store.Publication, error) {
	p, err := a.Store.Publish(ctx, d.Document, by)
	if err != nil {
		return p, err
	}
	return p, a.sign(ctx, p.ID, d.Document.Text)
}

// sign stores what finds near-duplicates of a document.
func (a *Adding) sign(ctx context.Context, id, text string) error {
	signature, bands := ingest.ShinglesOf(text).Signature()
	err := a.Store.SetSignature(ctx, id, signature, bands)
	if errors.Is(err, store.ErrNotFound) {
		return nil // removed meanwhile
	}
	return err
}

// SignAll signs documents that came another way, as by an import, at most so
// many; 0 means all.
func (a *Adding) SignAll(ctx context.Context, most int) error {
	for signed := 0; most == 0 || signed < most; {
		ids, err := a.Store.Unsigned(ctx, 100)
		if err != nil || len(ids) == 0 {
			return err
		}
		signed += len(ids)
		for _, id := range ids {
			d, err := a.Store.Get(ctx, id)
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if err := a.sign(ctx, id, d.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

// undoTime is how long the button under a publication undoes it. Later the
// audit log still can.
const undoTime = 10 * time.Minute
