package bot_test

import "mujaz/bot"

func (r *room) digests() bot.Digests { return nil }
