-- Files of people, and what became of them. The files themselves are in a folder beside the
-- database (`store` in the code says where).

CREATE TABLE imports (
    id          INTEGER PRIMARY KEY,
    -- 0 uploaded, 1 running, 2 done, 3 failed, 4 cancelled
    state       INTEGER NOT NULL,
    file_name   TEXT    NOT NULL,
    -- SHA-256 in hexadecimal digits: the same file again goes on with what was interrupted.
    file_hash   TEXT    NOT NULL,
    file_size   INTEGER NOT NULL,
    -- 0 once the file was removed.
    has_file    INTEGER NOT NULL DEFAULT 1,
    -- JSON: what was chosen instead of what was found in the file.
    choices     TEXT    NOT NULL,
    -- JSON: how the file is read, settled when the import starts; '' before.
    plan        TEXT    NOT NULL DEFAULT '',
    -- JSON: what the whole file would come to; '' while it is not known.
    forecast    TEXT    NOT NULL DEFAULT '',
    -- Why it failed; '' where it did not.
    problem     TEXT    NOT NULL DEFAULT '',
    -- How many rows of people are dealt with, which is where to go on.
    next_row    INTEGER NOT NULL DEFAULT 0,
    added       INTEGER NOT NULL DEFAULT 0,
    existing    INTEGER NOT NULL DEFAULT 0,
    invalid     INTEGER NOT NULL DEFAULT 0,
    uploaded_at INTEGER NOT NULL,
    started_at  INTEGER NOT NULL DEFAULT 0,
    ended_at    INTEGER NOT NULL DEFAULT 0,
    -- Who uploaded it, then who started it.
    actor_id    INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    address     TEXT    NOT NULL
);
CREATE INDEX imports_by_file ON imports (file_hash);
CREATE INDEX imports_by_state ON imports (state);

-- What became of each row, a batch at a time: for each row its line (8 bytes, big-endian) and one
-- byte, 0 added, 1 existing, 2 invalid.
CREATE TABLE import_batches (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    first_row INTEGER NOT NULL,
    outcomes  BLOB    NOT NULL,
    PRIMARY KEY (import_id, first_row)
);

-- The rows that were not taken, as they stand in the file, and what is wrong with them.
CREATE TABLE import_rows (
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    row       INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    -- JSON array of texts.
    cells     TEXT    NOT NULL,
    -- JSON array of fields with their sentences.
    problems  TEXT    NOT NULL,
    PRIMARY KEY (import_id, row)
);
