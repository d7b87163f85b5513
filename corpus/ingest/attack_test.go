package ingest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// attacks are the inputs that must be refused or read within the limits. want
// nil means that it is read.
func attacks() []attack {
	arabicLine := "قال المتحدث باسم الوزارة إن المفاوضات ستستأنف الأسبوع المقبل في العاصمة.\n"
	return []attack{
		{"empty file", "a.txt", func() []byte { return nil }, ErrEmpty},
		{"white space only", "a.txt", func() []byte { return []byte(" \n\t \r\n") }, ErrEmpty},
		{"a mark only", "a.txt", func() []byte { return []byte("\xEF\xBB\xBF") }, ErrEmpty},
		{"no letters", "a.txt", func() []byte { return []byte("12 34 ... !!") }, ErrEmpty},
		{"binary named .txt", "a.txt", func() []byte { return random() }, ErrNotText},
		{"zero bytes named .txt", "a.txt", func() []byte { return make([]byte, 4096) }, ErrNotText},
		{"program named .txt", "a.txt", func() []byte { return append([]byte("\x7FELF\x02\x01\x01"), random()...) }, ErrUnsupported},
		{"picture named .pdf", "a.pdf", func() []byte { return append([]byte("\x89PNG\r\n\x1a\n"), random()...) }, ErrUnsupported},
		{"old Word file", "a.doc", func() []byte { return append([]byte(compound), random()...) }, ErrUnsupported},
		{"protected Word file", "a.docx", func() []byte { return append([]byte(compound), utf16Name("xxEncryptedPackage")...) }, ErrEncrypted},
		{"rtf", "a.rtf", func() []byte { return []byte(`{\rtf1\ansi text}`) }, ErrUnsupported},
		{"zip without a document", "a.docx", func() []byte { return zipOf(map[string]string{"a.txt": "x"}) }, ErrUnsupported},
		{"cut-off zip", "a.docx", func() []byte { return zipOf(map[string]string{documentPart: "<w:p/>"})[:40] }, ErrDamaged},
		{"bomb: 300 MB of one part", "a.docx", func() []byte { return bomb(300<<20, 0) }, ErrTooLarge},
		{"bomb: claims 100 bytes", "a.docx", func() []byte { return bomb(300<<20, 100) }, ErrDamaged},
		{"bomb: claims 2 GB", "a.docx", func() []byte { return bomb(1<<20, 2<<30) }, ErrDamaged},
		{"docx of broken XML", "a.docx", func() []byte { return zipOf(map[string]string{documentPart: "<w:document><w:p><w:t>مرحبا"}) }, ErrDamaged},
		{"docx of 5,000 nested tags", "a.docx", func() []byte { return zipOf(map[string]string{documentPart: strings.Repeat("<w:p>", 5000)}) }, ErrDamaged},
		{"docx with entity expansion", "a.docx", func() []byte {
			return zipOf(map[string]string{documentPart: `<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;">]><w:p><w:t>&z; نص عادي</w:t></w:p>`})
		}, nil},
		{"html of 50 MB", "a.html", func() []byte { return []byte("<html>" + strings.Repeat("<p>نص", 50<<20/8)) }, ErrTooLarge},
		{"html of 19 MB", "a.html", func() []byte { return []byte("<html>" + strings.Repeat("<p>"+arabicLine, 19<<20/140)) }, nil},
		{"html of 5,000 nested tags", "a.html", func() []byte {
			return []byte("<html>" + strings.Repeat("<div>", 5000) + arabicLine + strings.Repeat("</div>", 5000))
		}, nil},
		{"html of 100,000 nested inline tags", "a.html", func() []byte { return []byte("<html><body><p>" + strings.Repeat("<b>", 100000) + arabicLine) }, nil},
		{"html of 100,000 attributes", "a.html", func() []byte { return []byte("<html><p " + strings.Repeat("a=1 ", 100000) + ">" + arabicLine) }, nil},
		{"html without text", "a.html", func() []byte { return []byte("<html><script>var x=1</script></html>") }, ErrEmpty},
		{"markdown of 100,000 quotes", "a.md", func() []byte { return []byte(strings.Repeat(">", 100000) + arabicLine) }, nil},
		{"markdown of 100,000 brackets", "a.md", func() []byte { return []byte(strings.Repeat("[", 100000) + arabicLine) }, nil},
		{"markdown of 100,000 stars", "a.md", func() []byte { return []byte(strings.Repeat("*a_", 100000) + arabicLine) }, nil},
		{"markdown of deep lists", "a.md", func() []byte { return []byte(deepList(2000) + arabicLine) }, nil},
		{"windows-1256 without a mark", "a.txt", func() []byte { return windows1256(strings.Repeat(arabicLine, 3)) }, nil},
		{"text of 19 MB", "a.txt", func() []byte { return bytes.Repeat([]byte(arabicLine), 19<<20/len(arabicLine)) }, nil},
		{"one line of 5 MB", "a.txt", func() []byte { return bytes.Repeat([]byte("كلمة "), 5<<20/9) }, nil},
		{"one word of 5 MB", "a.txt", func() []byte { return bytes.Repeat([]byte("ك"), 5<<19) }, nil},
		{"21 MB", "a.txt", func() []byte { return bytes.Repeat([]byte("a"), 21<<20) }, ErrTooLarge},
		{"pdf head only", "a.pdf", func() []byte { return []byte("%PDF-1.7\n") }, ErrDamaged},
		{"pdf of random bytes", "a.pdf", func() []byte { return append([]byte("%PDF-1.7\n"), random()...) }, ErrDamaged},
		{"encrypted pdf", "a.pdf", func() []byte {
			return minimalPDF("", `/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <`+strings.Repeat("ab", 32)+`> /U <`+strings.Repeat("cd", 32)+`> >> /ID [<00><00>]`)
		}, ErrEncrypted},
		{"scanned pdf", "a.pdf", func() []byte { return minimalPDF("0 0 m 100 100 l S", "") }, ErrScanned},
		{"pdf of 100,000 operators", "a.pdf", func() []byte { return minimalPDF(strings.Repeat("q ", 100000)+"0 0 m 100 100 l S", "") }, ErrScanned},
		{"pdf of 20 pages", "a.pdf", func() []byte { return manyPages(20) }, nil},
		{"pdf of 300 pages", "a.pdf", func() []byte { return manyPages(300) }, nil},
		{"pdf of 500 pages", "a.pdf", func() []byte { return manyPages(500) }, ErrTooLarge},
		{"pdf named .txt", "a.txt", func() []byte {
			return minimalPDF("BT /F1 12 Tf 50 500 Td (Words in a file with the wrong name.) Tj ET", "")
		}, nil},
	}
}

func random() []byte {
	b := make([]byte, 1<<20)
	rand.NewChaCha8([32]byte{1}).Read(b) // never fails
	return b
}

func windows1256(s string) []byte {
	b, err := charmap.Windows1256.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

type attack struct {
	title, name string
	data        func() []byte
	want        error
}

// The promise is 30 seconds and 300 MB for each input.
const (
	attackTime   = 30 * time.Second
	attackMemory = 300 << 10 // KiB
)

// TestAttacks runs every input in a process of its own, whose peak memory is
// the input's.
func TestAttacks(t *testing.T) {
	if n := os.Getenv("MUJAZ_ATTACK"); n != "" {
		i, err := strconv.Atoi(n)
		if err != nil {
			t.Fatal(err)
		}
		runAttack(t, attacks()[i])
		return
	}
	if raceDetector {
		t.Skip("limits of time and memory hold without the race detector")
	}
	compileEngine(t)
	for i, a := range attacks() {
		t.Run(a.title, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAttacks$", "-test.v")
			cmd.Env = append(os.Environ(), "MUJAZ_ATTACK="+strconv.Itoa(i))
			start := time.Now()
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if took := time.Since(start); took > attackTime {
				t.Errorf("took %s", took)
			}
			peak := 0
			if _, rest, ok := bytes.Cut(out, []byte("peak KiB: ")); ok {
				fmt.Sscan(string(rest), &peak)
			}
			t.Logf("%s, %d MB: %s", time.Since(start).Round(time.Millisecond), peak>>10, bytes.TrimSpace(bytes.SplitN(out, []byte("outcome: "), 2)[1][:40]))
			if peak == 0 || peak > attackMemory {
				t.Errorf("peak memory %d KiB", peak)
			}
		})
	}
}

// compileEngine puts the compiled PDF engine into the cache folder, which the
// first long PDF does once; that needs 350 MB.
func compileEngine(t *testing.T) {
	t.Helper()
	if _, err := Read(t.Context(), "a.pdf", "", manyPages(interpretedPages+1), testLimits(t)); err != nil {
		t.Fatal(err)
	}
	if !isCompiled(testLimits(t).Cache) {
		t.Fatal("the compiled engine was not kept")
	}
}

func runAttack(t *testing.T, a attack) {
	before := peakMemory(t)
	d, err := Read(t.Context(), a.name, "", a.data(), testLimits(t))
	if !errors.Is(err, a.want) || a.want == nil && d.Paragraphs == 0 {
		t.Errorf("got %v, want %v", err, a.want)
	}
	t.Logf("before KiB: %d", before)
	t.Logf("peak KiB: %d", peakMemory(t))
	t.Logf("outcome: %v, %d paragraphs%40s", err, d.Paragraphs, "")
}

// peakMemory is the most resident memory that this process ever had, in KiB.
func peakMemory(t *testing.T) int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here")
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	n, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func zipOf(parts map[string]string) []byte {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, body := range parts {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(body))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// bomb is a document whose part unpacks to size bytes and claims another size
// in its headers; 0 claims the truth.
func bomb(size int, claim uint64) []byte {
	var packed bytes.Buffer
	fw, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	sum := crc32.NewIEEE()
	write := func(s []byte) {
		fw.Write(s) // into memory
		sum.Write(s)
	}
	write([]byte("<w:document><w:body><w:p><w:t>نص قصير قبل الفراغ</w:t></w:p>"))
	blank := bytes.Repeat([]byte(" "), 1<<16)
	for n := 0; n < size; n += len(blank) {
		write(blank)
	}
	write([]byte("</w:body></w:document>"))
	if err := fw.Close(); err != nil {
		panic(err)
	}
	if claim == 0 {
		claim = uint64(size)
	}
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	h := &zip.FileHeader{Name: documentPart, Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(packed.Len()), UncompressedSize64: claim}
	f, err := w.CreateRaw(h)
	if err == nil {
		_, err = f.Write(packed.Bytes())
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err)
	}
	return buf.Bytes()
}

func deepList(n int) string {
	var sb strings.Builder
	for i := range n {
		sb.WriteString(strings.Repeat(" ", 2*i) + "- a\n")
	}
	return sb.String()
}

// minimalPDF is a PDF of one page with the content stream and an addition to
// its trailer.
func minimalPDF(content, trailer string) []byte {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	return pdfOf(objects, trailer)
}

func pdfOf(objects []string, trailer string) []byte {
	var buf bytes.Buffer
	buf.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = buf.Len()
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&buf, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&buf, "trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return buf.Bytes()
}

// manyPages is a PDF of n pages of English text.
func manyPages(n int) []byte {
	line := "BT /F1 11 Tf 50 %d Td (The harbour of the old city went back to work on Tuesday, line %d of many.) Tj ET\n"
	var content strings.Builder
	for i := range 45 {
		fmt.Fprintf(&content, line, 780-16*i, i)
	}
	var kids strings.Builder
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", content.Len(), content.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	for range n {
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		objects = append(objects, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>")
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), n)
	return pdfOf(objects, "")
}
