// Package telegram is Mujaz on Telegram: it receives updates by long polling
// or through a webhook, hands them to the conversation one at a time per chat,
// and sends what the conversation says. It is the only importer of telebot,
// whose client speaks to the Bot API and whose types decode updates; polling,
// workers, limits, retries and shutdown are this package's own. It owns the
// token, which appears in no error and no log. It must not know what a
// question is or how anything is worded.
//
// # What happens to an update
//
// It is written to the inbox, then confirmed to Telegram, then claimed, handled
// and marked as done. A crash in between hands it out again; a repeated
// delivery has no second effect. Updates of one chat are handled in order,
// those of different chats side by side, so that a person who floods waits
// only for himself.
//
// When too much waits, its sender is told to come back; the update stays in the
// inbox until that is said, so that a crash passes nobody over. What was sent
// during an outage of ours is no crowd: it is taken, or waits at Telegram.
//
// # What happens to a message
//
// It passes one gate that keeps Telegram's limits and lets answers to people
// go before digests. When Telegram asks to wait, everything waits. Failures
// that passed without effect are tried again with growing pauses for as long
// as the context lasts.
package telegram
