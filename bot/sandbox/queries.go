package sandbox

import (
	"encoding/json"
	"unicode/utf8"
)

// Limits of answers to queries.
const (
	maxPressText   = 200   // characters of a notice after a press
	maxResults     = 50    // inline results in an answer
	maxResultID    = 64    // bytes
	maxNextOffset  = 64    // bytes
	maxCacheTime   = 86400 // seconds
	usualCacheTime = 300   // seconds, when none is given
)

// PressAnswer is what the bot answered to a button press.
type PressAnswer struct {
	Text  string
	Alert bool
	URL   string
}

type press struct {
	user   int64
	answer *PressAnswer
	dead   bool // too old to be answered
}

// InlineResult is one offered result.
type InlineResult struct {
	ID          string
	Type        string
	Title       string
	Description string
	Text        string
	Entities    []Entity
	ReplyMarkup *Keyboard
}

// HTML is the message that choosing the result sends, as Telegram HTML.
func (r InlineResult) HTML() string { return RenderHTML(r.Text, r.Entities) }

// InlineAnswer is what the bot answered to an inline query.
type InlineAnswer struct {
	Results    []InlineResult
	CacheTime  int // seconds
	Personal   bool
	NextOffset string
}

type inlineQuery struct {
	user   int64
	query  string
	answer *InlineAnswer
	dead   bool
}

func (s *Server) answerCallbackQuery(p params) (any, error) {
	id := p.str("callback_query_id")
	q := s.presses[id]
	if q == nil || q.answer != nil || q.dead {
		return nil, errQueryTooOld
	}
	text := p.str("text")
	if utf8.RuneCountInString(text) > maxPressText {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	q.answer = &PressAnswer{Text: cleanText(text).text, Alert: p.bool("show_alert"), URL: p.str("url")}
	s.emit(Event{Kind: Pressed, Query: id, User: q.user, Text: q.answer.Text})
	return true, nil
}

func (s *Server) answerInlineQuery(p params) (any, error) {
	id := p.str("inline_query_id")
	q := s.inline[id]
	a := &InlineAnswer{CacheTime: usualCacheTime, Personal: p.bool("is_personal"), NextOffset: p.str("next_offset")}
	if p.str("cache_time") != "" {
		a.CacheTime = int(min(max(p.int("cache_time"), 0), maxCacheTime))
	}
	var raw []json.RawMessage
	if _, err := p.object("results", &raw); err != nil {
		return nil, badRequest("expected an Array of inline query results")
	}
	if len(raw) > maxResults {
		return nil, errTooManyResults
	}
	seen := map[string]bool{}
	for _, one := range raw {
		r, err := parseResult(one)
		if err != nil {
			return nil, err
		}
		if seen[r.ID] {
			return nil, badRequest("RESULT_ID_DUPLICATE")
		}
		seen[r.ID] = true
		a.Results = append(a.Results, r)
	}
	switch {
	case len(a.NextOffset) > maxNextOffset:
		return nil, badRequest("NEXT_OFFSET_INVALID")
	case q == nil || q.answer != nil || q.dead:
		return nil, errQueryTooOld
	}
	q.answer = a
	s.emit(Event{Kind: Offered, Query: id, User: q.user})
	return true, nil
}

func resultError(format string, args ...any) *APIError {
	return badRequest("can't parse inline query result: "+format, args...)
}

// parseResult reads an article; other types are not needed here.
func parseResult(raw json.RawMessage) (InlineResult, error) {
	var in struct {
		Type        string          `json:"type"`
		ID          json.RawMessage `json:"id"`
		Title       string          `json:"title"`
		Description string          `json:"description"`
		Markup      json.RawMessage `json:"reply_markup"`
		Content     json.RawMessage `json:"input_message_content"`
		Text        string          `json:"message_text"`
		Mode        string          `json:"parse_mode"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return InlineResult{}, badRequest("inline query result must be an object")
	}
	r := InlineResult{Type: in.Type, ID: unquote(in.ID), Title: cleanText(in.Title).text, Description: cleanText(in.Description).text}
	switch {
	case in.Type != "article":
		return r, resultError("only articles are served here")
	case len(r.ID) < 1 || len(r.ID) > maxResultID:
		return r, badRequest("RESULT_ID_INVALID")
	case r.Title == "":
		return r, badRequest("ARTICLE_TITLE_EMPTY")
	}
	var err error
	if r.Text, r.Entities, err = resultText(in.Content, in.Text, in.Mode); err != nil {
		return r, err
	}
	p := params{values: map[string]string{"reply_markup": string(in.Markup)}}
	r.ReplyMarkup, err = p.markup(true)
	return r, err
}

func unquote(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// resultText reads input_message_content or the older top-level text.
func resultText(content json.RawMessage, text, mode string) (string, []Entity, error) {
	p := params{values: map[string]string{"text": text, "parse_mode": mode}}
	if len(content) > 0 && string(content) != "null" {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(content, &fields); err != nil {
			return "", nil, resultError("Invalid inline message content specified")
		}
		p.values["text"], p.values["parse_mode"] = unquote(fields["message_text"]), unquote(fields["parse_mode"])
		p.values["entities"] = string(fields["entities"])
	}
	if p.values["text"] == "" {
		return "", nil, badRequest("input message content is not specified")
	}
	return p.textOf()
}
