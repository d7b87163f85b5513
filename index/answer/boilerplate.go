package answer

import (
	"strings"

	"mujaz/corpus/arabic"
)

// furniture opens lines that belong to a page and not to its story: links,
// tags, sources, calls to share.
var furniture = patterns(`رابط الخبر|الرابط|سمات|وسوم|الوسوم|كلمات دلالية|كلمات مفتاحية|اقرأ أيضا|اقرأ المزيد|للمزيد|شاهد أيضا|مواضيع ذات صلة|المصدر|تابعونا|شارك الخبر|طباعة|تعليقات|جميع الحقوق محفوظة|نشر في|آخر تحديث
	|read more|related|tags|share this|source|follow us|all rights reserved`)

// isBoilerplate recognises lines that tell how to reach the author or the
// page, not what happened.
func isBoilerplate(text string) bool {
	if strings.Contains(text, "@") || strings.Contains(text, "://") || strings.Contains(text, "www.") {
		return true
	}
	tokens := arabic.Words(text[:min(len(text), 80)])
	for _, p := range furniture {
		if len(tokens) <= len(p.words) || !p.opens(tokens) {
			continue
		}
		// «المصدر» alone may be a witness; a colon or a tag list makes it furniture.
		after := text[tokens[len(p.words)-1].End:tokens[len(p.words)].Start]
		if len(p.words) > 1 || strings.ContainsAny(after, ":|") || p.words[0] == "سمات" || p.words[0] == "وسوم" {
			return true
		}
	}
	return false
}

func (p pattern) opens(tokens []arabic.Token) bool {
	for i, w := range p.words {
		if arabic.Fold(tokens[i].Text) != w {
			return false
		}
	}
	return true
}
