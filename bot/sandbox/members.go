package sandbox

// member is a user's place in a chat, never nil.
func (s *Server) member(c *chat, user *User) Member {
	if m := c.members[user.ID]; m != nil {
		return *m
	}
	if c.Type == "private" && (c.ID == user.ID || user.ID == s.bot.ID) {
		return Member{User: *user, Status: "member"}
	}
	return Member{User: *user, Status: "left"}
}

func (s *Server) user(id int64) *User {
	if id == s.bot.ID {
		return s.botUser()
	}
	return s.users[id]
}

func (s *Server) getChat(p params) (any, error) {
	c, err := s.target(p)
	if err != nil && c == nil {
		return nil, err
	}
	return c.Chat, err
}

func (s *Server) getChatMember(p params) (any, error) {
	c, err := s.target(p)
	if err != nil {
		return nil, err
	}
	id := p.int("user_id")
	u := s.user(id)
	switch {
	case id <= 0:
		return nil, badRequest("invalid user_id specified")
	case u == nil:
		return nil, badRequest("user not found")
	}
	return s.member(c, u), nil
}

func (s *Server) getChatAdministrators(p params) (any, error) {
	c, err := s.target(p)
	if err != nil {
		return nil, err
	}
	if c.Type == "private" {
		return nil, errNoAdmins
	}
	admins := []Member{}
	for _, m := range c.members {
		if (m.Status == "creator" || m.Status == "administrator") && (!m.User.IsBot || m.User.ID == s.bot.ID) {
			admins = append(admins, *m)
		}
	}
	return admins, nil
}

func (s *Server) getChatMemberCount(p params) (any, error) {
	c, err := s.target(p)
	if err != nil {
		return nil, err
	}
	return max(len(c.members), 2), nil
}

func (s *Server) leaveChat(p params) (any, error) {
	c, err := s.target(p)
	if err != nil {
		return nil, err
	}
	if c.Type == "private" {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	s.moveBot(c, s.botUser(), "left")
	c.blocked = forbidden("bot is not a member of the " + c.kind() + " chat")
	s.emit(Event{Kind: Left, Chat: c.ID})
	return true, nil
}

// kind is the chat's type in the words of the error texts.
func (c *chat) kind() string { return c.Type }

// moveBot changes the bot's own status in a chat and reports it as an update.
func (s *Server) moveBot(c *chat, by *User, status string) {
	bot := s.botUser()
	old := s.member(c, bot)
	c.members[bot.ID] = &Member{User: *bot, Status: status}
	s.push(Update{MyChatMember: &ChatMemberChange{Chat: c.Chat, From: *by, Date: s.now().Unix(), Old: old, New: *c.members[bot.ID]}})
}
