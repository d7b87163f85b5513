package terminal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"mujaz/corpus/store"
)

// today is the date where the operator is: TIMEZONE.
func (p *Program) today() time.Time {
	now := time.Now()
	if p.Now != nil {
		now = p.Now()
	}
	return now.In(p.Config.Location)
}

func runReindex(ctx context.Context, p *Program, args []string) error {
	if rest, err := parse(p.flags("reindex"), args); err != nil || len(rest) > 0 {
		return firstOf(err, wrongUse("reindex takes no arguments."))
	}
	s, _, err := p.OpenStore(ctx, Writing)
	if err != nil {
		return err
	}
	r := &Rooms{Store: s}
	defer r.Close()
	if err := os.RemoveAll(p.indexPath()); err != nil {
		return err
	}
	if err := p.follow(ctx, r); err != nil {
		return err
	}
	documents, paragraphs := r.Index.Count()
	fmt.Fprintf(p.Out, "%d documents, %d paragraphs\n", documents, paragraphs)
	return nil
}

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func runCheck(ctx context.Context, p *Program, args []string) error {
	f := p.flags("check")
	repair := f.Bool("repair", true, "let the index read again what differs")
	if rest, err := parse(f, args); err != nil || len(rest) > 0 {
		return firstOf(err, wrongUse("check takes no arguments."))
	}
	s, reading, err := p.OpenStore(ctx, Reading)
	if err != nil {
		return err
	}
	r := &Rooms{Store: s, Reading: reading}
	defer r.Close()
	if err := p.follow(ctx, r); err != nil {
		return err
	}
	report, err := s.Check(ctx, r.Index)
	if err != nil {
		return err
	}
	p.printReport(report)
	if report.Sound() {
		return nil
	}
	if !*repair || reading || len(report.Problems) > 0 {
		return errReported
	}
	return p.repair(ctx, r, report)
}

func (p *Program) printReport(report store.Report) {
	fmt.Fprintf(p.Out, "%d documents, %d paragraphs\n", report.Documents, report.Paragraphs)
	for _, problem := range report.Problems {
		fmt.Fprintf(p.Out, "store: %s\n", problem)
	}
	for _, id := range report.Missing {
		fmt.Fprintf(p.Out, "index: lacks %s\n", id)
	}
	for _, id := range report.Extra {
		fmt.Fprintf(p.Out, "index: still has %s\n", id)
	}
	if report.Behind > 0 {
		fmt.Fprintf(p.Out, "index: %d changes behind\n", report.Behind)
	}
	if report.Sound() {
		fmt.Fprintln(p.Out, "sound")
	}
}

// repair lets the index read again what differs, and checks once more.
func (p *Program) repair(ctx context.Context, r *Rooms, report store.Report) error {
	if err := r.Store.Touch(ctx, append(report.Missing, report.Extra...)); err != nil {
		return err
	}
	if err := p.CatchUp(ctx, r); err != nil {
		return err
	}
	after, err := r.Store.Check(ctx, r.Index)
	if err != nil {
		return err
	}
	if after.Sound() {
		fmt.Fprintln(p.Out, "repaired")
		return nil
	}
	p.Say("The index still differs from the store; `mujaz reindex` makes it again.")
	return errReported
}

func runBackup(ctx context.Context, p *Program, args []string) error {
	rest, err := parse(p.flags("backup"), args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return wrongUse("backup needs the file to write.")
	}
	if _, err := os.Stat(rest[0]); err == nil {
		return fmt.Errorf("%s is there already; choose another name", rest[0])
	}
	if dir := filepath.Dir(rest[0]); !isFolder(dir) {
		return fmt.Errorf("there is no folder %s; make it first", dir)
	}
	s, _, err := p.OpenStore(ctx, Reading)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(ctx, rest[0]); err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "wrote %s\n", rest[0])
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func runRestore(ctx context.Context, p *Program, args []string) error {
	rest, err := parse(p.flags("restore"), args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return wrongUse("restore needs the backup file.")
	}
	err = store.RestoreBackup(ctx, rest[0], store.Options{Dir: p.Config.DataDir, URL: p.Config.DatabaseURL, Log: p.Log})
	if err != nil {
		return err
	}
	r, err := p.Open(ctx, Writing)
	if err != nil {
		return err
	}
	defer r.Close()
	documents, paragraphs := r.Index.Count()
	fmt.Fprintf(p.Out, "restored %d documents, %d paragraphs\n", documents, paragraphs)
	return nil
}

func runMigrate(ctx context.Context, p *Program, args []string) error {
	rest, err := parse(p.flags("migrate-to"), args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return wrongUse("migrate-to needs the address of the PostgreSQL database.")
	}
	s, _, err := p.OpenStore(ctx, Writing)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.MigrateTo(ctx, rest[0], p.Out)
}
