-- The SQLite-only part: full-text index and triggers. Nothing else in the schema is.

-- Trigrams of the search text, without positions (`detail=none`): a third of the size; the
-- query names each trigram of the term and the caller checks the text itself.
CREATE VIRTUAL TABLE users_search USING fts5 (
    search_text, content='users', content_rowid='id', tokenize='trigram case_sensitive 1', detail=none
);

CREATE TRIGGER users_search_insert AFTER INSERT ON users BEGIN
    INSERT INTO users_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
CREATE TRIGGER users_search_update AFTER UPDATE OF search_text ON users
WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO users_search (users_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    INSERT INTO users_search (rowid, search_text) VALUES (new.id, new.search_text);
END;
CREATE TRIGGER users_search_delete AFTER DELETE ON users BEGIN
    INSERT INTO users_search (users_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
END;

-- Every counter is a sum over people; `users_counts` says what one person adds to each.
CREATE VIEW users_counts AS
SELECT id,
       'tab:' || tab AS name, 1 AS value FROM users
UNION ALL SELECT id, 'status:' || status, 1 FROM users
UNION ALL SELECT id, 'role:' || role, 1 FROM users WHERE tab = 0
UNION ALL SELECT id, 'licensed', 1 FROM users WHERE tab = 0 AND licensed = 1
UNION ALL SELECT id, 'invited', 1 FROM users WHERE invited_at > 0
UNION ALL SELECT id, 'invited:pending', 1 FROM users WHERE invited_at > 0 AND status = 0
UNION ALL SELECT id, 'invited:completed', 1 FROM users WHERE invited_at > 0 AND registered = 1
UNION ALL SELECT id, 'registered', 1 FROM users WHERE registered = 1;

CREATE TRIGGER users_counters_insert AFTER INSERT ON users BEGIN
    INSERT INTO counters (name, value)
    SELECT name, value FROM users_counts WHERE id = new.id
    ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;
CREATE TRIGGER users_counters_before_update BEFORE UPDATE OF status, status_before, role, licensed, invited_at ON users BEGIN
    UPDATE counters SET value = value - 1
    WHERE name IN (SELECT name FROM users_counts WHERE id = old.id);
END;
CREATE TRIGGER users_counters_after_update AFTER UPDATE OF status, status_before, role, licensed, invited_at ON users BEGIN
    INSERT INTO counters (name, value)
    SELECT name, value FROM users_counts WHERE id = new.id
    ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
END;
CREATE TRIGGER users_counters_delete BEFORE DELETE ON users BEGIN
    UPDATE counters SET value = value - 1
    WHERE name IN (SELECT name FROM users_counts WHERE id = old.id);
END;
-- Not for signing in or being active, which would tell everybody of a change all the time.
CREATE TRIGGER users_revision_update AFTER UPDATE OF
    email, username, display_name, phone, birth_date, about, notes, role, status, created_at,
    deleted_at, expires_at, licensed, paying, origin, promo_code, budget_used, budget_limit, agents,
    chats, ai_responses, imported_pages, personas, api_keys, invited_at, invite_expires_at
ON users BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;
CREATE TRIGGER users_revision_delete AFTER DELETE ON users BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;

-- An account counts once it can sign in (not while pending), on its day of creation.
CREATE TRIGGER registrations_insert AFTER INSERT ON users WHEN new.registered = 1 BEGIN
    INSERT INTO registrations (kind, day, key, count) VALUES
        (0, new.created_day, '', 1), (1, new.created_day, new.origin, 1), (2, new.created_day, new.promo_code, 1)
    ON CONFLICT (kind, day, key) DO UPDATE SET count = count + 1;
END;
-- Accepting an invitation, and every correction of what the counts go by.
CREATE TRIGGER registrations_change AFTER UPDATE OF status, status_before, created_day, origin, promo_code ON users
WHEN old.registered <> new.registered
  OR old.created_day <> new.created_day OR old.origin <> new.origin OR old.promo_code <> new.promo_code BEGIN
    UPDATE registrations SET count = count - 1
    WHERE old.registered = 1 AND day = old.created_day
      AND ((kind = 0 AND key = '') OR (kind = 1 AND key = old.origin) OR (kind = 2 AND key = old.promo_code));
    INSERT INTO registrations (kind, day, key, count)
    SELECT kind, new.created_day, key, 1
    FROM (SELECT 0 AS kind, '' AS key UNION ALL SELECT 1, new.origin UNION ALL SELECT 2, new.promo_code)
    WHERE new.registered = 1
    ON CONFLICT (kind, day, key) DO UPDATE SET count = count + 1;
    DELETE FROM registrations
    WHERE day = old.created_day AND count = 0
      AND ((kind = 0 AND key = '') OR (kind = 1 AND key = old.origin) OR (kind = 2 AND key = old.promo_code));
END;
-- Gone for good: the count stays, and the chart can say how many of it no list shows any more.
CREATE TRIGGER registrations_gone AFTER DELETE ON users WHEN old.registered = 1 BEGIN
    UPDATE registrations SET gone = gone + 1
    WHERE day = old.created_day
      AND ((kind = 0 AND key = '') OR (kind = 1 AND key = old.origin) OR (kind = 2 AND key = old.promo_code));
END;
