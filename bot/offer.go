package bot

import "mujaz/bot/message"

// DocumentButton opens a document, for messages that are composed outside of a
// conversation.
func DocumentButton(text, id string) message.Button {
	return message.Button{Text: text, Data: Data("k", documentKey(id), "0")}
}

// DocumentLink opens a document from a link; empty while the bot's @name is not
// known.
func DocumentLink(username, id string) string { return startLink(username, documentPayload(id)) }
