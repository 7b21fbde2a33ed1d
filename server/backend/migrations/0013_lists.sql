-- The list that a person is on becomes a column of its own. While it was generated from the status, SQLite
-- wrote each index that begins with it anew whenever the status changed, and took no index as covering for
-- a query that names it.
--
-- SQLite-only, all of it. A stored generated column is kept as any other is: nothing but the text of the
-- schema changes (https://www.sqlite.org/lang_altertable.html says how).
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, 'GENERATED ALWAYS AS
                    (CASE status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END) STORED', 'DEFAULT 0')
WHERE type = 'table' AND name = 'users';
PRAGMA writable_schema = RESET;

-- It follows from the status whoever writes that; statements that write many give it as well, which saves
-- a second write.
CREATE TRIGGER users_tab_insert AFTER INSERT ON users
WHEN new.tab <> CASE new.status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END BEGIN
    UPDATE users SET tab = CASE status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END WHERE id = new.id;
END;
CREATE TRIGGER users_tab_update AFTER UPDATE OF status, tab ON users
WHEN new.tab <> CASE new.status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END BEGIN
    UPDATE users SET tab = CASE status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END WHERE id = new.id;
END;

-- Counted by the status alone, since nothing says which trigger comes first.
DROP VIEW users_counts;
CREATE VIEW users_counts AS
SELECT id, 'tab:' || CASE status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END AS name, 1 AS value FROM users
UNION ALL SELECT id, 'status:' || status, 1 FROM users
UNION ALL SELECT id, 'role:' || role, 1 FROM users WHERE status IN (1, 2, 3)
UNION ALL SELECT id, 'licensed', 1 FROM users WHERE status IN (1, 2, 3) AND licensed = 1
UNION ALL SELECT id, 'invited', 1 FROM users WHERE invited_at > 0
UNION ALL SELECT id, 'invited:pending', 1 FROM users WHERE invited_at > 0 AND status = 0
UNION ALL SELECT id, 'invited:completed', 1 FROM users WHERE invited_at > 0 AND registered = 1
UNION ALL SELECT id, 'registered', 1 FROM users WHERE registered = 1;

-- Behind the status the creation: people who are changed together often came together, and so stand
-- together in this index, whatever changes.
DROP INDEX users_wide;
CREATE INDEX users_wide ON users (
    status, created_at, status_before, role, licensed, paying, last_active_at,
    budget_used, budget_limit, invited_at, groups_key, promo_code, origin, agents, chats, ai_responses,
    imported_pages, personas, sessions, api_keys, invite_expires_at, invites_sent, deleted_at, invited_by
);
DROP INDEX users_texts;
-- By lists, so that it stays as it is while only the status changes.
CREATE INDEX users_texts ON users (tab, search_text, username, phone, referral_code);
