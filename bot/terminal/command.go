package terminal

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"mujaz/corpus/store"
	"mujaz/index"
)

// Command is one sub-command of the program.
type Command struct {
	Name  string
	Args  string // what follows the flags, as shown in the usage
	Brief string // one line
	Run   func(ctx context.Context, p *Program, args []string) error
}

// Commands are the sub-commands that this package offers, in the order of the
// usage text. The caller adds what needs more than a terminal.
func Commands() []Command {
	return []Command{
		{"ask", "[QUESTION]", "answer a question, or one per line of standard input", runAsk},
		{"add", "FILE|URL|-", "add a document after a preview", runAdd},
		{"import", "FILE.jsonl", "add documents, one JSON object a line", runImport},
		{"export", "", "print all documents, one JSON object a line", runExport},
		{"docs", "[ID]", "list the documents, or print one", runDocs},
		{"remove", "ID…", "remove documents; they can be restored for 30 days", runRemove},
		{"digest", "", "preview the digest that a chat would get", runDigest},
		{"eval", "DIR", "measure answers on judged questions", runEval},
		{"reindex", "", "make the search index again", runReindex},
		{"check", "", "verify the store and the index, and repair the index", runCheck},
		{"backup", "FILE", "write a consistent copy, also while serving", runBackup},
		{"restore", "FILE", "fill an empty data folder from a backup", runRestore},
		{"migrate-to", "postgres://…", "move everything into PostgreSQL", runMigrate},
	}
}

// usageError is a command line that cannot be understood.
type usageError struct{ why string }

func (e *usageError) Error() string { return e.why }

func wrongUse(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// errReported ends a command whose reasons have been printed already.
var errReported = errors.New("reported")

// Run runs the command of that name and returns the exit code.
func Run(ctx context.Context, p *Program, commands []Command, name string, args []string) int {
	i := slices.IndexFunc(commands, func(c Command) bool { return c.Name == name })
	if i < 0 {
		p.Say("mujaz has no command %q. Commands: %s.", name, names(commands))
		return Usage
	}
	return p.exit(ctx, commands[i], commands[i].Run(ctx, p, args))
}

func (p *Program) exit(ctx context.Context, c Command, err error) int {
	var wrong *usageError
	switch {
	case err == nil:
		return OK
	case errors.Is(err, flag.ErrHelp):
		return OK
	case errors.As(err, &wrong):
		p.Say("%s\nUsage: mujaz %s [flags] %s", wrong.why, c.Name, c.Args)
		return Usage
	case errors.Is(err, errReported):
	case ctx.Err() != nil:
		p.Say("Stopped; what was confirmed before is kept.")
	default:
		p.Log.Debug("command failed", "command", c.Name, "error", err)
		p.Say("%s", Explain(err))
	}
	return Failed
}

func names(commands []Command) string {
	var out []string
	for _, c := range commands {
		out = append(out, c.Name)
	}
	return strings.Join(out, ", ")
}

// explanations say in one sentence what went wrong and what to do.
var explanations = []struct {
	err  error
	text string
}{
	{store.ErrLocked, "Another mujaz process is using this data folder; stop it or choose another folder with -data."},
	{store.ErrReadOnly, "The data folder cannot be written; check its permissions or choose another one with -data."},
	{store.ErrFull, "The disk is full; nothing that was stored before is lost. Free some space and try again."},
	{index.ErrUnwritable, "The search index cannot be written: the disk is full or the folder is read-only. The documents are safe; free some space or choose another folder with -data."},
	{store.ErrDamaged, "The database file is damaged; fill an empty folder with `mujaz restore` from a backup."},
	{store.ErrBackup, "The file is not a whole backup; choose another one. Nothing was filled."},
	{store.ErrNewer, "The database was made by a newer mujaz; use that version."},
	{store.ErrOutdated, "The database must be brought up to date first; start `mujaz serve` once."},
	{store.ErrUnavailable, "The database server does not answer; check DATABASE_URL and that the server runs."},
	{store.ErrNotFound, "There is no such document; `mujaz docs` lists them."},
	{store.ErrNotEmpty, "The target already holds data; choose an empty one."},
	{store.ErrInvalid, "A document needs some text."},
}

// Explain says in one sentence what went wrong. Errors that it does not know
// are printed as they are: this is the operator's terminal, not a chat.
func Explain(err error) string {
	for _, e := range explanations {
		if errors.Is(err, e.err) {
			return e.text
		}
	}
	return "mujaz: " + err.Error()
}

// flags makes a flag set that reports instead of exiting.
func (p *Program) flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(p.Err)
	f.StringVar(&p.Config.DataDir, "data", p.Config.DataDir, "folder of the database and the index")
	return f
}

// parse reads flags that may stand before, between and after the arguments.
func parse(f *flag.FlagSet, args []string) ([]string, error) {
	var rest []string
	for {
		if err := parseQuietly(f, args); err != nil {
			return nil, err
		}
		args = f.Args()
		if len(args) == 0 {
			return rest, nil
		}
		if args[0] == "-" || !strings.HasPrefix(args[0], "-") {
			rest, args = append(rest, args[0]), args[1:]
			continue
		}
		return append(rest, args...), nil // behind "--" everything is an argument
	}
}

func parseQuietly(f *flag.FlagSet, args []string) error {
	out := f.Output()
	f.SetOutput(io.Discard)
	err := f.Parse(args)
	f.SetOutput(out)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(out, "Flags of mujaz %s:\n", f.Name())
		f.PrintDefaults()
		return err
	}
	if err != nil {
		return wrongUse("%v.", err)
	}
	return nil
}
