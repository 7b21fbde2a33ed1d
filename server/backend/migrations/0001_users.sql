-- People, and everything that is derived from them and kept up to date as they change.
-- Instants are UTC milliseconds; 0 means "never", so that sorting and cursors meet no NULL.
-- Money and credits are integers (hundredths of a credit).

CREATE TABLE users (
    id              INTEGER PRIMARY KEY,
    -- As typed; '' where there is none. The key is its folded form and what is unique.
    email           TEXT    NOT NULL DEFAULT '',
    email_key       TEXT    NOT NULL DEFAULT '',
    username        TEXT    NOT NULL DEFAULT '',
    display_name    TEXT    NOT NULL DEFAULT '',
    -- Folded display name, or what is shown in its place: what the name column sorts by.
    name_key        TEXT    NOT NULL DEFAULT '',
    phone           TEXT    NOT NULL DEFAULT '',
    birth_date      TEXT    NOT NULL DEFAULT '',
    about           TEXT    NOT NULL DEFAULT '',
    notes           TEXT    NOT NULL DEFAULT '',
    -- 0 user, 1 manager, 2 administrator
    role            INTEGER NOT NULL DEFAULT 0,
    -- 0 pending invitation, 1 awaiting approval, 2 active, 3 suspended, 4 deleted
    status          INTEGER NOT NULL,
    -- The list a person is on: 0 active, 1 pending invitations, 2 recently deleted
    tab             INTEGER NOT NULL GENERATED ALWAYS AS
                    (CASE status WHEN 0 THEN 1 WHEN 4 THEN 2 ELSE 0 END) STORED,
    -- Whether the account ever came into being: not while an invitation is pending, nor when a
    -- pending one was deleted. `created_at` is then the moment, and the trends count it.
    registered      INTEGER NOT NULL GENERATED ALWAYS AS
                    (CASE WHEN status = 0 OR (status = 4 AND status_before = 0) THEN 0 ELSE 1 END) STORED,
    -- While an invitation is pending: when it was last sent, or when the person was put on the list.
    created_at      INTEGER NOT NULL,
    -- Day number (days since 1970-01-01) of created_at in the installation's time zone.
    created_day     INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    last_active_at  INTEGER NOT NULL DEFAULT 0,
    deleted_at      INTEGER NOT NULL DEFAULT 0,
    -- What to go back to when a deleted person is restored.
    status_before   INTEGER NOT NULL DEFAULT 2,
    expires_at      INTEGER NOT NULL DEFAULT 0,
    -- Argon2id in PHC form; '' where the person has no password.
    password_hash   TEXT    NOT NULL DEFAULT '',
    password_set_at INTEGER NOT NULL DEFAULT 0,
    must_change_password INTEGER NOT NULL DEFAULT 0,
    -- A seat is held while active; it is remembered through suspension and deletion.
    licensed        INTEGER NOT NULL DEFAULT 0,
    seat_remembered INTEGER NOT NULL DEFAULT 0,
    paying          INTEGER NOT NULL DEFAULT 0,
    referral_code   TEXT    NOT NULL DEFAULT '',
    origin          TEXT    NOT NULL DEFAULT '',
    promo_code      TEXT    NOT NULL DEFAULT '',
    budget_used     INTEGER NOT NULL DEFAULT 0,
    -- 0 means without a limit.
    budget_limit    INTEGER NOT NULL DEFAULT 0,
    agents          INTEGER NOT NULL DEFAULT 0,
    chats           INTEGER NOT NULL DEFAULT 0,
    ai_responses    INTEGER NOT NULL DEFAULT 0,
    imported_pages  INTEGER NOT NULL DEFAULT 0,
    personas        INTEGER NOT NULL DEFAULT 0,
    sessions        INTEGER NOT NULL DEFAULT 0,
    api_keys        INTEGER NOT NULL DEFAULT 0,
    -- The invitation that the person was let in by; 0 where none was sent.
    invited_at      INTEGER NOT NULL DEFAULT 0,
    invite_expires_at INTEGER NOT NULL DEFAULT 0,
    invites_sent    INTEGER NOT NULL DEFAULT 0,
    invited_by      INTEGER NOT NULL DEFAULT 0,
    -- Folded name, username, e-mail and phone: what the search looks in.
    search_text     TEXT    NOT NULL DEFAULT '',
    CHECK (role BETWEEN 0 AND 2),
    CHECK (status BETWEEN 0 AND 4),
    CHECK (email <> '' OR username <> ''),
    CHECK (licensed = 0 OR status IN (1, 2))
);

CREATE UNIQUE INDEX users_email_key     ON users (email_key)     WHERE email_key <> '';
CREATE UNIQUE INDEX users_username      ON users (username)      WHERE username <> '';
CREATE UNIQUE INDEX users_referral_code ON users (referral_code) WHERE referral_code <> '';

-- One keyset index for each order that people use; the rest sort through users_wide.
CREATE INDEX users_by_created_all ON users (created_at, id);
CREATE INDEX users_by_created     ON users (tab, created_at, id);
CREATE INDEX users_by_name        ON users (tab, name_key, id);
CREATE INDEX users_by_email       ON users (tab, email_key, id);
CREATE INDEX users_by_last_active ON users (tab, last_active_at, id);
CREATE INDEX users_by_budget      ON users (tab, budget_used, id);
CREATE INDEX users_by_role        ON users (tab, role, created_at, id);
CREATE INDEX users_by_status      ON users (tab, status, created_at, id);
CREATE INDEX users_by_licence     ON users (tab, licensed, created_at, id);
CREATE INDEX users_by_promo       ON users (promo_code, created_at, id, status);
CREATE INDEX users_by_origin      ON users (origin, created_at, id, status);
CREATE INDEX users_by_invite_end ON users (invite_expires_at) WHERE status = 0 AND invited_at > 0;
-- Covers what the remaining sorts, the totals and the option counts need, so that they scan no
-- rows. It begins with the status and such queries name no `tab`: SQLite takes no index as covering
-- for a query that names a generated column.
CREATE INDEX users_wide ON users (
    status, status_before, role, licensed, paying, created_at, last_active_at,
    budget_used, budget_limit, agents, chats, ai_responses, imported_pages, personas, sessions,
    api_keys, invited_at, invite_expires_at, invites_sent, deleted_at
);

-- Maintained counters: `name` is one of those in the triggers below.
CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;

-- Accounts by the day they came into being, never lowered when someone is deleted.
-- kind 0: all (key ''), 1: by origin, 2: by promo code. `gone` counts those deleted for good.
CREATE TABLE registrations (
    kind  INTEGER NOT NULL,
    day   INTEGER NOT NULL,
    key   TEXT    NOT NULL,
    count INTEGER NOT NULL,
    gone  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, day, key)
) WITHOUT ROWID;

-- Rises with each change to people: how a page learns that it is out of date.
INSERT INTO counters (name, value) VALUES ('revision', 0);
