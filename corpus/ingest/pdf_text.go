package ingest

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"mujaz/corpus/arabic"
)

// pdfFile reads the running text of a PDF: lines in reading order, without
// what repeats on every page, page numbers and captions, joined to paragraphs
// by how they stand.
func pdfFile(ctx context.Context, data []byte, limits Limits) (article, error) {
	pages, heights, named, err := readPages(ctx, data, limits)
	if err != nil {
		return article{}, err
	}
	lines, empty := slices.Concat(pages...), 0
	for _, page := range pages {
		if len(page) == 0 {
			empty++
		}
	}
	title := pdfTitle(named)
	lines = withoutMargins(lines, heights, title)
	if len(lines) == 0 {
		return article{}, ErrScanned
	}
	body := bodyHeight(lines)
	a := article{blocks: pdfBlocks(withoutCaptions(lines, body, linePitch(lines)), body), title: title}
	a.takeHeadline()
	if empty > 0 {
		a.warnings = append(a.warnings, Warning{Kind: WarnEmptyPages, Count: empty})
	}
	return a, nil
}

// pdfTitle is the title in the file's properties, when a person wrote it.
func pdfTitle(s string) string {
	s = collapse(s)
	lower := strings.ToLower(s)
	for _, tool := range []string{"microsoft word", "untitled", ".doc", ".indd", ".pdf", ".html", "powerpoint", "http"} {
		if strings.Contains(lower, tool) {
			return ""
		}
	}
	if wordCount(s) < 2 {
		return ""
	}
	return s
}

// takeHeadline prefers the large first line to the file's title, of which it
// often is a part.
func (a *article) takeHeadline() {
	if len(a.blocks) > 1 && a.blocks[0].kind == heading && (a.title == "" || strings.HasPrefix(folded(a.title), folded(a.blocks[0].text))) {
		a.title, a.blocks = a.blocks[0].text, a.blocks[1:]
	}
}

// marginShare is the part of a page's height at its top and bottom in which
// running headers and footers stand.
const marginShare = .09

var pageNumber = regexp.MustCompile(`^[\s\-–—|]*(?:صفحة|الصفحة|ص|(?i:page|p\.))?[\s\-–—|:]*\d{1,4}(?:\s*(?:/|من|of)\s*\d{1,4})?[\s\-–—|]*$`)

func withoutMargins(lines []pdfLine, heights []float64, title string) []pdfLine {
	seen := map[string]map[int]bool{}
	for _, l := range lines {
		if inMargin(l, heights) {
			key := maskDigits(l.text)
			if seen[key] == nil {
				seen[key] = map[int]bool{}
			}
			seen[key][l.page] = true
		}
	}
	return slices.DeleteFunc(lines, func(l pdfLine) bool {
		if !inMargin(l, heights) {
			return false
		}
		repeats := len(seen[maskDigits(l.text)])
		return repeats > 1 || isFurnitureLine(l.text, title)
	})
}

// isFurnitureLine recognises what browsers and programs print in the margin: a
// page number, an address, the title with the date.
func isFurnitureLine(text, title string) bool {
	if pageNumber.MatchString(arabic.WesternDigits(text)) || strings.Contains(text, "://") {
		return true
	}
	rest := folded(text)
	if t := folded(title); t != "" {
		rest = strings.TrimSpace(strings.Replace(rest, t, "", 1))
	}
	if len(rest) == len(folded(text)) {
		return false
	}
	return wordsBesideDate(rest) == 0
}

func inMargin(l pdfLine, heights []float64) bool {
	height := heights[l.page]
	return l.bottom > height*(1-marginShare) || l.top < height*marginShare
}

func maskDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, s)
}

// bodyHeight is the height of the letters in which most words are set.
func bodyHeight(lines []pdfLine) float64 {
	words := map[int]int{}
	best := 0
	for _, l := range lines {
		if l.height > 0 {
			key := int(l.height*2 + .5)
			words[key] += wordCount(l.text)
			if words[key] > words[best] || best == 0 {
				best = key
			}
		}
	}
	return float64(best) / 2
}

// captionWords is how long a caption or footnote may be.
const captionWords = 40

// withoutCaptions drops short runs of small lines that stand apart from the
// text: captions of pictures and footnotes.
func withoutCaptions(lines []pdfLine, body, pitch float64) []pdfLine {
	var out []pdfLine
	for i := 0; i < len(lines); {
		end := i
		words := 0
		for end < len(lines) && isSmall(lines[end], body) {
			words += wordCount(lines[end].text)
			end++
		}
		if end == i {
			out = append(out, lines[i])
			i++
			continue
		}
		if words > captionWords || i > 0 && adjoins(lines[i-1], lines[i], pitch) && !endsSentence(lines[i-1].text) {
			out = append(out, lines[i:end]...)
		}
		i = end
	}
	if len(out) == 0 {
		return lines // all of one kind: no text that it could stand beside
	}
	return out
}

func isSmall(l pdfLine, body float64) bool { return l.height > 0 && l.height < .84*body }

func adjoins(above, l pdfLine, pitch float64) bool {
	d := above.base - l.base
	return above.page == l.page && d > 0 && d < 1.2*pitch
}

// pdfBlocks joins lines to paragraphs.
func pdfBlocks(lines []pdfLine, body float64) []block {
	pitch := linePitch(lines)
	left, right := columnEdges(lines)
	var out []block
	for i := range lines {
		l := &lines[i]
		if l.height == 0 && i > 0 && adjoins(lines[i-1], *l, 2*pitch) {
			l.height = lines[i-1].height // a line without tall letters
		}
		kind := para
		if l.height > 1.18*body {
			kind = heading
		}
		text := collapse(bullets.Replace(l.text))
		if isItem(text) || text != l.text {
			kind = item
			if text != l.text && !isItem(text) {
				text = listMarker(false, 0) + text
			}
		}
		if i > 0 && len(out) > 0 && kind != item && continues(lines[i-1], *l, out[len(out)-1], kind, pitch, body, left, right) {
			out[len(out)-1].text += " " + text
			continue
		}
		out = append(out, block{kind: kind, text: text, level: 1 + len(out)})
	}
	return out
}

// bullets are the signs that symbol fonts use for list items, in the private
// use area.
var bullets = strings.NewReplacer("\uF0B7", "", "\uF0A7", "", "\uF0D8", "", "\uF0FC", "", "•", "• ", "•  ", "• ")

// continues reports whether l goes on with the paragraph that ends in the line
// before it.
func continues(before, l pdfLine, b block, kind blockKind, pitch, body, left, right float64) bool {
	if (b.kind == heading) != (kind == heading) {
		return false
	}
	width := right - left
	ended := endsSentence(before.text)
	if before.page != l.page || l.top > before.top { // next page or column
		return !ended
	}
	if distance := before.base - l.base; pitch > 0 && distance > 1.25*pitch*max(1, l.height/body) {
		return false
	}
	rtl := language(l.text) == "ar"
	short := before.left > left+.12*width
	if !rtl {
		short = before.right < right-.12*width
	}
	return kind == heading || !(ended && short)
}

// linePitch is the usual distance between lines: the lower quartile, for
// paragraphs of few lines make larger distances common.
func linePitch(lines []pdfLine) float64 {
	var distances []float64
	for i := 1; i < len(lines); i++ {
		if d := lines[i-1].base - lines[i].base; lines[i].page == lines[i-1].page && d > 2 {
			distances = append(distances, d)
		}
	}
	if len(distances) == 0 {
		return 0
	}
	slices.Sort(distances)
	return distances[len(distances)/4]
}

// columnEdges are the usual ends of full lines.
func columnEdges(lines []pdfLine) (left, right float64) {
	var ls, rs []float64
	for _, l := range lines {
		ls, rs = append(ls, l.left), append(rs, l.right)
	}
	slices.Sort(ls)
	slices.Sort(rs)
	return ls[len(ls)/10], rs[len(rs)*9/10]
}
