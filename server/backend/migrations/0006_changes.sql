-- Changing people: mass changes with what they were before, and an audit log out of which the
-- personal values of one person can be taken.

-- Whom the job that empties Recently deleted looks for.
CREATE INDEX users_by_deleted ON users (deleted_at) WHERE status = 4;

-- Who did it and what was done are hashed apart, each with a salt of its own (`salt` is that of the
-- details), so that either can be blanked and the other still be verified. `values_hash` goes over both.
-- Entries from before have no such hashes: their values were hashed together.
ALTER TABLE audit_log ADD COLUMN who_salt BLOB NOT NULL DEFAULT x'';
ALTER TABLE audit_log ADD COLUMN who_hash BLOB NOT NULL DEFAULT x'';
ALTER TABLE audit_log ADD COLUMN details_hash BLOB NOT NULL DEFAULT x'';

CREATE TABLE bulk_jobs (
    id         INTEGER PRIMARY KEY,
    -- 0 planned, 1 running, 2 done, 3 failed, 4 cancelled
    state      INTEGER NOT NULL,
    -- The change by its word and its value; 'undo' and '' for an undo.
    change     TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    -- The mass change that it undoes; 0 for none.
    undo_of    INTEGER NOT NULL DEFAULT 0,
    -- The view that was meant, as its address has it; '' for ticked people.
    query      TEXT    NOT NULL,
    -- How many people it is about, and how many the plan says would change.
    people     INTEGER NOT NULL,
    would_change INTEGER NOT NULL,
    -- JSON objects: reasons for leaving people out, and how many there are of each; by the plan, and as
    -- it came.
    would_skip TEXT    NOT NULL,
    skipped    TEXT    NOT NULL DEFAULT '{}',
    -- How many people are dealt with, which is where to go on, and how many of them were changed.
    done       INTEGER NOT NULL DEFAULT 0,
    changed    INTEGER NOT NULL DEFAULT 0,
    -- Why it failed; '' where it did not.
    problem    TEXT    NOT NULL DEFAULT '',
    planned_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL DEFAULT 0,
    ended_at   INTEGER NOT NULL DEFAULT 0,
    -- Who planned it, then who started it.
    actor_id   INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    address    TEXT    NOT NULL
);
CREATE INDEX bulk_jobs_by_state ON bulk_jobs (state);
CREATE INDEX bulk_jobs_by_undo ON bulk_jobs (undo_of) WHERE undo_of > 0;

-- The people of a mass change, a batch at a time.
CREATE TABLE bulk_batches (
    job_id  INTEGER NOT NULL REFERENCES bulk_jobs (id) ON DELETE CASCADE,
    first   INTEGER NOT NULL,
    -- JSON array of their numbers.
    people  TEXT    NOT NULL,
    -- JSON array, for an undo: what each was and what came of it.
    states  TEXT    NOT NULL DEFAULT '[]',
    -- JSON array of what came of each, with what was before; '' until then.
    results TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (job_id, first)
);
