package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDefaults(t *testing.T) {
	c, err := FromMap(nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Language != "ar" || c.DigestMinutes != 480 || c.DataDir != "./data" || c.Location.String() != "UTC" {
		t.Errorf("defaults: %+v", c)
	}
}

func TestValues(t *testing.T) {
	c, err := FromMap(map[string]string{
		"ADMIN_IDS": " 12, 34", "DIGEST_TIME": "20:30", "TIMEZONE": "Asia/Riyadh", "LOG_LEVEL": "DEBUG",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Admins) != 2 || c.Admins[1] != 34 || c.DigestMinutes != 1230 || c.Level != -4 {
		t.Errorf("values: %+v", c)
	}
}

func TestBadValuesAreNamed(t *testing.T) {
	for name, value := range map[string]string{
		"TELEGRAM_BOT_TOKEN": "secret token", "TELEGRAM_API_URL": "ftp://x", "ADMIN_IDS": "12,abc",
		"DATABASE_URL": "mysql://x", "DIGEST_TIME": "8 o'clock", "TIMEZONE": "Mars/Olympus",
		"DEFAULT_LANGUAGE": "fr", "LISTEN_ADDR": "nowhere", "WEBHOOK_URL": "http://example.org", "LOG_LEVEL": "loud",
		"LOG_FORMAT": "xml",
	} {
		_, err := FromMap(map[string]string{name: value})
		var bad *ValueError
		if !errors.As(err, &bad) || bad.Name != name {
			t.Errorf("%s=%s: got %v", name, value, err)
			continue
		}
		if strings.Contains(err.Error(), value) {
			t.Errorf("%s: the value stands in the error: %v", name, err)
		}
	}
}

func TestWebhookNeedsSecretAndAddress(t *testing.T) {
	vars := map[string]string{"WEBHOOK_URL": "https://example.org/hook", "LISTEN_ADDR": ":8443"}
	if _, err := FromMap(vars); err == nil {
		t.Error("a webhook without a secret was accepted")
	}
	vars["WEBHOOK_SECRET"] = "abc_DEF-1"
	if _, err := FromMap(vars); err != nil {
		t.Error(err)
	}
}

func TestRealEnvironmentWins(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("DIGEST_TIME=07:00\nDEFAULT_LANGUAGE=en\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DIGEST_TIME", "09:00")
	t.Setenv("DEFAULT_LANGUAGE", "")
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if c.DigestTime != "09:00" {
		t.Errorf("the file won: %s", c.DigestTime)
	}
}
