package ingest

import (
	"strings"
	"testing"
)

func TestPages(t *testing.T) {
	p := "قال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة العمانية بعد توقف دام شهرين كاملين."
	five := strings.Repeat("<p>"+p+"</p>", 5)
	for _, c := range []struct {
		name, page, title, source, date string
		paragraphs                      int
	}{
		{"breaks instead of paragraphs", "<body><div class=nav><a href=/>الرئيسية</a> | <a href=/x>سياسة</a></div><h1>عنوان الخبر الأول</h1><div>" + strings.Repeat(p+"<br><br>", 6) + "</div><div class=footer>جميع الحقوق محفوظة</div>",
			"عنوان الخبر الأول", "", "", 6},
		{"linked data", `<head><title>خبر - موقع</title><script type='application/ld+json'>{"@context":"https://schema.org","@type":"NewsArticle","headline":"عنوان من البيانات","datePublished":"2025-02-03T10:00:00Z","publisher":{"name":"وكالة"}}</script></head><body><article>` + five + `<p><a href=/y>اقرأ أيضا: خبر آخر عن الموضوع نفسه</a></p></article>`,
			"عنوان من البيانات", "وكالة", "2025-02-03T10:00:00Z", 5},
		{"table layout", "<body><table><tr><td><h1>عنوان قديم للصفحة</h1></td></tr><tr><td>" + five + "</td></tr></table>",
			"عنوان قديم للصفحة", "", "", 5},
		{"open graph before the page's title", `<head><title>x | y</title><meta property="og:title" content="عنوان للمشاركة"><meta property="og:site_name" content="الموقع"><meta property="article:published_time" content="2025-01-02"></head><body>` + five,
			"عنوان للمشاركة", "الموقع", "2025-01-02", 5},
		{"hidden text and scripts", "<body><h1>عنوان الخبر هنا</h1><p hidden>مخفي</p><p style='display: none'>مخفي</p><script>var a='مخفي'</script>" + five,
			"عنوان الخبر هنا", "", "", 5},
	} {
		d, err := Read(t.Context(), "a.html", "", []byte("<html>"+c.page), Limits{})
		doc := d.Document
		if err != nil || doc.Title != c.title || doc.Source != c.source || doc.Date != c.date || d.Paragraphs != c.paragraphs {
			t.Errorf("%s: %q %q %q, %d paragraphs, %v\n%s", c.name, doc.Title, doc.Source, doc.Date, d.Paragraphs, err, doc.Text)
		}
		for _, wrong := range []string{"مخفي", "الرئيسية", "اقرأ أيضا", "الحقوق"} {
			if strings.Contains(doc.Text, wrong) {
				t.Errorf("%s: %q in\n%s", c.name, wrong, doc.Text)
			}
		}
	}
}

func TestWrongExtensionsAreRead(t *testing.T) {
	for name, file := range map[string]string{"a.txt": "libreoffice.docx", "a.docx": "harbour.html", "a.pdf": "harbour.txt", "": "harbour.md", "a.html": "libreoffice.docx"} {
		d, err := Read(t.Context(), name, "", sample(t, file), Limits{})
		if err != nil || !strings.Contains(d.Document.Text, "أربعمئة عائلة") && !strings.Contains(d.Document.Text, "أربعمئة** عائلة") {
			t.Errorf("%s named %q: %v", file, name, err)
		}
		if warned := len(d.Warnings) == 1 && d.Warnings[0].Kind == WarnExtension; warned != (name != "") {
			t.Errorf("%s named %q: %v", file, name, d.Warnings)
		}
	}
}
