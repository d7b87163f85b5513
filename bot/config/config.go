// Package config owns the environment: it reads .env and the real environment
// into a Config, and refuses a bad value with one sentence that names it. It
// must not know what the values are used for.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/joho/godotenv"
)

// Config is the environment, validated.
type Config struct {
	Token         string `env:"TELEGRAM_BOT_TOKEN"`
	APIURL        string `env:"TELEGRAM_API_URL" envDefault:"https://api.telegram.org"`
	AdminIDs      string `env:"ADMIN_IDS"`
	DataDir       string `env:"DATA_DIR" envDefault:"./data"`
	DatabaseURL   string `env:"DATABASE_URL"`
	DigestTime    string `env:"DIGEST_TIME" envDefault:"08:00"`
	TimeZone      string `env:"TIMEZONE" envDefault:"UTC"`
	Language      string `env:"DEFAULT_LANGUAGE" envDefault:"ar"`
	ListenAddr    string `env:"LISTEN_ADDR"`
	WebhookURL    string `env:"WEBHOOK_URL"`
	WebhookSecret string `env:"WEBHOOK_SECRET"`
	LogLevel      string `env:"LOG_LEVEL" envDefault:"info"`
	LogFormat     string `env:"LOG_FORMAT" envDefault:"text"`
	BackupDir     string `env:"BACKUP_DIR"`

	Admins        []int64        // ADMIN_IDS, parsed
	Level         slog.Level     // LOG_LEVEL, parsed
	Location      *time.Location // TIMEZONE, loaded
	DigestMinutes int            // DIGEST_TIME in minutes after midnight
}

// ValueError names the variable whose value cannot be used.
type ValueError struct {
	Name string // of the variable
	Why  string // what is expected
}

// Error implements error with one sentence. The value itself is left out: it
// may be a secret.
func (e *ValueError) Error() string {
	return fmt.Sprintf("%s cannot be used: %s.", e.Name, e.Why)
}

// Load reads the file at path (usually .env; a missing file is fine) and the
// real environment, which wins, and validates both.
func Load(path string) (Config, error) {
	file, err := godotenv.Read(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Config{}, &ValueError{path, "it is not a readable list of NAME=value lines"}
	}
	return FromMap(merge(file, os.Environ()))
}

// FromMap makes a Config of variables by name.
func FromMap(vars map[string]string) (Config, error) {
	var c Config
	set := map[string]string{}
	for name, value := range vars {
		if value = strings.TrimSpace(value); value != "" {
			set[name] = value
		}
	}
	if err := env.ParseWithOptions(&c, env.Options{Environment: set}); err != nil {
		return Config{}, &ValueError{"the environment", "it could not be read"}
	}
	return c, c.validate()
}

func merge(file map[string]string, environ []string) map[string]string {
	out := map[string]string{}
	for name, value := range file {
		out[name] = value
	}
	for _, pair := range environ {
		if name, value, ok := strings.Cut(pair, "="); ok {
			out[name] = value
		}
	}
	return out
}

func (c *Config) validate() error {
	checks := []func() error{
		c.checkToken, c.checkAdmins, c.checkURLs, c.checkDatabase, c.checkTime,
		c.checkZone, c.checkLanguage, c.checkListen, c.checkWebhook, c.checkLog,
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// tokenForm is Telegram's: the bot's id, a colon, 35 or so characters.
var tokenForm = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]{10,}$`)

func (c *Config) checkToken() error {
	if c.Token != "" && !tokenForm.MatchString(c.Token) {
		return &ValueError{"TELEGRAM_BOT_TOKEN", "expected the form 123456:ABC… that @BotFather gives"}
	}
	return nil
}

func (c *Config) checkAdmins() error {
	for _, field := range strings.FieldsFunc(c.AdminIDs, func(r rune) bool { return r == ',' || r == ' ' }) {
		id, err := strconv.ParseInt(field, 10, 64)
		if err != nil || id <= 0 {
			return &ValueError{"ADMIN_IDS", "expected Telegram user ids, positive numbers separated by commas"}
		}
		c.Admins = append(c.Admins, id)
	}
	return nil
}

func (c *Config) checkURLs() error {
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return &ValueError{"TELEGRAM_API_URL", "expected an http or https address"}
	}
	c.APIURL = strings.TrimRight(c.APIURL, "/")
	return nil
}

func (c *Config) checkDatabase() error {
	if c.DatabaseURL == "" {
		return nil
	}
	u, err := url.Parse(c.DatabaseURL)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return &ValueError{"DATABASE_URL", "expected postgres://… or nothing for the embedded database"}
	}
	return nil
}

func (c *Config) checkTime() error {
	t, err := time.Parse("15:04", c.DigestTime)
	if err != nil {
		return &ValueError{"DIGEST_TIME", "expected a time of day such as 08:00"}
	}
	c.DigestMinutes = t.Hour()*60 + t.Minute()
	return nil
}

func (c *Config) checkZone() error {
	location, err := time.LoadLocation(c.TimeZone)
	if err != nil || c.TimeZone == "Local" {
		return &ValueError{"TIMEZONE", "expected an IANA name such as Asia/Riyadh"}
	}
	c.Location = location
	return nil
}

func (c *Config) checkLanguage() error {
	if c.Language != "ar" && c.Language != "en" {
		return &ValueError{"DEFAULT_LANGUAGE", "expected ar or en"}
	}
	return nil
}

func (c *Config) checkListen() error {
	if c.ListenAddr == "" {
		return nil
	}
	_, port, err := net.SplitHostPort(c.ListenAddr)
	if n, convErr := strconv.Atoi(port); err != nil || convErr != nil || n < 0 || n > 65535 {
		return &ValueError{"LISTEN_ADDR", "expected host:port such as 127.0.0.1:9090 or :9090"}
	}
	return nil
}

// secretForm is what setWebhook accepts as secret_token.
var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (c *Config) checkWebhook() error {
	if c.WebhookURL == "" {
		return nil
	}
	u, err := url.Parse(c.WebhookURL)
	if err != nil || u.Host == "" || (u.Scheme != "https" && !loopback(u)) {
		return &ValueError{"WEBHOOK_URL", "expected an https address"}
	}
	if c.ListenAddr == "" {
		return &ValueError{"LISTEN_ADDR", "WEBHOOK_URL is set, so the address to listen on is needed"}
	}
	if !secretForm.MatchString(c.WebhookSecret) {
		return &ValueError{"WEBHOOK_SECRET", "WEBHOOK_URL is set, so 1 to 256 characters of A-Z a-z 0-9 _ - are needed"}
	}
	return nil
}

// loopback allows plain http to this machine, where a local Bot API server calls.
func loopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

func (c *Config) checkLog() error {
	if err := c.Level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return &ValueError{"LOG_LEVEL", "expected debug, info, warn or error"}
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		return &ValueError{"LOG_FORMAT", "expected text or json"}
	}
	return nil
}
