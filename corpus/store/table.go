package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
)

// table is one table that a backup or a move carries. What only lives for
// minutes — leases, heartbeats, shares — stays behind.
type table struct {
	name    string
	key     []string // primary key, in order
	columns []string
}

// tables are in the order in which they are copied.
var tables = []table{
	{"counters", []string{"name"}, words("name value")},
	{"meta", []string{"name"}, words("name value")},
	{"documents", []string{"id"}, words("id number seq revision paragraphs sort_at added_at changed_at removed_at signed by_id by_name source date url title signature text")},
	{"revisions", words("document_id revision"), words("document_id revision replaced_at by_id by_name source date url title text")},
	{"bands", words("band document_id"), words("band document_id")},
	{"drafts", []string{"id"}, words("id chat user_id state created_at updated_at body")},
	{"pieces", words("draft message"), words("draft message text")},
	{"audit", []string{"id"}, words("id at by_id by_name action subject detail before undone_at")},
	{"admins", []string{"user_id"}, words("user_id name by_id by_name added_at")},
	{"chats", []string{"id"}, words("id kind title language client digits calendar free_questions state last_question last_asked first_seen last_seen extra")},
	{"moves", []string{"from_chat"}, words("from_chat to_chat")},
	{"subscriptions", []string{"chat"}, words("chat thread minutes zone days topics length silent language calendar paused_until always active next_due last_seq last_digest last_day created_at")},
	{"alerts", []string{"id"}, words("id chat thread words language per_day quiet_from quiet_to zone sent_day sent_count created_at")},
	{"matches", words("alert document_id"), words("alert document_id seq at told")},
	{"deliveries", []string{"id"}, words("id chat thread kind due state worker lease attempts unknowns try_at message error created_at updated_at payload")},
	{"questions", []string{"id"}, words("id at text folded language kind confidence via")},
	{"feedback", words("question voter"), words("question voter up at")},
	{"feeds", []string{"id"}, words("id url title etag last_modified failures last_error next_poll last_ok paused by_id by_name added_at")},
	{"items", words("feed guid"), words("feed guid at")},
	{"synonyms", []string{"id"}, words("id line by_id by_name added_at")},
	{"updates", []string{"id"}, words("id chat state worker lease attempts received_at payload")},
	{"kept", []string{"name"}, words("name until value")},
}

func words(s string) []string { return strings.Fields(s) }

// own is the condition that leaves out the rows of the copying itself.
func (t table) own() string {
	if t.name == "meta" {
		return `name NOT LIKE 'moving%'`
	}
	return `1 = 1`
}

// page reads up to limit rows after a key, in the order of the key.
func (c conn) page(t table, after []any, limit int) ([][]any, error) {
	key := strings.Join(t.key, ", ")
	where, args := t.own(), []any{limit}
	if after != nil {
		where += ` AND (` + key + `) > (` + holes(2, len(after)) + `)`
		args = append(args, after...)
	}
	return rows(c, scanAny(len(t.columns)), `SELECT `+strings.Join(t.columns, ", ")+` FROM `+t.name+
		` WHERE `+where+` ORDER BY `+key+` LIMIT $1`, args...)
}

// each calls f for every row of the table.
func (c conn) each(t table, f func([]any) error) error {
	const limit = 500
	for after := []any(nil); ; {
		rs, err := c.page(t, after, limit)
		if err != nil {
			return err
		}
		for _, r := range rs {
			if err := f(r); err != nil {
				return err
			}
		}
		if len(rs) < limit {
			return nil
		}
		after = t.keyOf(rs[len(rs)-1])
	}
}

func scanAny(n int) func(row) ([]any, error) {
	return func(r row) ([]any, error) {
		out, places := make([]any, n), make([]any, n)
		for i := range out {
			places[i] = &out[i]
		}
		err := r.Scan(places...)
		for i, v := range out {
			if b, ok := v.([]byte); ok {
				out[i] = string(b)
			}
		}
		return out, err
	}
}

// keyOf takes the primary key out of a row.
func (t table) keyOf(r []any) []any {
	var out []any
	for _, k := range t.key {
		for i, name := range t.columns {
			if name == k {
				out = append(out, r[i])
			}
		}
	}
	return out
}

// insert writes a row over the one with its key.
func (c conn) insert(t table, r []any) error {
	if len(r) != len(t.columns) {
		return fmt.Errorf("store: %d columns for table %s, want %d", len(r), t.name, len(t.columns))
	}
	var set []string
	for _, name := range t.columns {
		set = append(set, name+` = excluded.`+name)
	}
	_, err := c.exec(`INSERT INTO `+t.name+` (`+strings.Join(t.columns, ", ")+`) VALUES (`+holes(1, len(r))+`)
		ON CONFLICT (`+strings.Join(t.key, ", ")+`) DO UPDATE SET `+strings.Join(set, ", "), r...)
	return err
}

// sum is a checksum of a table that does not depend on the order of rows.
type sum struct {
	rows  int64
	total uint64
}

func (c conn) sum(t table) (s sum, err error) {
	err = c.each(t, func(r []any) error {
		line, err := json.Marshal(r)
		h := sha256.Sum256(line)
		s.rows++
		s.total += binary.BigEndian.Uint64(h[:8])
		return err
	})
	return s, err
}

// snapshot runs reads that all see the store as it was at one moment.
func (s *Store) snapshot(c conn, f func(conn) error) error {
	o := &sql.TxOptions{ReadOnly: true}
	if s.engine == postgres {
		o.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.read.BeginTx(c.ctx, o)
	if err != nil {
		return err
	}
	defer tx.Rollback() // it only read
	return f(conn{c.ctx, tx, s})
}
