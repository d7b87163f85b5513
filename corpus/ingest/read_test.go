package ingest

import (
	"os"
	"testing"
)

func TestTry(t *testing.T) {
	b, _ := os.ReadFile("../briefings/muscat-talks.txt")
	d, err := Text(string(b))
	t.Log(err, d.Document.Title, d.TitleFrom, d.Paragraphs, d.Language, d.Document.ID, d.Warnings)
	d, err = Read(t.Context(), "a.html", "", []byte(`<html><head><title>x | y</title></head><body><nav>menu</nav><h1>عنوان طويل للخبر هنا</h1><p>جملة أولى طويلة. الخ<ul><li>a b<li>c d</ul></body>`), Limits{})
	t.Logf("%v %+v", err, d)
}
