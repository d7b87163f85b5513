// Package sandbox is a local Bot API server: Telegram's methods, rules and
// error texts, people and groups that a test or a person plays, and a chat page
// that shows them. It lets the real Telegram client be tested and the bot be
// tried without a token. It must not know what the bot says or how it answers.
//
// # A test in ten lines
//
//	s := sandbox.Serve(t, sandbox.Options{})          // a loopback server, closed with the test
//	reader := s.AddUser(sandbox.User{FirstName: "ريم", LanguageCode: "ar"})
//	bot := …telegram.New(telegram.Options{Token: s.Token(), APIURL: s.URL(), …})
//	asked := s.SendText(reader.ID, reader.ID, "ما موقف إيران؟")
//	reply, err := s.Reply(ctx, asked)                 // first bot message after it, no sleeping
//	reply.HTML(); reply.ReplyMarkup                   // what arrived, after Telegram's own parsing
//	id := s.Press(reader.ID, reply, "more")           // by callback data or by label
//	answer, err := s.PressAnswer(ctx, id)
//	reply, err = s.Edited(ctx, reply)                 // waits for the next edit of that message
//
// # Waiting
//
// Nothing here sleeps. [Server.WaitFor] evaluates a condition again after every
// change of the server; [Server.Idle] returns when the bot has confirmed every
// update (the right wait before claiming that nothing was said).
//
// # What is left out
//
// Texts are read as HTML or with entities, not as Markdown; of media there are
// documents only, of inline results articles only. Telegram's own pauses (a
// repeated getUpdates, a second poller) are not imitated, so that tests are fast.
//
// # Faults and limits
//
// [Server.Inject] adds a [Fault]: 429, server errors, replies lost after the
// effect, garbage, delays, a network that is down; per method, per chat, once
// or until removed. [Options.Limits] switches Telegram's flood limits on;
// [Server.Counters] counts calls, refusals and limit violations always.
package sandbox
