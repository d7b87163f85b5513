// Mujaz answers questions about news documents with verbatim, cited excerpts
// and a short structured summary, on Telegram and on the terminal.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	_ "time/tzdata" // zones, also on machines that have none

	"mujaz/bot"
	"mujaz/bot/config"
	"mujaz/bot/serve"
	"mujaz/bot/terminal"
)

// version is set by the linker in releases.
var version = "dev"

func main() {
	terminal.Private()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], terminal.Standard()))
}

// run is the program without the process around it: it returns the exit code.
func run(ctx context.Context, args []string, streams terminal.Streams) int {
	commands := append(terminal.Commands(),
		terminal.Command{Name: "serve", Brief: "answer in Telegram; without a token, in the browser", Run: serve.Run},
		terminal.Command{Name: "version", Brief: "print the version", Run: printVersion})
	name, rest, asked := split(args)
	if asked {
		fmt.Fprint(streams.Out, usage(commands))
		return terminal.OK
	}
	c, err := config.Load(".env")
	if err != nil {
		streams.Say("%s", err)
		return terminal.Usage
	}
	if name != "serve" && c.Level == slog.LevelInfo {
		c.Level = slog.LevelWarn // a command that ends says its results, not its steps
	}
	sparing(name)
	p := &terminal.Program{Streams: streams, Config: c, Log: logger(c, streams)}
	return terminal.Run(ctx, p, commands, name, rest)
}

// servingGC is the heap growth, in percent, at which a process that answers
// collects garbage. Most of its heap stays: vocabulary, lexicon and caches of
// the index. Go's 100 would let as much garbage lie beside them, and cost some
// 50 MB over 73,000 paragraphs, for a quarter less processor time.
const servingGC = 30

// importingGC is the same for commands that fill an index, which make much
// garbage: 560 MB at most for 73,000 paragraphs, where Go's 100 takes 750.
const importingGC = 50

// sparing keeps the memory of commands low, unless GOGC says otherwise.
func sparing(command string) {
	if _, set := os.LookupEnv("GOGC"); set {
		return
	}
	switch command {
	case "serve", "ask":
		debug.SetGCPercent(servingGC)
	case "import", "reindex":
		debug.SetGCPercent(importingGC)
	}
}

// split takes the command's name off the arguments. Flags alone, or nothing,
// mean serve.
func split(args []string) (name string, rest []string, help bool) {
	switch {
	case len(args) == 0:
		return "serve", nil, false
	case args[0] == "help" || args[0] == "-h" || args[0] == "--help" || args[0] == "-help":
		return "", nil, true
	case strings.HasPrefix(args[0], "-"):
		return "serve", args, false
	default:
		return args[0], args[1:], false
	}
}

func usage(commands []terminal.Command) string {
	var b strings.Builder
	b.WriteString("Mujaz answers questions about news documents, with cited excerpts and a short summary.\n\nUsage: mujaz [command] [flags]\n\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "  %-32s %s\n", strings.TrimSpace(c.Name+" "+c.Args), c.Brief)
	}
	b.WriteString("\nFlags of a command: mujaz COMMAND -h. Settings: see .env.example.\n")
	return b.String()
}

func logger(c config.Config, s terminal.Streams) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.Level}
	if c.LogFormat == "json" {
		return slog.New(bot.NameLines(slog.NewJSONHandler(s.Err, o)))
	}
	return slog.New(bot.NameLines(slog.NewTextHandler(s.Err, o)))
}

func printVersion(_ context.Context, p *terminal.Program, _ []string) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	_, err := fmt.Fprintf(p.Out, "mujaz %s %s\n", version, info.GoVersion)
	return err
}
