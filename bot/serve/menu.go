package serve

import (
	"context"
	"slices"

	"mujaz/bot"
	"mujaz/bot/telegram"
)

// menu is what Telegram shows of the bot.
func (s *service) menu(ctx context.Context) telegram.Menu {
	m := telegram.Menu{Button: true}
	m.Descriptions, m.Briefs = s.bot.Descriptions()
	for _, list := range s.bot.Menus() {
		m.Commands = append(m.Commands, commandSet(list, 0))
	}
	for _, admin := range s.adminIDs(ctx) {
		m.Commands = append(m.Commands, s.adminCommands(admin, true)...)
	}
	return m
}

// adminCommands are the lists of one admin's private chat; empty lists, which
// take them away, when the person is an admin no longer.
func (s *service) adminCommands(user int64, admin bool) []telegram.CommandSet {
	var sets []telegram.CommandSet
	for _, list := range s.bot.AdminMenus() {
		if !admin {
			list.Lines = nil
		}
		sets = append(sets, commandSet(list, user))
	}
	return sets
}

// showMenu gives a new admin the admins' commands and takes them from a former
// one. A person who never wrote to the bot gets them at the next start.
func (s *service) showMenu(ctx context.Context, user int64, admin bool) {
	if err := s.client.SetMenu(ctx, telegram.Menu{Commands: s.adminCommands(user, admin)}); err != nil {
		s.p.Log.Warn("an admin's menu could not be set", "user", user, "error", err)
	}
}

// adminIDs are the owners and the admins whom they added.
func (s *service) adminIDs(ctx context.Context) []int64 {
	ids := slices.Clone(s.p.Config.Admins)
	added, err := s.rooms.Store.Admins(ctx)
	if err != nil {
		s.p.Log.Warn("the admins' menu is set for owners only", "error", err)
	}
	for _, a := range added {
		ids = append(ids, a.User)
	}
	return ids
}

func commandSet(list bot.MenuList, chat int64) telegram.CommandSet {
	set := telegram.CommandSet{Scope: string(list.Audience), Chat: chat, Language: list.Language}
	for _, line := range list.Lines {
		set.Commands = append(set.Commands, telegram.Command{Name: line.Name, Brief: line.Brief})
	}
	return set
}
