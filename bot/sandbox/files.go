package sandbox

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"net/http"
	"path"
	"strings"
)

type storedFile struct {
	Document
	data []byte
	path string
}

// keepFile stores bytes and names them; mu is held.
func (s *Server) keepFile(name, mime string, data []byte) *Document {
	n := s.next()
	name = path.Base("/" + strings.ReplaceAll(name, "\\", "/"))
	f := &storedFile{data: data, path: fmt.Sprintf("documents/file_%d%s", n, path.Ext(name)), Document: Document{
		FileID:       "BQAC" + base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "sandbox-document-%08d", n)),
		FileUniqueID: "AgAD" + base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%06d", n)),
		FileName:     cleanText(name).text, MIMEType: mime, FileSize: int64(len(data)),
	}}
	s.files[f.FileID] = f
	copied := f.Document
	return &copied
}

// documentOf takes the document of a request: an upload, an attachment or the
// id of a file that is known.
func (s *Server) documentOf(p params) (*Document, error) {
	field := "document"
	if name, ok := strings.CutPrefix(p.str("document"), "attach://"); ok {
		field = name
	}
	if f, ok := p.files[field]; ok {
		if len(f.data) == 0 {
			return nil, badRequest("file must be non-empty")
		}
		mime := f.mime
		if mime == "" || mime == "application/octet-stream" {
			mime = cmp.Or(mimeOf(f.name), "application/octet-stream")
		}
		return s.keepFile(f.name, mime, f.data), nil
	}
	id := p.str("document")
	switch {
	case id == "":
		return nil, errNoDocument
	case strings.HasPrefix(id, "http://") || strings.HasPrefix(id, "https://"):
		return nil, badRequest("failed to get HTTP URL content")
	case s.files[id] == nil:
		return nil, errWrongFile
	}
	d := s.files[id].Document
	return &d, nil
}

func mimeOf(name string) string {
	return map[string]string{
		".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf",
		".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".jsonl": "application/x-ndjson",
		".json": "application/json", ".csv": "text/csv",
	}[strings.ToLower(path.Ext(name))]
}

func (s *Server) getFile(p params) (any, error) {
	if p.str("file_id") == "" {
		return nil, badRequest("file_id not specified")
	}
	f := s.files[p.str("file_id")]
	switch {
	case f == nil:
		return nil, errWrongFile
	case f.FileSize > maxDownload:
		return nil, errFileTooBig
	}
	return map[string]any{"file_id": f.FileID, "file_unique_id": f.FileUniqueID, "file_size": f.FileSize, "file_path": f.path}, nil
}

// serveFile handles /file/bot<token>/<path>.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/file/bot"), "/")
	if err := s.checkToken(token); err != nil {
		reply(w, nil, err)
		return
	}
	fault := s.takeFault("file", 0)
	if stop := fault.before(r.Context(), w); stop {
		return
	}
	data, found := s.fileAt(name)
	if !found {
		reply(w, nil, errNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", itoa(int64(len(data))))
	if fault != nil && fault.Truncate {
		data = data[:len(data)/2]
	}
	w.Write(data)
}

func (s *Server) fileAt(name string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		if f.path == name {
			return f.data, true
		}
	}
	return nil, false
}
