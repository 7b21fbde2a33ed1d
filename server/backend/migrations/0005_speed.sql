-- What a million people need: every question a page asks is answered by an index alone.

-- What every filter and every order by a figure reads: with texts that are filtered by at its end.
DROP INDEX users_wide;
CREATE INDEX users_wide ON users (
    status, status_before, role, licensed, paying, created_at, last_active_at,
    budget_used, budget_limit, agents, chats, ai_responses, imported_pages, personas, sessions,
    api_keys, invited_at, invite_expires_at, invites_sent, deleted_at, promo_code, origin
);
-- The same for texts that are searched, and sorted by without an index of their own.
CREATE INDEX users_texts ON users (status, search_text, username, phone, referral_code);

-- SQLite-only from here on. The text that is searched ends with two characters that no term has,
-- so that every one and every two letters of it begin a trigram.
CREATE VIEW users_searched AS SELECT id, search_text || char(10, 10) AS search_text FROM users;

DROP TRIGGER users_search_insert;
DROP TRIGGER users_search_update;
DROP TRIGGER users_search_delete;
DROP TABLE users_search;

CREATE VIRTUAL TABLE users_search USING fts5 (
    search_text, content='users_searched', content_rowid='id', tokenize='trigram case_sensitive 1', detail=none
);
INSERT INTO users_search (users_search) VALUES ('rebuild');
-- The index by its trigrams: `term`, and `doc` for each person who has it.
CREATE VIRTUAL TABLE users_grams USING fts5vocab (users_search, instance);

CREATE TRIGGER users_search_insert AFTER INSERT ON users BEGIN
    INSERT INTO users_search (rowid, search_text) VALUES (new.id, new.search_text || char(10, 10));
END;
CREATE TRIGGER users_search_update AFTER UPDATE OF search_text ON users
WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO users_search (users_search, rowid, search_text) VALUES ('delete', old.id, old.search_text || char(10, 10));
    INSERT INTO users_search (rowid, search_text) VALUES (new.id, new.search_text || char(10, 10));
END;
CREATE TRIGGER users_search_delete AFTER DELETE ON users BEGIN
    INSERT INTO users_search (users_search, rowid, search_text) VALUES ('delete', old.id, old.search_text || char(10, 10));
END;

-- Whatever decides on who is counted raises the revision, until which counts are kept.
DROP TRIGGER users_revision_update;
CREATE TRIGGER users_revision_update AFTER UPDATE OF
    email, username, display_name, phone, birth_date, about, notes, role, status, status_before,
    created_at, deleted_at, expires_at, licensed, paying, origin, promo_code, budget_used,
    budget_limit, agents, chats, ai_responses, imported_pages, personas, api_keys, invited_at,
    invite_expires_at, search_text
ON users BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;
