package bot

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mujaz/bot/message"
)

// nasty are texts that would do harm where text is taken for SQL, HTML, a
// format, a path or a command.
var nasty = []string{
	`'; DROP TABLE documents; --`, `" OR "1"="1`, `x'); DELETE FROM admins; --`, `$1 ? :name @p`, `%' ESCAPE '`,
	`<script>alert(1)</script>`, `</blockquote></b><a href="tg://user?id=1">x</a>`, `&lt;b&gt; &amp;amp; &#60;i&#62;`, `<tg-spoiler>`,
	"%s%d%n{0}{1}", "../../../../etc/passwd", `C:\..\..\boot.ini`, "/dev/stdin", "a\x00b", "\u202egpj.exe\u2066", "`rm -rf ~`", "$(id)", "\x1b[2J",
}

// TestNothingIsTakenForMoreThanText hands each of them in wherever people give
// text: as questions, arguments, titles, names of files, words of synonyms,
// names of people. Nothing changes that should not, and no markup gets through.
func TestNothingIsTakenForMoreThanText(t *testing.T) {
	d := furnishedDesk(t)
	before := len(d.documents())
	for _, text := range nasty {
		for _, who := range []int64{reader, editor} {
			for _, prefix := range []string{"", "/ask ", "/language ", "/docs ", "/start ", "/settings ", "/help ", "/cancel ", "/synonym add ", "/feed add ", "/admin add ", "/log "} {
				d.now = d.now.Add(floodEvery)
				d.says(who, prefix+text)
			}
		}
		d.handle(Request{Kind: InlineAsk, User: User{ID: reader, Name: text, Username: text}, InlineID: "1", Text: text, Offset: text})
		d.handle(Request{Kind: Press, User: User{ID: editor, Name: text}, Chat: Chat{ID: editor, Kind: Private}, CallbackID: text, Data: "1.k." + text + ".0"})
		d.handle(Request{Kind: Membership, User: User{ID: reader, Name: text}, Chat: Chat{ID: -77, Kind: Supergroup, Title: text}, Member: true})
	}
	if n := len(d.documents()); n != before {
		t.Errorf("%d documents, %d before", n, before)
	}
	admins, err := d.store.Admins(t.Context())
	if err != nil || len(admins) != 1 {
		t.Errorf("admins: %v, %v", admins, err)
	}
	d.noMarkup()
}

// TestNamesOfFilesArePlainText uploads files with names that are paths: each is
// a document with a title, and nothing is written anywhere.
func TestNamesOfFilesArePlainText(t *testing.T) {
	d := furnishedDesk(t)
	inside := t.TempDir()
	t.Chdir(inside)
	for i, name := range append(nasty, "../../up.txt", "/tmp/mujaz-upload.txt", `..\..\up.txt`) {
		body := strings.ReplaceAll(article, "مسقط", fmt.Sprint("مدينة", i))
		d.uploads(editor, name+".txt", []byte(body), "/add")
		if last := d.said[len(d.said)-1]; len(last.m.Keyboard) == 0 || !strings.Contains(last.text, fmt.Sprint("مدينة", i)) {
			t.Errorf("%q gave no preview: %s", name, d.last())
		}
	}
	left, err := os.ReadDir(inside)
	if err != nil || len(left) != 0 {
		t.Errorf("written: %v, %v", left, err)
	}
	for _, file := range []string{"../up.txt", "../../up.txt", "/tmp/mujaz-upload.txt"} {
		if _, err := os.Stat(filepath.Clean(file)); err == nil {
			t.Errorf("%s was written", file)
		}
	}
	d.noMarkup()
}

// noMarkup looks that no markup but our own is in what was said.
func (d *desk) noMarkup() {
	d.t.Helper()
	if len(d.said) == 0 {
		d.t.Error("nothing was said")
	}
	for _, s := range d.said {
		for _, part := range message.HTML(s.m, message.TextLimit) {
			for _, bad := range []string{"<script", "</script", `href="tg://user`, "<tg-spoiler", "\x00", "\x1b"} {
				if strings.Contains(part, bad) {
					d.t.Errorf("%q got through: %s", bad, part)
				}
			}
		}
	}
}
