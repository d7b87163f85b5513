package bot

// Table is the routing table for tests: the rights that each command and each
// kind of button needs.
func (b *Bot) Table() (commands, buttons map[string]Rights) {
	commands, buttons = map[string]Rights{}, map[string]Rights{}
	for name, c := range b.routes.commands {
		commands[name] = c.Rights
	}
	for action, r := range b.routes.presses {
		buttons[action] = r.rights
	}
	return commands, buttons
}
