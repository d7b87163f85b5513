package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mujaz/corpus/ingest"
	"mujaz/corpus/store"
)

// maxUpload is what Telegram lets a bot download, in bytes.
const maxUpload = 20 << 20

// registerAdd: /add in all its ways. What is added is shown first and
// published by a button.
func (a *Admins) registerAdd() {
	a.b.Command(Command{Name: "add", Rights: Admin, Menu: CorpusAdmins, Do: a.add})
	a.b.Command(Command{Name: "done", Rights: Admin, Menu: Hidden, Do: a.done})
	a.b.OnAwaited(awaitPieces, a.takePiece)
	a.b.OnMessage(a.takeOffered)
	a.b.OnMessage(a.takeLate)
	a.b.OnCancel(a.dropPieces)
}

// add reads what the command carries: a reply, a file, a link, text, or
// nothing, which means that the text follows.
func (a *Admins) add(ctx context.Context, t *Talk) error {
	args := strings.TrimSpace(t.Args)
	switch {
	case t.Attachment != nil:
		a.rememberAlbum(t)
		return a.addFile(ctx, t, *t.Attachment, given(captionTitle(args), t.Origin))
	case t.ReplyTo != nil && t.ReplyTo.Attachment != nil:
		return a.addFile(ctx, t, *t.ReplyTo.Attachment, given(args, t.ReplyTo.Origin))
	case links(args) != nil:
		return a.addLinks(ctx, t, args)
	case t.ReplyTo != nil && !t.ReplyTo.FromBot && strings.TrimSpace(t.ReplyTo.Text) != "":
		return a.addQuoted(ctx, t, given(args, t.ReplyTo.Origin))
	case args == "" || isTitleOnly(args):
		return a.collect(ctx, t, ingest.Given{Title: args}, "")
	case isFull(t.Text):
		return a.collect(ctx, t, ingest.Given{}, args)
	}
	return a.addText(ctx, t, args, ingest.Given{})
}

// isTitleOnly reports that what follows /add is a title whose text is still to
// come: one short line that is no sentence.
func isTitleOnly(args string) bool {
	return !strings.Contains(args, "\n") && len(strings.Fields(args)) <= 12 && !strings.ContainsAny(args[len(args)-1:], ".") && !strings.HasSuffix(args, "؟")
}

// linksMost is how many links one command adds.
const linksMost = 10

// links are the links with which the text begins, when it is nothing else but
// links, or one link and a title on its line; else nil.
func links(text string) []string {
	words := strings.Fields(text)
	n := 0
	for n < len(words) && ingest.IsLink(words[n]) {
		n++
	}
	if n > 0 && n == len(words) || n == 1 && captionTitle(text) != "" {
		return words[:min(n, linksMost)]
	}
	return nil
}

// addLinks drafts what stands at each link. What follows a single link is the
// title.
func (a *Admins) addLinks(ctx context.Context, t *Talk, text string) error {
	list := links(text)
	g := ingest.Given{}
	if len(list) == 1 {
		g.Title = oneLine(strings.TrimPrefix(strings.TrimSpace(text), list[0]))
	}
	for _, link := range list {
		if err := a.addLink(ctx, t, link, g); err != nil {
			return err
		}
	}
	return nil
}

// captionTitle is the title in a file's caption: one line of a headline's
// length. A longer caption tells of the file and is not its title.
func captionTitle(caption string) string {
	caption = strings.TrimSpace(caption)
	if strings.Contains(caption, "\n") || len(strings.Fields(caption)) > 22 {
		return ""
	}
	return oneLine(caption)
}

// given is what a command and a message's origin say of a document.
func given(title string, o *Origin) ingest.Given {
	g := ingest.Given{Title: title}
	if o == nil {
		return g
	}
	g.Source, g.URL = o.Title, o.URL
	if !o.Date.IsZero() {
		g.Date = o.Date.UTC().Format(time.RFC3339)
	}
	return g
}

func (a *Admins) addQuoted(ctx context.Context, t *Talk, g ingest.Given) error {
	if link := strings.TrimSpace(t.ReplyTo.Text); isLink(link) {
		return a.addLink(ctx, t, link, g)
	}
	return a.addText(ctx, t, t.ReplyTo.Text, g)
}

func (a *Admins) addText(ctx context.Context, t *Talk, text string, g ingest.Given) error {
	d, err := a.adding.Text(ctx, text, g)
	if err != nil {
		return a.refuse(ctx, t, err)
	}
	return a.preview(ctx, t, d)
}

func (a *Admins) addLink(ctx context.Context, t *Talk, link string, g ingest.Given) error {
	a.typing(ctx, t)
	d, err := a.adding.Link(ctx, link)
	return a.previewGiven(ctx, t, d, g, err)
}

func (a *Admins) addFile(ctx context.Context, t *Talk, f Attachment, g ingest.Given) error {
	if f.Size > maxUpload {
		return a.refuse(ctx, t, ingest.ErrTooLarge)
	}
	a.typing(ctx, t)
	data, err := t.Out.Download(ctx, f, maxUpload)
	if err != nil {
		return a.refuse(ctx, t, err)
	}
	d, err := a.adding.File(ctx, f.Name, f.MIME, data)
	return a.previewGiven(ctx, t, d, g, err)
}

func (a *Admins) previewGiven(ctx context.Context, t *Talk, d ingest.Draft, g ingest.Given, err error) error {
	if err == nil && g != (ingest.Given{}) {
		d, err = a.adding.Check(ctx, d.With(g))
	}
	if err != nil {
		return a.refuse(ctx, t, err)
	}
	return a.preview(ctx, t, d)
}

// typing shows that something is being read; it is no matter when that fails.
func (a *Admins) typing(ctx context.Context, t *Talk) {
	if err := t.Out.Typing(ctx, t.Target()); err != nil {
		a.b.o.Log.DebugContext(ctx, "typing action", "error", err)
	}
}

// takeOffered takes what an admin offers in a private chat without a command:
// a file, a link, or a post forwarded from a channel. More files of a media group
// that was added are taken in every chat.
func (a *Admins) takeOffered(ctx context.Context, t *Talk) (bool, error) {
	album := t.Attachment != nil && a.inAlbum(t)
	offered := t.Request.Chat.Kind == Private && (t.Attachment != nil || t.Origin != nil && t.Origin.Channel || isLink(t.Text))
	if t.Kind != Text || !album && !offered {
		return false, nil
	}
	rights, err := a.b.CorpusRights(ctx, t.User.ID)
	if err != nil || rights < Admin {
		return false, err
	}
	return true, a.addOffered(ctx, t)
}

// addOffered adds a message as a document of its own.
func (a *Admins) addOffered(ctx context.Context, t *Talk) error {
	if t.Attachment != nil {
		a.rememberAlbum(t)
		return a.addFile(ctx, t, *t.Attachment, given(captionTitle(t.Text), t.Origin))
	}
	if link := strings.TrimSpace(t.Text); isLink(link) {
		return a.addLink(ctx, t, link, given("", t.Origin))
	}
	if isFull(t.Text) {
		return a.collect(ctx, t, given("", t.Origin), t.Text)
	}
	return a.addText(ctx, t, t.Text, given("", t.Origin))
}

// albumTime is how long after its first file more files of a media group are
// expected.
const albumTime = time.Minute

func (a *Admins) rememberAlbum(t *Talk) {
	if t.MediaGroup == "" {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.b.o.Now()
	for group, of := range a.albums {
		if now.After(of.until) {
			delete(a.albums, group)
		}
	}
	a.albums[t.MediaGroup] = albumOf{user: t.User.ID, until: now.Add(albumTime)}
}

func (a *Admins) inAlbum(t *Talk) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	of, ok := a.albums[t.MediaGroup]
	return ok && t.MediaGroup != "" && of.user == t.User.ID && !a.b.o.Now().After(of.until)
}

// draftBody is what a stored draft keeps beside its pieces.
type draftBody struct {
	Given ingest.Given
	Draft ingest.Draft
}

// States of a stored draft.
const (
	stateCollecting = "collecting"
	statePreview    = "preview"
)

func (a *Admins) putDraft(ctx context.Context, t *Talk, id int64, state string, body draftBody) (store.Draft, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return store.Draft{}, fmt.Errorf("keep a draft: %w", err)
	}
	return a.b.o.Store.PutDraft(ctx, store.Draft{ID: id, Chat: t.Request.Chat.ID, User: t.User.ID, State: state, Body: data})
}

// draft loads an open draft of this chat.
func (a *Admins) draft(ctx context.Context, t *Talk, id int64) (store.Draft, draftBody, error) {
	var body draftBody
	d, err := a.b.o.Store.Draft(ctx, id)
	if err != nil {
		return d, body, err
	}
	if d.Chat != t.Request.Chat.ID {
		return d, body, store.ErrNotFound // a forged button
	}
	return d, body, json.Unmarshal(d.Body, &body)
}

func draftKey(id int64) string { return strconv.FormatInt(id, 36) }
