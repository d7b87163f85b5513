-- One schema for SQLite and PostgreSQL: BIGINT for numbers, flags and times
-- (UTC milliseconds, 0 for never), TEXT for the rest, wide columns last.
-- +goose Up
CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO counters (name, value) VALUES ('documents', 0), ('numbers', 0), ('synonyms', 0), ('replicas', 0);

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  number BIGINT NOT NULL UNIQUE,
  seq BIGINT NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  paragraphs BIGINT NOT NULL,
  sort_at BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  removed_at BIGINT NOT NULL,
  signed BIGINT NOT NULL,
  by_id BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  source TEXT NOT NULL,
  date TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  signature TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX documents_newest ON documents (removed_at, sort_at, number);

CREATE TABLE revisions (
  document_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  replaced_at BIGINT NOT NULL,
  by_id BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  source TEXT NOT NULL,
  date TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (document_id, revision)
);

CREATE TABLE bands (band BIGINT NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY (band, document_id));
CREATE INDEX bands_document ON bands (document_id);

CREATE TABLE drafts (
  id BIGINT PRIMARY KEY,
  chat BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX drafts_person ON drafts (chat, user_id);
CREATE TABLE pieces (draft BIGINT NOT NULL, message BIGINT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (draft, message));

CREATE TABLE audit (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  by_id BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  before BIGINT NOT NULL,
  undone_at BIGINT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, id);

CREATE TABLE admins (
  user_id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  by_id BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  added_at BIGINT NOT NULL
);

CREATE TABLE chats (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  client TEXT NOT NULL,
  digits TEXT NOT NULL,
  calendar TEXT NOT NULL,
  free_questions BIGINT NOT NULL,
  state TEXT NOT NULL,
  last_question TEXT NOT NULL,
  last_asked BIGINT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  extra TEXT NOT NULL
);
CREATE TABLE moves (from_chat BIGINT PRIMARY KEY, to_chat BIGINT NOT NULL);

CREATE TABLE subscriptions (
  chat BIGINT PRIMARY KEY,
  thread BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  zone TEXT NOT NULL,
  days BIGINT NOT NULL,
  topics TEXT NOT NULL,
  length TEXT NOT NULL,
  silent BIGINT NOT NULL,
  language TEXT NOT NULL,
  calendar TEXT NOT NULL,
  paused_until BIGINT NOT NULL,
  always BIGINT NOT NULL,
  active BIGINT NOT NULL,
  next_due BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  last_digest BIGINT NOT NULL,
  last_day TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX subscriptions_due ON subscriptions (active, next_due);

CREATE TABLE alerts (
  id BIGINT PRIMARY KEY,
  chat BIGINT NOT NULL,
  thread BIGINT NOT NULL,
  words TEXT NOT NULL,
  language TEXT NOT NULL,
  per_day BIGINT NOT NULL,
  quiet_from BIGINT NOT NULL,
  quiet_to BIGINT NOT NULL,
  zone TEXT NOT NULL,
  sent_day TEXT NOT NULL,
  sent_count BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX alerts_chat ON alerts (chat);
CREATE TABLE matches (
  alert BIGINT NOT NULL,
  document_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  told BIGINT NOT NULL,
  PRIMARY KEY (alert, document_id)
);
CREATE INDEX matches_open ON matches (told, at);

CREATE TABLE deliveries (
  id BIGINT PRIMARY KEY,
  chat BIGINT NOT NULL,
  thread BIGINT NOT NULL,
  kind TEXT NOT NULL,
  due BIGINT NOT NULL,
  state TEXT NOT NULL,
  worker TEXT NOT NULL,
  lease BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  unknowns BIGINT NOT NULL,
  try_at BIGINT NOT NULL,
  message BIGINT NOT NULL,
  error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  payload TEXT NOT NULL,
  UNIQUE (chat, kind, due)
);
CREATE INDEX deliveries_state ON deliveries (state, try_at);

CREATE TABLE questions (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  language TEXT NOT NULL,
  kind TEXT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  via TEXT NOT NULL
);
CREATE INDEX questions_kind ON questions (kind, at);
CREATE INDEX questions_at ON questions (at);

CREATE TABLE feedback (
  question BIGINT NOT NULL,
  voter BIGINT NOT NULL,
  up BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (question, voter)
);
CREATE INDEX feedback_voter ON feedback (voter);
CREATE INDEX feedback_at ON feedback (at);

CREATE TABLE feeds (
  id BIGINT PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  failures BIGINT NOT NULL,
  last_error TEXT NOT NULL,
  next_poll BIGINT NOT NULL,
  last_ok BIGINT NOT NULL,
  paused BIGINT NOT NULL,
  by_id BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  added_at BIGINT NOT NULL
);
CREATE TABLE items (feed BIGINT NOT NULL, guid TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (feed, guid));

CREATE TABLE synonyms (
  id BIGINT PRIMARY KEY,
  line TEXT NOT NULL UNIQUE,
  by_id BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  added_at BIGINT NOT NULL
);

CREATE TABLE updates (
  id BIGINT PRIMARY KEY,
  chat BIGINT NOT NULL,
  state BIGINT NOT NULL,
  worker TEXT NOT NULL,
  lease BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  payload TEXT NOT NULL
);
CREATE INDEX updates_open ON updates (state, id);
CREATE INDEX updates_chat ON updates (chat, state, id);

CREATE TABLE kept (name TEXT PRIMARY KEY, until BIGINT NOT NULL, value TEXT NOT NULL);
CREATE INDEX kept_until ON kept (until);

CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until BIGINT NOT NULL);
CREATE TABLE replicas (name TEXT PRIMARY KEY, seen BIGINT NOT NULL);
CREATE TABLE slots (n BIGINT PRIMARY KEY, owner TEXT NOT NULL, until BIGINT NOT NULL);
