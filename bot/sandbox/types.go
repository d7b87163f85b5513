package sandbox

import "time"

// User is a Telegram user or bot in the Bot API's JSON form.
type User struct {
	ID                      int64  `json:"id"`
	IsBot                   bool   `json:"is_bot"`
	FirstName               string `json:"first_name"`
	LastName                string `json:"last_name,omitempty"`
	Username                string `json:"username,omitempty"`
	LanguageCode            string `json:"language_code,omitempty"`
	CanJoinGroups           *bool  `json:"can_join_groups,omitempty"`
	CanReadAllGroupMessages *bool  `json:"can_read_all_group_messages,omitempty"`
	SupportsInlineQueries   *bool  `json:"supports_inline_queries,omitempty"`
}

// Chat is a Telegram chat in the Bot API's JSON form. Type is private, group,
// supergroup or channel.
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

// Entity marks a part of a text. Offset and Length count UTF-16 code units.
type Entity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`
	User     *User  `json:"user,omitempty"`
	Language string `json:"language,omitempty"`
	EmojiID  string `json:"custom_emoji_id,omitempty"`
}

// Button is one button of an inline keyboard.
type Button struct {
	Text       string    `json:"text"`
	URL        string    `json:"url,omitempty"`
	Data       string    `json:"callback_data,omitempty"`
	Switch     *string   `json:"switch_inline_query,omitempty"`
	SwitchHere *string   `json:"switch_inline_query_current_chat,omitempty"`
	Copy       *CopyText `json:"copy_text,omitempty"`
	Style      string    `json:"style,omitempty"`
}

// CopyText is what a button puts on the clipboard.
type CopyText struct {
	Text string `json:"text"`
}

// Keyboard is an inline keyboard.
type Keyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// Document is a file sent as a document.
type Document struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	MIMEType     string `json:"mime_type,omitempty"`
	FileSize     int64  `json:"file_size,omitempty"`
}

// Location is a point in degrees.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Origin says where a forwarded message was first posted. Type is user,
// hidden_user, chat or channel.
type Origin struct {
	Type           string `json:"type"`
	Date           int64  `json:"date"` // Unix seconds
	SenderUser     *User  `json:"sender_user,omitempty"`
	SenderUserName string `json:"sender_user_name,omitempty"`
	SenderChat     *Chat  `json:"sender_chat,omitempty"`
	Chat           *Chat  `json:"chat,omitempty"`
	MessageID      int    `json:"message_id,omitempty"`
}

// Topic is the service message that opens a forum topic.
type Topic struct {
	Name string `json:"name"`
}

// Message is a message as the Bot API reports it.
type Message struct {
	ID              int       `json:"message_id"`
	ThreadID        int       `json:"message_thread_id,omitempty"`
	From            *User     `json:"from,omitempty"`
	SenderChat      *Chat     `json:"sender_chat,omitempty"`
	Date            int64     `json:"date"` // Unix seconds
	Chat            Chat      `json:"chat"`
	ForwardOrigin   *Origin   `json:"forward_origin,omitempty"`
	ForwardFrom     *User     `json:"forward_from,omitempty"`
	ForwardFromChat *Chat     `json:"forward_from_chat,omitempty"`
	ForwardFromID   int       `json:"forward_from_message_id,omitempty"`
	ForwardSender   string    `json:"forward_sender_name,omitempty"`
	ForwardDate     int64     `json:"forward_date,omitempty"`
	TopicMessage    bool      `json:"is_topic_message,omitempty"`
	ReplyTo         *Message  `json:"reply_to_message,omitempty"`
	ViaBot          *User     `json:"via_bot,omitempty"`
	EditDate        int64     `json:"edit_date,omitempty"`
	MediaGroupID    string    `json:"media_group_id,omitempty"`
	Text            string    `json:"text,omitempty"`
	Entities        []Entity  `json:"entities,omitempty"`
	Document        *Document `json:"document,omitempty"`
	Location        *Location `json:"location,omitempty"`
	Caption         string    `json:"caption,omitempty"`
	CaptionEntities []Entity  `json:"caption_entities,omitempty"`
	NewMembers      []User    `json:"new_chat_members,omitempty"`
	LeftMember      *User     `json:"left_chat_member,omitempty"`
	MigrateTo       int64     `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64     `json:"migrate_from_chat_id,omitempty"`
	TopicCreated    *Topic    `json:"forum_topic_created,omitempty"`
	ReplyMarkup     *Keyboard `json:"reply_markup,omitempty"`

	// Edits counts the edits; Deleted stays true after a deletion;
	// Silent is disable_notification; InlineID names a message sent through
	// inline mode; Reactions are the bot's emoji. None is on the wire.
	Edits     int      `json:"-"`
	Deleted   bool     `json:"-"`
	Silent    bool     `json:"-"`
	NoPreview bool     `json:"-"`
	InlineID  string   `json:"-"`
	Reactions []string `json:"-"`
}

// FromBot tells whether a bot wrote the message itself (not through inline mode).
func (m Message) FromBot() bool { return m.From != nil && m.From.IsBot }

// Time is when the message was sent.
func (m Message) Time() time.Time { return time.Unix(m.Date, 0) }

// HTML is the text or caption with its entities as Telegram HTML.
func (m Message) HTML() string {
	if m.Text != "" {
		return RenderHTML(m.Text, m.Entities)
	}
	return RenderHTML(m.Caption, m.CaptionEntities)
}

// Buttons lists the keyboard's buttons in reading order.
func (m Message) Buttons() []Button {
	if m.ReplyMarkup == nil {
		return nil
	}
	var all []Button
	for _, row := range m.ReplyMarkup.Rows {
		all = append(all, row...)
	}
	return all
}

// Update is one element of getUpdates.
type Update struct {
	ID                int               `json:"update_id"`
	Message           *Message          `json:"message,omitempty"`
	EditedMessage     *Message          `json:"edited_message,omitempty"`
	ChannelPost       *Message          `json:"channel_post,omitempty"`
	EditedChannelPost *Message          `json:"edited_channel_post,omitempty"`
	InlineQuery       *InlineQuery      `json:"inline_query,omitempty"`
	ChosenInline      *ChosenInline     `json:"chosen_inline_result,omitempty"`
	CallbackQuery     *CallbackQuery    `json:"callback_query,omitempty"`
	MyChatMember      *ChatMemberChange `json:"my_chat_member,omitempty"`
	ChatMember        *ChatMemberChange `json:"chat_member,omitempty"`
}

// CallbackQuery is a button press.
type CallbackQuery struct {
	ID              string   `json:"id"`
	From            User     `json:"from"`
	Message         *Message `json:"message,omitempty"`
	InlineMessageID string   `json:"inline_message_id,omitempty"`
	ChatInstance    string   `json:"chat_instance"`
	Data            string   `json:"data"`
}

// InlineQuery is "@bot words" typed in a chat.
type InlineQuery struct {
	ID       string    `json:"id"`
	From     User      `json:"from"`
	Query    string    `json:"query"`
	Offset   string    `json:"offset"`
	ChatType string    `json:"chat_type,omitempty"`
	Location *Location `json:"location,omitempty"`
}

// ChosenInline reports the inline result that a person sent.
type ChosenInline struct {
	ResultID        string `json:"result_id"`
	From            User   `json:"from"`
	InlineMessageID string `json:"inline_message_id,omitempty"`
	Query           string `json:"query"`
}

// Member is a user's place in a chat. Status is creator, administrator,
// member, restricted, left or kicked.
type Member struct {
	User      User   `json:"user"`
	Status    string `json:"status"`
	Anonymous bool   `json:"is_anonymous,omitempty"`
	Until     *int64 `json:"until_date,omitempty"`
}

// ChatMemberChange is a change of a member's status.
type ChatMemberChange struct {
	Chat Chat   `json:"chat"`
	From User   `json:"from"`
	Date int64  `json:"date"`
	Old  Member `json:"old_chat_member"`
	New  Member `json:"new_chat_member"`
}

// Command is an entry of the command menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}
