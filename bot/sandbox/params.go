package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxUpload     = 50 << 20  // bytes, Telegram's limit for an upload by a bot
	maxDownload   = 20971520  // bytes, Telegram's limit for getFile
	maxBody       = 64 << 20  // bytes of a whole request
	maxRawText    = 32768     // bytes of a text before parsing
	maxFormMemory = maxUpload // bytes of a form held in memory
)

type upload struct {
	name, mime string
	data       []byte
}

// params is a request's parameters as Telegram sees them: every value a
// string, whether it came as JSON, as a form or in the URL.
type params struct {
	values map[string]string
	files  map[string]upload
}

func readParams(r *http.Request) (params, error) {
	p := params{values: map[string]string{}, files: map[string]upload{}}
	for k, v := range r.URL.Query() {
		p.values[k] = v[len(v)-1]
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "application/json":
		err = p.readJSON(r.Body)
	case "multipart/form-data":
		err = p.readMultipart(r)
	case "application/x-www-form-urlencoded":
		if err = r.ParseForm(); err == nil {
			for k, v := range r.PostForm {
				p.values[k] = v[len(v)-1]
			}
		}
	}
	if err != nil {
		return p, err
	}
	for _, v := range p.values {
		if !utf8.ValidString(v) {
			return p, errNotUTF8
		}
	}
	return p, nil
}

func (p *params) readJSON(body io.Reader) error {
	data, err := io.ReadAll(body)
	if err != nil {
		return bodyError(err)
	}
	if s := strings.TrimSpace(string(data)); s == "" || s == "null" {
		return nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return badRequest("can't parse JSON object")
	}
	for k, raw := range object {
		var s string
		if json.Unmarshal(raw, &s) == nil && string(raw) != "null" {
			p.values[k] = s
		} else if string(raw) != "null" {
			p.values[k] = string(raw)
		}
	}
	return nil
}

func (p *params) readMultipart(r *http.Request) error {
	if err := r.ParseMultipartForm(maxFormMemory); err != nil {
		return bodyError(err)
	}
	defer r.MultipartForm.RemoveAll()
	for k, v := range r.MultipartForm.Value {
		p.values[k] = v[len(v)-1]
	}
	for k, v := range r.MultipartForm.File {
		header := v[0]
		if header.Size > maxUpload {
			return errTooLarge
		}
		f, err := header.Open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(f)
		f.Close()
		if err != nil {
			return bodyError(err)
		}
		p.files[k] = upload{name: header.Filename, mime: header.Header.Get("Content-Type"), data: data}
	}
	return nil
}

func bodyError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return errTooLarge
	}
	return err
}

func (p params) str(name string) string { return p.values[name] }

func (p params) int(name string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(p.values[name]), 10, 64)
	return n
}

func (p params) bool(name string) bool {
	switch strings.ToLower(p.values[name]) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// object decodes a JSON parameter; absent and "null" leave into untouched.
func (p params) object(name string, into any) (present bool, err error) {
	s := p.values[name]
	if s == "" || s == "null" {
		return false, nil
	}
	return true, json.Unmarshal([]byte(s), into)
}
