package bot_test

import (
	"testing"

	"mujaz/bot/sandbox"
	"mujaz/index/answer"
)

// offeredWalk bounds how many questions the walk from button to button asks.
const offeredWalk = 40

// TestEveryOfferedQuestionIsAnswered walks from the questions of /start, in
// both languages, over the follow-up questions of every answer: a reader who
// only presses buttons is never told that there is no answer.
func TestEveryOfferedQuestionIsAnswered(t *testing.T) {
	r := openRoom(t)
	var todo []string
	for _, language := range []string{"ar", "en"} {
		offered := labels(r.says(r.AddUser(sandbox.User{FirstName: "قارئ", LanguageCode: language}), "/start"))
		if len(offered) != 3 {
			t.Errorf("/start offers %d questions in %s: %q", len(offered), language, offered)
		}
		todo = append(todo, offered...)
	}
	todo = append(todo, question, "ماذا قال عراقجي عن المحادثات؟")
	asked := map[string]bool{}
	for i := 0; i < len(todo) && len(asked) < offeredWalk; i++ {
		if asked[todo[i]] {
			continue
		}
		asked[todo[i]] = true
		a, err := r.asks.Ask(r.ctx, todo[i], answer.Ask{Today: r.clock.Now(), FollowUps: true})
		r.must(err)
		if a.Kind != answer.Answered || a.Confidence < 0.5 || a.Summary.Lead == nil {
			t.Errorf("%s: %s with %.2f", todo[i], a.Kind, a.Confidence)
		}
		todo = append(todo, a.FollowUps...)
	}
	if len(asked) < 15 {
		t.Errorf("only %d questions are offered on the whole way", len(asked))
	}
}
