-- Groups, what a person may do on the platform and how much of it: each set for everybody, for a
-- role, for a group or for a person, of which the nearest counts.

CREATE TABLE groups (
    id          INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL,
    -- The folded name, which is what is unique.
    name_key    TEXT    NOT NULL UNIQUE,
    description TEXT    NOT NULL DEFAULT '',
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
);
CREATE TABLE group_members (
    group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
CREATE INDEX group_members_by_user ON group_members (user_id, group_id);

-- Every name that a group has or had, folded: addresses that name it as it was lead to it until
-- another group takes the name.
CREATE TABLE group_names (
    name_key TEXT    PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE
);
CREATE INDEX group_names_by_group ON group_names (group_id);

-- What the group column sorts by: the folded names of a person's groups.
ALTER TABLE users ADD COLUMN groups_key TEXT NOT NULL DEFAULT '';
DROP INDEX users_texts;
CREATE INDEX users_texts ON users (status, search_text, username, phone, referral_code, groups_key);

-- What was set; whatever is inherited has no row.
-- level: 0 everybody, 1 a role, 2 a group, 3 a person; `subject` is 0, the role's code, or a number.
CREATE TABLE permission_values (
    level      INTEGER NOT NULL,
    subject    INTEGER NOT NULL,
    permission TEXT    NOT NULL,
    allowed    INTEGER NOT NULL,
    PRIMARY KEY (level, subject, permission),
    CHECK (level BETWEEN 0 AND 3),
    CHECK (allowed IN (0, 1))
) WITHOUT ROWID;

-- How much within a span of time. Credits are hundredths. The largest integer stands for no limit,
-- so that the smallest of several is the strictest. A person's own budget (credits, in total) is in
-- `users`: `budget_limit`, where `budget_own` is 1.
CREATE TABLE limit_values (
    level   INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    metric  TEXT    NOT NULL,
    span    TEXT    NOT NULL,
    amount  INTEGER NOT NULL,
    PRIMARY KEY (level, subject, metric, span),
    CHECK (level BETWEEN 0 AND 3),
    CHECK (amount >= 0)
) WITHOUT ROWID;

-- 1 where `budget_limit` is the person's own, 0 where it is what their groups, their role or
-- everybody has.
ALTER TABLE users ADD COLUMN budget_own INTEGER NOT NULL DEFAULT 0;
UPDATE users SET budget_own = 1 WHERE budget_limit > 0;

-- All limits, people's own budgets among them.
CREATE VIEW limits AS
SELECT level, subject, metric, span, amount FROM limit_values
UNION ALL
SELECT 3, id, 'credits', 'total', CASE budget_limit WHEN 0 THEN 9223372036854775807 ELSE budget_limit END
FROM users WHERE budget_own = 1;

-- The budget that a person has unless they have their own: the strictest of their groups', else
-- their role's, else everybody's; 0 for none.
CREATE VIEW users_inherited_budgets AS
SELECT id, CASE budget WHEN 9223372036854775807 THEN 0 ELSE budget END AS budget
FROM (SELECT id, COALESCE(
    (SELECT MIN(amount) FROM limit_values JOIN group_members ON group_id = subject
     WHERE user_id = users.id AND level = 2 AND metric = 'credits' AND span = 'total'),
    (SELECT amount FROM limit_values
     WHERE level = 1 AND subject = role AND metric = 'credits' AND span = 'total'),
    (SELECT amount FROM limit_values
     WHERE level = 0 AND subject = 0 AND metric = 'credits' AND span = 'total'),
    0) AS budget FROM users) AS inherited;

-- SQLite-only from here on: the triggers that keep the derived columns of `users` true and raise
-- the revision, until which counts are kept.

CREATE TRIGGER group_members_insert AFTER INSERT ON group_members BEGIN
    UPDATE users SET groups_key = (
        SELECT COALESCE(string_agg(name_key, ', ' ORDER BY name_key), '')
        FROM groups JOIN group_members ON group_id = groups.id WHERE user_id = new.user_id
    ) WHERE id = new.user_id;
    UPDATE users SET budget_limit = (SELECT budget FROM users_inherited_budgets WHERE id = new.user_id)
    WHERE id = new.user_id AND budget_own = 0
      AND EXISTS (SELECT 1 FROM limit_values WHERE level = 2 AND subject = new.group_id);
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;
CREATE TRIGGER group_members_delete AFTER DELETE ON group_members BEGIN
    UPDATE users SET groups_key = (
        SELECT COALESCE(string_agg(name_key, ', ' ORDER BY name_key), '')
        FROM groups JOIN group_members ON group_id = groups.id WHERE user_id = old.user_id
    ) WHERE id = old.user_id;
    UPDATE users SET budget_limit = (SELECT budget FROM users_inherited_budgets WHERE id = old.user_id)
    WHERE id = old.user_id AND budget_own = 0
      AND EXISTS (SELECT 1 FROM limit_values WHERE level = 2 AND subject = old.group_id);
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;
CREATE TRIGGER groups_insert AFTER INSERT ON groups BEGIN
    INSERT INTO group_names (name_key, group_id) VALUES (new.name_key, new.id)
    ON CONFLICT (name_key) DO UPDATE SET group_id = excluded.group_id;
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;
CREATE TRIGGER groups_rename AFTER UPDATE OF name, name_key ON groups BEGIN
    INSERT INTO group_names (name_key, group_id) VALUES (new.name_key, new.id)
    ON CONFLICT (name_key) DO UPDATE SET group_id = excluded.group_id;
    UPDATE users SET groups_key = (
        SELECT COALESCE(string_agg(name_key, ', ' ORDER BY name_key), '')
        FROM groups JOIN group_members ON group_id = groups.id WHERE user_id = users.id
    ) WHERE id IN (SELECT user_id FROM group_members WHERE group_id = new.id)
      AND old.name_key <> new.name_key;
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;
CREATE TRIGGER groups_delete AFTER DELETE ON groups BEGIN
    DELETE FROM permission_values WHERE level = 2 AND subject = old.id;
    DELETE FROM limit_values WHERE level = 2 AND subject = old.id;
    UPDATE counters SET value = value + 1 WHERE name = 'revision';
END;
CREATE TRIGGER users_rules_delete AFTER DELETE ON users BEGIN
    DELETE FROM permission_values WHERE level = 3 AND subject = old.id;
    DELETE FROM limit_values WHERE level = 3 AND subject = old.id;
END;

-- Whoever comes with a budget has it as their own.
CREATE TRIGGER users_budget_insert AFTER INSERT ON users WHEN new.budget_own = 0 BEGIN
    UPDATE users SET budget_own = 1 WHERE id = new.id AND budget_limit > 0;
    UPDATE users SET budget_limit = (SELECT budget FROM users_inherited_budgets WHERE id = new.id)
    WHERE id = new.id AND budget_limit = 0
      AND EXISTS (SELECT 1 FROM limit_values WHERE metric = 'credits' AND level < 2);
END;
CREATE TRIGGER users_budget_role AFTER UPDATE OF role, budget_own ON users
WHEN new.budget_own = 0 AND (old.role <> new.role OR old.budget_own <> new.budget_own) BEGIN
    UPDATE users SET budget_limit = (SELECT budget FROM users_inherited_budgets WHERE id = new.id)
    WHERE id = new.id;
END;
