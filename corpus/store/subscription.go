package store

import (
	"context"
	"time"
)

// Weekdays is a set: bit 1<<time.Weekday.
type Weekdays uint8

// EveryDay is the full week.
const EveryDay Weekdays = 1<<7 - 1

// Has tells whether the day is in the set.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }

// Length is how long a digest is.
type Length string

// Lengths of a digest.
const (
	Headlines Length = "headlines"
	Short     Length = "short"
	Full      Length = "full"
)

// Subscription is the daily digest of one chat.
type Subscription struct {
	Chat        int64
	Thread      int // topic of a forum group, 0 outside
	Minutes     int // local time of day, minutes after midnight, 0..1439
	Zone        string
	Days        Weekdays
	Topics      []string // only matching documents; empty: all
	Length      Length
	Silent      bool
	Language    string
	Calendar    string
	PausedUntil time.Time
	Always      bool // send also when nothing is new
	Active      bool // false after /unsubscribe: the settings are kept
	NextDue     time.Time
	LastSeq     int64 // changes up to here were in a digest
	LastDigest  time.Time
	LastDay     string // local day of the last digest, 2006-01-02
	Created     time.Time
}

const subscriptionColumns = `chat, thread, minutes, zone, days, topics, length, silent, language, calendar, paused_until,
	always, active, next_due, last_seq, last_digest, last_day, created_at`

func scanSubscription(r row) (x Subscription, err error) {
	return x, r.Scan(&x.Chat, &x.Thread, &x.Minutes, &x.Zone, &x.Days, into{&x.Topics}, &x.Length, into{&x.Silent}, &x.Language,
		&x.Calendar, into{&x.PausedUntil}, into{&x.Always}, into{&x.Active}, into{&x.NextDue}, &x.LastSeq, into{&x.LastDigest},
		&x.LastDay, into{&x.Created})
}

// Subscription returns the chat's, active or not, or ErrNotFound.
func (s *Store) Subscription(ctx context.Context, chat int64) (x Subscription, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		x, err = c.subscription(chat, "")
		return err
	})
	return x, err
}

func (c conn) subscription(chat int64, suffix string) (Subscription, error) {
	return first(c, scanSubscription, `SELECT `+subscriptionColumns+` FROM subscriptions WHERE chat = $1`+suffix, chat)
}

// PutSubscription inserts or replaces the whole subscription.
func (s *Store) PutSubscription(ctx context.Context, sub Subscription) error {
	return s.change(ctx, func(c conn) error { return c.putSubscription(sub) })
}

func (c conn) putSubscription(x Subscription) error {
	if x.Created.IsZero() {
		x.Created = c.s.now()
	}
	_, err := c.exec(`INSERT INTO subscriptions (`+subscriptionColumns+`) VALUES (`+holes(1, 18)+`)
		ON CONFLICT (chat) DO UPDATE SET thread = excluded.thread, minutes = excluded.minutes, zone = excluded.zone,
			days = excluded.days, topics = excluded.topics, length = excluded.length, silent = excluded.silent,
			language = excluded.language, calendar = excluded.calendar, paused_until = excluded.paused_until,
			always = excluded.always, active = excluded.active, next_due = excluded.next_due, last_seq = excluded.last_seq,
			last_digest = excluded.last_digest, last_day = excluded.last_day`,
		x.Chat, x.Thread, x.Minutes, x.Zone, int64(x.Days), x.Topics, string(x.Length), x.Silent, x.Language, x.Calendar,
		x.PausedUntil, x.Always, x.Active, x.NextDue, x.LastSeq, x.LastDigest, x.LastDay, x.Created)
	return err
}

// UpdateSubscription changes one in a transaction; ErrNotFound when there is
// none. f may be called more than once.
func (s *Store) UpdateSubscription(ctx context.Context, chat int64, f func(*Subscription)) (x Subscription, err error) {
	err = s.change(ctx, func(c conn) (err error) {
		if x, err = c.subscription(chat, c.forUpdate()); err != nil {
			return err
		}
		f(&x)
		x.Chat = chat
		return c.putSubscription(x)
	})
	return x, err
}

// DeleteSubscription removes it with its open deliveries. No error when absent.
func (s *Store) DeleteSubscription(ctx context.Context, chat int64) error {
	return s.change(ctx, func(c conn) error {
		if _, err := c.exec(`DELETE FROM subscriptions WHERE chat = $1`, chat); err != nil {
			return err
		}
		_, err := c.exec(`DELETE FROM deliveries WHERE chat = $1 AND kind = $2 AND state IN ('pending', 'claimed', 'sending')`,
			chat, DigestDelivery)
		return err
	})
}

// reachable is true for chats that take our messages, also those never seen.
const reachable = `NOT EXISTS (SELECT 1 FROM chats WHERE chats.id = chat AND chats.state <> 'active')`

// Due returns active subscriptions of reachable chats whose NextDue has come,
// earliest first. NextDue zero is never due.
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]Subscription, error) {
	return s.subscriptions(ctx, `active = 1 AND next_due > 0 AND next_due <= $1 AND `+reachable+` ORDER BY next_due, chat LIMIT $2`, now, limit)
}

// Subscriptions returns the active ones in order of chat id, after the id;
// pass math.MinInt64 first, as groups have negative ids.
func (s *Store) Subscriptions(ctx context.Context, after int64, limit int) ([]Subscription, error) {
	return s.subscriptions(ctx, `active = 1 AND chat > $1 ORDER BY chat LIMIT $2`, after, limit)
}

func (s *Store) subscriptions(ctx context.Context, where string, args ...any) (xs []Subscription, err error) {
	err = s.view(ctx, func(c conn) (err error) {
		xs, err = rows(c, scanSubscription, `SELECT `+subscriptionColumns+` FROM subscriptions WHERE `+where, args...)
		return err
	})
	return xs, err
}

// NextDue is the earliest NextDue of reachable chats, zero when nobody waits.
func (s *Store) NextDue(ctx context.Context) (at time.Time, err error) {
	err = s.view(ctx, func(c conn) error {
		ms, err := c.number(`SELECT next_due FROM subscriptions WHERE active = 1 AND next_due > 0 AND ` + reachable + ` ORDER BY next_due LIMIT 1`)
		at = fromMillis(ms)
		return err
	})
	return at, err
}
