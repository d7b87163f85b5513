package ingest

import (
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

const (
	maxRedirects   = 5
	connectTimeout = 8 * time.Second
	fetchTimeout   = 25 * time.Second
	// agent names us as sites ask of programs that fetch for a person.
	agent = "Mozilla/5.0 (compatible; Mujaz/1.0; news briefing bot)"
)

// Fetcher gets pages, files and feeds from the public web. The zero value
// refuses private addresses and is ready for use, from several goroutines.
type Fetcher struct {
	Limits Limits
	// Allow replaces the address guard. It is for tests against a server of
	// their own; nil is the guard.
	Allow func(network, address string, c syscall.RawConn) error

	once   sync.Once
	client *http.Client
}

// Fetch makes a draft of what stands at a link, with the address guard.
func Fetch(ctx context.Context, url string, limits Limits) (Draft, error) {
	f := &Fetcher{Limits: limits}
	defer f.Close()
	return f.Fetch(ctx, url)
}

// Fetch makes a draft of what stands at a link: a page, or a file that Read
// understands. The draft's link is the one asked for, after redirects.
func (f *Fetcher) Fetch(ctx context.Context, link string) (Draft, error) {
	limits := f.Limits.orDefault()
	got, err := f.get(ctx, link, nil, limits.Bytes)
	if err != nil {
		return Draft{}, err
	}
	return read(ctx, file{name: got.name, mime: got.mime, link: got.link, data: got.body}, limits)
}

// Close drops idle connections.
func (f *Fetcher) Close() {
	if f.client != nil {
		f.client.CloseIdleConnections()
	}
}

// response is what a site gave.
type response struct {
	body             []byte
	name, mime, link string
	header           http.Header
}

// get reads one link within limit bytes. headers are added to the request.
func (f *Fetcher) get(ctx context.Context, link string, headers map[string]string, limit int64) (response, error) {
	if !IsLink(link) {
		return response{}, ErrBadURL
	}
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSpace(link), nil)
	if err != nil {
		return response{}, ErrBadURL
	}
	req.Header.Set("User-Agent", agent)
	req.Header.Set("Accept-Language", "ar,en;q=0.8")
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	resp, err := f.http().Do(req)
	if err != nil {
		return response{}, fetchError(parent, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNotModified {
		return response{}, ErrNotModified
	}
	if resp.StatusCode != http.StatusOK {
		return response{}, &StatusError{Code: resp.StatusCode, RetryAfter: retryAfter(resp.Header)}
	}
	if resp.ContentLength > limit {
		return response{}, ErrTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return response{}, fetchError(parent, err)
	}
	if int64(len(body)) > limit {
		return response{}, ErrTooLarge
	}
	final := resp.Request.URL
	return response{body: body, name: nameOf(resp, final), mime: resp.Header.Get("Content-Type"), link: final.String(), header: resp.Header}, nil
}

// nameOf is the file's name: as the site gives it, or the link's last part.
func nameOf(resp *http.Response, u *url.URL) string {
	if _, params, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition")); err == nil && params["filename"] != "" {
		return path.Base(params["filename"])
	}
	return path.Base(u.Path)
}

func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(seconds)*time.Second, 24*time.Hour)
}

// http builds the client once: no proxy, which would resolve names behind the
// guard's back, and the guard on every connection, redirects included.
func (f *Fetcher) http() *http.Client {
	f.once.Do(func() {
		control := f.Allow
		if control == nil {
			control = ssrf.New().Safe
		}
		dialer := &net.Dialer{Timeout: connectTimeout, Control: control}
		f.client = &http.Client{
			Transport: &http.Transport{
				Proxy:                  nil,
				DialContext:            dialer.DialContext,
				TLSHandshakeTimeout:    connectTimeout,
				ResponseHeaderTimeout:  15 * time.Second,
				MaxResponseHeaderBytes: 1 << 16,
				MaxIdleConnsPerHost:    1,
				IdleConnTimeout:        30 * time.Second,
				ForceAttemptHTTP2:      true,
			},
			CheckRedirect: checkRedirect,
		}
	})
	return f.client
}

func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return ErrRedirects
	}
	if !IsLink(req.URL.String()) {
		return ErrBadURL
	}
	return nil
}

// IsLink reports whether s is one absolute http or https link.
func IsLink(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}

// fetchError says in this package's errors why a request failed. The cause is
// wrapped without the link, which may hold a secret in its query.
func fetchError(parent context.Context, err error) error {
	var netErr net.Error
	switch {
	case parent.Err() != nil:
		return parent.Err()
	case errors.Is(err, ErrPrivateAddress), errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return ErrPrivateAddress
	case errors.Is(err, ErrRedirects):
		return ErrRedirects
	case errors.Is(err, ErrBadURL):
		return ErrBadURL
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		return ErrTimeout
	}
	return ErrUnreachable
}
