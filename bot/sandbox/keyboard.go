package sandbox

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Limits of inline keyboards.
const (
	maxRow          = 12    // buttons shown in a row; more are cut
	maxButtons      = 300   // buttons in all; more are cut
	maxCallbackData = 64    // bytes
	maxCopy         = 256   // characters of copy_text
	maxMarkup       = 10000 // bytes of a whole keyboard
)

// markup reads reply_markup. Keyboards that are not inline (reply keyboards,
// removal, force reply) are accepted and not shown.
func (p params) markup(inlineOnly bool) (*Keyboard, error) {
	var object map[string]json.RawMessage
	present, err := p.object("reply_markup", &object)
	if err != nil {
		return nil, badRequest("can't parse reply keyboard markup JSON object")
	}
	rows, inline := object["inline_keyboard"]
	if !present || !inline {
		if inlineOnly && (object["keyboard"] != nil || object["remove_keyboard"] != nil || object["force_reply"] != nil) {
			return nil, errInlineOnly
		}
		return nil, nil
	}
	return parseKeyboard(rows)
}

func parseKeyboard(raw json.RawMessage) (*Keyboard, error) {
	var rows [][]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, badRequest(`field "inline_keyboard" must be of type Array of Array of InlineKeyboardButton`)
	}
	k := &Keyboard{}
	total, size := 0, 0
	for _, row := range rows {
		var out []Button
		for _, raw := range row {
			b, err := parseButton(raw)
			if err != nil {
				return nil, err
			}
			if b.Text == "" || len(out) == maxRow || total == maxButtons {
				continue
			}
			out = append(out, b)
			total++
			size += len(b.Text) + len(b.Data) + len(b.URL)
		}
		if len(out) > 0 {
			k.Rows = append(k.Rows, out)
		}
	}
	if size > maxMarkup {
		return nil, errMarkupTooLong
	}
	if len(k.Rows) == 0 {
		return nil, nil
	}
	return k, nil
}

func buttonError(format string, args ...any) *APIError {
	return badRequest("can't parse inline keyboard button: "+format, args...)
}

// parseButton reads one button; the first kind in Telegram's own order wins.
func parseButton(raw json.RawMessage) (Button, error) {
	var in struct {
		Text       *string         `json:"text"`
		URL        string          `json:"url"`
		Data       *string         `json:"callback_data"`
		Switch     *string         `json:"switch_inline_query"`
		SwitchHere *string         `json:"switch_inline_query_current_chat"`
		Copy       *CopyText       `json:"copy_text"`
		Style      string          `json:"style"`
		WebApp     json.RawMessage `json:"web_app"`
		Login      json.RawMessage `json:"login_url"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return Button{}, buttonError("InlineKeyboardButton must be an Object")
	}
	if in.Text == nil {
		return Button{}, buttonError(`Can't find field "text"`)
	}
	switch in.Style {
	case "", "default", "primary", "danger", "success":
	default:
		return Button{}, buttonError("invalid button style specified")
	}
	b := Button{Text: strings.Trim(cleanText(*in.Text).text, " \n"), Style: in.Style}
	switch {
	case in.URL != "":
		checked, ok := checkURL(in.URL)
		if !ok {
			return b, badRequest("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", in.URL)
		}
		b.URL = checked
	case in.Data != nil:
		if n := len(*in.Data); n < 1 || n > maxCallbackData {
			return b, errButtonData
		}
		b.Data = *in.Data
	case in.Switch != nil:
		b.Switch = in.Switch
	case in.SwitchHere != nil:
		b.SwitchHere = in.SwitchHere
	case in.Copy != nil:
		if n := utf8.RuneCountInString(in.Copy.Text); n < 1 || n > maxCopy {
			return b, badRequest("BUTTON_COPY_TEXT_INVALID")
		}
		b.Copy = in.Copy
	default:
		return b, buttonError("Text buttons are unallowed in the inline keyboard")
	}
	return b, nil
}
