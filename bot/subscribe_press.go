package bot

import (
	"context"
	"strconv"
	"time"

	"mujaz/corpus/store"
)

// digestChanges are the buttons that change one thing at once.
var digestChanges = map[string]func(b *Bot, s *store.Subscription, arg string) bool{
	"silent": func(_ *Bot, s *store.Subscription, _ string) bool { s.Silent = !s.Silent; return true },
	"always": func(_ *Bot, s *store.Subscription, _ string) bool { s.Always = !s.Always; return true },
	"on": func(_ *Bot, s *store.Subscription, _ string) bool {
		s.Active, s.PausedUntil = true, time.Time{}
		return true
	},
	"off": func(_ *Bot, s *store.Subscription, _ string) bool { s.Active = false; return true },
	"length": func(_ *Bot, s *store.Subscription, arg string) bool {
		l := store.Length(arg)
		if l != store.Headlines && l != store.Short && l != store.Full {
			return false
		}
		s.Length = l
		return true
	},
	"at": func(_ *Bot, s *store.Subscription, arg string) bool {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 0 || n >= 24*60 {
			return false
		}
		s.Minutes = n
		return true
	},
	"day": func(_ *Bot, s *store.Subscription, arg string) bool {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 0 || n > 6 {
			return false
		}
		if s.Days ^= 1 << n; s.Days == 0 { // a digest on no day is a digest that is off
			s.Days = 1 << n
		}
		return true
	},
	"until": func(b *Bot, s *store.Subscription, arg string) bool {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 1 || n > 365 {
			return false
		}
		s.PausedUntil = b.o.Now().Add(time.Duration(n) * 24 * time.Hour)
		return true
	},
	"clear": func(_ *Bot, s *store.Subscription, _ string) bool { s.Topics = nil; return true },
}

// pressDigest is every button of the digest's settings.
func (b *Bot) pressDigest(ctx context.Context, t *Talk, args []string) error {
	if len(args) == 0 {
		return store.ErrNotFound
	}
	arg := ""
	if len(args) > 1 {
		arg = args[1]
	}
	if f, ok := digestChanges[args[0]]; ok {
		return b.pressChange(ctx, t, args[0], arg, f)
	}
	sub, err := b.subscription(ctx, t)
	if err != nil {
		return err
	}
	switch args[0] {
	case "show":
		return b.showDigest(ctx, t, sub, "sub.title")
	case "time":
		return b.showTimes(ctx, t, sub)
	case "days":
		return b.showDays(ctx, t, sub)
	case "pause":
		return b.showPauses(ctx, t)
	case "topics":
		return b.showTopics(ctx, t, sub)
	case "topic":
		return b.pressTopic(ctx, t, args)
	case "zone":
		return b.prompt(ctx, t, awaitZone, "sub.zone.send")
	case "date":
		return b.prompt(ctx, t, awaitPause, "sub.pause.send")
	case "speak":
		return b.pressSpeak(ctx, t, arg)
	case "words":
		return b.prompt(ctx, t, awaitTopic, "sub.topic.send")
	case "other":
		return b.prompt(ctx, t, awaitTime, "sub.time.send")
	}
	return store.ErrNotFound
}

// pressSpeak changes the language of the chat, of its digest and its alerts.
func (b *Bot) pressSpeak(ctx context.Context, t *Talk, lang string) error {
	if lang != "ar" && lang != "en" {
		return store.ErrNotFound
	}
	if err := b.speakIn(ctx, t, lang); err != nil {
		return err
	}
	sub, err := b.subscription(ctx, t)
	if err != nil {
		return err
	}
	return b.showDigest(ctx, t, sub, "sub.title")
}

func (b *Bot) pressChange(ctx context.Context, t *Talk, name, arg string, f func(*Bot, *store.Subscription, string) bool) error {
	valid := false
	sub, err := b.change(ctx, t, func(s *store.Subscription) { valid = f(b, s, arg) })
	switch {
	case err != nil:
		return err
	case !valid:
		return store.ErrNotFound
	case name == "day":
		return b.showDays(ctx, t, sub)
	case name == "clear":
		return b.showTopics(ctx, t, sub)
	}
	return b.showDigest(ctx, t, sub, "sub.title")
}

// prompt asks for something that is typed.
func (b *Bot) prompt(ctx context.Context, t *Talk, kind, key string) error {
	posted, err := t.Prompt(ctx, key)
	if err != nil {
		return err
	}
	return t.Await(ctx, kind, strconv.Itoa(posted.MessageID))
}
