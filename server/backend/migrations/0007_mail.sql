-- How people come in and get back in: links, and the mails that carry them.

-- A link lets one person in once. Its address is derived from this row and the key file, so nothing
-- that could be used stands here.
CREATE TABLE links (
    -- 128 random bits in letters of an address.
    id         TEXT    PRIMARY KEY,
    -- 0 invitation, 1 recovery
    purpose    INTEGER NOT NULL,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The folded e-mail address that it is bound to; '' where the person has none.
    email_key  TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- 0 while it was not used, and while nothing took its place and nobody withdrew it.
    used_at    INTEGER NOT NULL DEFAULT 0,
    ended_at   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX links_by_user ON links (user_id, purpose, created_at);
CREATE INDEX links_by_expiry ON links (expires_at);

-- Mails to be sent, and what became of them. What a mail says is written when it is sent or shown.
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY,
    -- 0 invitation, 1 recovery
    kind        INTEGER NOT NULL,
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    link_id     TEXT    NOT NULL REFERENCES links (id) ON DELETE CASCADE,
    email       TEXT    NOT NULL,
    -- The same on every try, so that whoever gets a mail twice can tell; '' before the first one.
    message_id  TEXT    NOT NULL DEFAULT '',
    -- 0 waiting, 1 sent, 2 failed, 3 dropped: its link ended before it was sent
    state       INTEGER NOT NULL DEFAULT 0,
    tries       INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER NOT NULL,
    -- What the mail server said last, or why it could not be asked.
    answer      TEXT    NOT NULL DEFAULT '',
    created_at  INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_by_state ON outbox (state, next_try_at, id);
CREATE INDEX outbox_by_user  ON outbox (user_id, id);
CREATE INDEX outbox_by_link  ON outbox (link_id);
