-- Who is signed in, who did what, and what teams keep.

CREATE TABLE user_sessions (
    -- SHA-256 of the cookie's token; the token itself is never stored.
    token_hash   BLOB    PRIMARY KEY,
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    address      TEXT    NOT NULL,
    device       TEXT    NOT NULL
);
CREATE INDEX user_sessions_by_user ON user_sessions (user_id);
CREATE INDEX user_sessions_by_expiry ON user_sessions (expires_at);

-- What the operator or an administrator set; one row for each that differs from the default.
CREATE TABLE settings (
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by INTEGER NOT NULL DEFAULT 0
);

-- Append-only and hash-chained: hash = SHA-256 over the previous hash and this entry's parts.
-- `values_hash` stands in the chain for the personal values (actor's name, address, details), so
-- that they can be blanked later and the chain still holds; the salt, blanked with them, keeps the
-- blanked values from being guessed.
CREATE TABLE audit_log (
    id           INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    actor_id     INTEGER NOT NULL,
    action       TEXT    NOT NULL,
    target_id    INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    -- JSON object; '' once blanked.
    details      TEXT    NOT NULL,
    salt         BLOB    NOT NULL,
    values_hash  BLOB    NOT NULL,
    hash         BLOB    NOT NULL
);
CREATE INDEX audit_log_by_target ON audit_log (target_id, id);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, id);

-- The newest entry, sealed with the key file: shows when the end of the log was cut off.
CREATE TABLE audit_head (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    id   INTEGER NOT NULL,
    hash BLOB    NOT NULL,
    seal BLOB    NOT NULL
);

-- A pasted list of people, addressed by the hash of what was pasted.
CREATE TABLE lists (
    id         TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    entries    INTEGER NOT NULL,
    -- JSON array of the entries that matched nobody.
    unknown    TEXT NOT NULL
);
CREATE TABLE list_users (
    list_id TEXT    NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (list_id, user_id)
) WITHOUT ROWID;
CREATE INDEX list_users_by_user ON list_users (user_id);

CREATE TABLE saved_views (
    id         INTEGER PRIMARY KEY,
    slug       TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    -- The canonical query string.
    query      TEXT    NOT NULL,
    owner_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- NULL: private; otherwise the lowest role that sees it (0 all, 1 managers, 2 administrators).
    shared_with INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
