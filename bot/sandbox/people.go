package sandbox

import (
	"cmp"
	"slices"
)

// anonymousAdmin is the account in whose name Telegram reports anonymous admins.
var anonymousAdmin = User{ID: 1087968824, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}

// AddUser adds a person and their private chat with the bot, which the bot may
// use only once the person has written. ID 0 takes the next free number.
func (s *Server) AddUser(u User) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.ID == 0 {
		s.lastID++
		u.ID = s.lastID
	}
	u.FirstName = cmp.Or(u.FirstName, "User")
	s.users[u.ID] = &u
	s.chats[u.ID] = newChat(Chat{ID: u.ID, Type: "private", FirstName: u.FirstName, LastName: u.LastName, Username: u.Username})
	s.emit(Event{Kind: Changed, Chat: u.ID})
	return u
}

func newChat(c Chat) *chat {
	return &chat{Chat: c, messages: map[int]*Message{}, members: map[int64]*Member{}, topics: map[int]string{}}
}

// AddGroup adds a basic group with the bot as a member. The first member is
// its creator.
func (s *Server) AddGroup(title string, members ...int64) Chat {
	return s.addGroup(Chat{Type: "group", Title: title}, members)
}

// AddSupergroup adds a supergroup; forum gives it topics.
func (s *Server) AddSupergroup(title string, forum bool, members ...int64) Chat {
	return s.addGroup(Chat{Type: "supergroup", Title: title, IsForum: forum}, members)
}

// AddChannel adds a channel with the bot as an administrator.
func (s *Server) AddChannel(title, username string, admins ...int64) Chat {
	c := s.addGroup(Chat{Type: "channel", Title: title, Username: username}, admins)
	s.SetMember(c.ID, s.bot.ID, "administrator")
	return c
}

func (s *Server) addGroup(c Chat, members []int64) Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.ID == 0 {
		s.lastID++
		c.ID = -s.lastID
		if c.Type != "group" {
			c.ID -= 1000000000000
		}
	}
	g := newChat(c)
	g.members[s.bot.ID] = &Member{User: *s.botUser(), Status: "member"}
	for i, id := range members {
		if u := s.users[id]; u != nil {
			status := "member"
			if i == 0 {
				status = "creator"
			}
			g.members[id] = &Member{User: *u, Status: status}
		}
	}
	s.chats[c.ID] = g
	s.emit(Event{Kind: Changed, Chat: c.ID})
	return c
}

// AddTopic opens a forum topic and returns its thread id, which is the number
// of the service message that opens it.
func (s *Server) AddTopic(chatID, creator int64, name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.chats[chatID], s.user(creator)
	if c == nil || u == nil {
		return 0
	}
	m := s.store(c, &Message{From: u, TopicMessage: true, TopicCreated: &Topic{Name: name}})
	m.ThreadID = m.ID
	c.topics[m.ID] = name
	s.pushMessage(m)
	return m.ID
}

// SetMember sets a person's or the bot's status in a chat: creator,
// administrator, member, restricted, left or kicked. A change of the bot's own
// status is reported to it.
func (s *Server) SetMember(chatID, userID int64, status string) {
	s.setMember(chatID, userID, status, false)
}

// SetAnonymous makes a person an administrator who writes in the group's name.
func (s *Server) SetAnonymous(chatID, userID int64) {
	s.setMember(chatID, userID, "administrator", true)
}

func (s *Server) setMember(chatID, userID int64, status string, anonymous bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, u := s.chats[chatID], s.user(userID)
	if c == nil || u == nil {
		return
	}
	if userID == s.bot.ID {
		c.blocked = nil
		if status == "kicked" || status == "left" {
			c.blocked = forbidden("bot is not a member of the " + c.kind() + " chat")
		}
		s.moveBot(c, s.anyAdmin(c), status)
		return
	}
	old := s.member(c, u)
	c.members[userID] = &Member{User: *u, Status: status, Anonymous: anonymous}
	s.push(Update{ChatMember: &ChatMemberChange{Chat: c.Chat, From: *u, Date: s.now().Unix(), Old: old, New: *c.members[userID]}})
	s.emit(Event{Kind: Changed, Chat: chatID})
}

func (s *Server) anyAdmin(c *chat) *User {
	for _, m := range c.members {
		if !m.User.IsBot && (m.Status == "creator" || m.Status == "administrator") {
			return &m.User
		}
	}
	return &anonymousAdmin
}

// Block makes a person block the bot; writing again unblocks it.
func (s *Server) Block(user int64) { s.cutOff(user, "kicked", errBlocked) }

// Unblock undoes Block.
func (s *Server) Unblock(user int64) { s.cutOff(user, "member", nil) }

// Deactivate closes a person's account.
func (s *Server) Deactivate(user int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[user]; c != nil {
		c.blocked = errDeactivated
	}
}

// Kick removes the bot from a group or channel.
func (s *Server) Kick(chatID int64) {
	s.mu.Lock()
	kind := ""
	if c := s.chats[chatID]; c != nil {
		kind = c.kind()
	}
	s.mu.Unlock()
	s.cutOff(chatID, "kicked", forbidden("bot was kicked from the "+kind+" chat"))
}

// DeleteGroup deletes a basic group.
func (s *Server) DeleteGroup(chatID int64) { s.cutOff(chatID, "left", errGroupDeleted) }

func (s *Server) cutOff(chatID int64, status string, refusal *APIError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[chatID]
	if c == nil {
		return
	}
	c.blocked = refusal
	by := s.users[chatID]
	if by == nil {
		by = s.anyAdmin(c)
	}
	s.moveBot(c, by, status)
	s.emit(Event{Kind: Changed, Chat: chatID})
}

// Migrate turns a basic group into a supergroup and returns the new chat.
func (s *Server) Migrate(chatID int64) Chat {
	s.mu.Lock()
	old := s.chats[chatID]
	if old == nil || old.Type != "group" || old.migrated != 0 {
		s.mu.Unlock()
		return Chat{}
	}
	title := old.Title
	s.mu.Unlock()
	c := s.addGroup(Chat{Type: "supergroup", Title: title}, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	moved := s.chats[c.ID]
	moved.members = old.members
	by := s.anyAdmin(old)
	old.migrated = c.ID
	s.pushMessage(s.store(old, &Message{From: by, MigrateTo: c.ID}))
	s.pushMessage(s.store(moved, &Message{From: &anonymousAdmin, SenderChat: &moved.Chat, MigrateFrom: chatID}))
	return c
}

// Chats lists the chats in order of their numbers.
func (s *Server) Chats() []Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Chat
	for _, c := range s.chats {
		all = append(all, c.Chat)
	}
	slices.SortFunc(all, func(a, b Chat) int { return cmp.Compare(a.ID, b.ID) })
	return all
}
