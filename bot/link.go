package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"

	"mujaz/corpus"
)

// Telegram's limits on what a link and a button may carry back to us.
const (
	payloadLimit = 64 // ?start=: characters of A–Z a–z 0–9 _ -
	dataLimit    = 64 // callback data: bytes
	keyLimit     = 40 // a document's key, so that it fits both with what stands around it
)

var plainID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// documentKey names a document in links and buttons: its id when that is short
// and plain, else the id in base64, else a hash that is looked up again.
func documentKey(id string) string {
	if plainID.MatchString(id) && len(id) < keyLimit {
		return "r" + id
	}
	if b := base64.RawURLEncoding.EncodeToString([]byte(id)); len(b) < keyLimit {
		return "b" + b
	}
	return hashKey(id)
}

func hashKey(id string) string {
	sum := sha256.Sum256([]byte(id))
	return "h" + base64.RawURLEncoding.EncodeToString(sum[:18])
}

// documentID reverses documentKey; hashed reports that the id must be searched
// for by its hash.
func documentID(key string) (id string, hashed, ok bool) {
	if len(key) < 2 {
		return "", false, false
	}
	switch key[0] {
	case 'r':
		return key[1:], false, plainID.MatchString(key[1:])
	case 'b':
		b, err := base64.RawURLEncoding.DecodeString(key[1:])
		return string(b), false, err == nil
	case 'h':
		return key, true, true
	}
	return "", false, false
}

// Payloads of deep links: one letter, what it needs, the key.
//
//	d-KEY    a document
//	pN-KEY   paragraph N (1-based) of a document
//	t-TOPIC  a subscription to a topic, in base64
func documentPayload(id string) string { return "d-" + documentKey(id) }

func paragraphPayload(r corpus.Ref) string {
	return "p" + strconv.Itoa(r.Paragraph+1) + "-" + documentKey(r.Document)
}

// topicPayload reports false when the topic is too long for a link.
func topicPayload(topic string) (string, bool) {
	p := "t-" + base64.RawURLEncoding.EncodeToString([]byte(topic))
	return p, len(p) <= payloadLimit
}

// payload is what a deep link asks for.
type payload struct {
	Key       string // of a document, see documentKey
	Paragraph int    // 0-based, -1 for the whole document
	Topic     string
}

func readPayload(s string) (payload, bool) {
	head, rest, ok := strings.Cut(s, "-")
	if !ok || rest == "" || len(s) > payloadLimit {
		return payload{}, false
	}
	switch {
	case head == "d":
		return payload{Key: rest, Paragraph: -1}, true
	case head == "t":
		topic, err := base64.RawURLEncoding.DecodeString(rest)
		return payload{Topic: string(topic)}, err == nil
	case strings.HasPrefix(head, "p"):
		n, err := strconv.Atoi(head[1:])
		return payload{Key: rest, Paragraph: n - 1}, err == nil && n > 0
	}
	return payload{}, false
}

// startLink is the address that opens our private chat with a payload; empty
// without a username.
func startLink(username, payload string) string {
	if username == "" {
		return ""
	}
	return "https://t.me/" + username + "?start=" + payload
}

// dataVersion stands first in callback data. Buttons of another version are
// answered with "too old" rather than misread.
const dataVersion = "1"

// Data makes callback data for an action registered with OnPress. It is the
// caller's part to stay within 64 bytes; ids made by this package do.
func Data(action string, args ...string) string {
	return strings.Join(append([]string{dataVersion, action}, args...), ".")
}

func readData(data string) (action string, args []string, ok bool) {
	parts := strings.Split(data, ".")
	if len(parts) < 2 || parts[0] != dataVersion {
		return "", nil, false
	}
	return parts[1], parts[2:], true
}
