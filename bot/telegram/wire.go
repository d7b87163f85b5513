package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	tele "gopkg.in/telebot.v3"
)

// placeholder stands for the token in everything that telebot sees, so that
// none of its errors can contain the real one.
const placeholder = "0:token"

// maxReply bounds what is read of a reply of the Bot API, in bytes.
const maxReply = 32 << 20

// apiError is a refusal that the Bot API explained.
type apiError struct {
	code        int
	description string
	retryAfter  time.Duration
	migrateTo   int64
}

func (e *apiError) Error() string { return fmt.Sprintf("telegram: %s (%d)", e.description, e.code) }

// wireError is a call without a reply that could be read.
type wireError struct {
	sent bool   // the request went out: it may have had its effect
	what string // without addresses
}

func (e *wireError) Error() string { return "telegram: " + e.what }

// wire carries calls: it puts the token in, and turns everything that is not a
// proper reply with a result into an error.
type wire struct {
	inner http.RoundTripper
	token string
}

// bound is a wire for one call: telebot takes no contexts.
type bound struct {
	*wire
	ctx context.Context
}

// client returns a telebot client whose calls end with ctx.
func (w *wire) client(ctx context.Context, api string) (*tele.Bot, error) {
	return tele.NewBot(tele.Settings{
		URL: api, Token: placeholder, Offline: true, Synchronous: true, Updates: 1,
		Client:  &http.Client{Transport: bound{w, ctx}, CheckRedirect: noRedirect},
		OnError: func(error, tele.Context) {}, // errors are returned
	})
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// RoundTrip implements http.RoundTripper.
func (b bound) RoundTrip(r *http.Request) (*http.Response, error) {
	var wrote atomic.Bool
	trace := &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }}
	ctx, cancel := context.WithCancel(httptrace.WithClientTrace(b.ctx, trace))
	stop := context.AfterFunc(r.Context(), cancel)
	r = r.Clone(ctx)
	r.URL.Path = strings.Replace(r.URL.Path, "/bot"+placeholder+"/", "/bot"+b.token+"/", 1)
	r.URL.RawPath = ""
	res, err := b.inner.RoundTrip(r)
	if err != nil {
		stop()
		cancel()
		return nil, &wireError{sent: wrote.Load(), what: outage(b.ctx, err)}
	}
	if strings.Contains(r.URL.Path, "/file/bot") {
		res.Body = &closing{res.Body, cancel}
		return res, nil
	}
	defer func() { stop(); cancel() }()
	return read(res)
}

// closing ends the context of a download with its body.
type closing struct {
	io.ReadCloser
	done func()
}

func (c *closing) Close() error {
	defer c.done()
	return c.ReadCloser.Close()
}

// outage says what failed without saying where: an address holds the token.
func outage(ctx context.Context, err error) string {
	var timeout net.Error
	var op *net.OpError
	switch {
	case ctx.Err() != nil:
		return "the call was given up"
	case errors.As(err, &op):
		return "network: " + op.Op + " failed"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "network: timeout"
	}
	return "network: the connection broke"
}

// read takes the reply apart; a reply with a result comes back as it was.
func read(res *http.Response) (*http.Response, error) {
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxReply))
	if err != nil {
		return nil, &wireError{sent: true, what: "the reply broke off"}
	}
	var reply struct {
		OK          *bool           `json:"ok"`
		Code        int             `json:"error_code"`
		Description string          `json:"description"`
		Result      json.RawMessage `json:"result"`
		Parameters  struct {
			RetryAfter int   `json:"retry_after"`
			MigrateTo  int64 `json:"migrate_to_chat_id"`
		} `json:"parameters"`
	}
	if err := json.Unmarshal(body, &reply); err != nil || reply.OK == nil || *reply.OK && reply.Result == nil {
		// A gateway that refuses has not passed the request on, unless it timed
		// out waiting for the reply.
		sent := res.StatusCode < 500 || res.StatusCode == http.StatusGatewayTimeout
		return nil, &wireError{sent: sent, what: fmt.Sprintf("the reply with status %d cannot be read", res.StatusCode)}
	}
	if !*reply.OK {
		code := reply.Code
		if code == 0 {
			code = res.StatusCode
		}
		return nil, &apiError{code, reply.Description, time.Duration(reply.Parameters.RetryAfter) * time.Second, reply.Parameters.MigrateTo}
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, nil
}
