-- The highest numbers of people and groups who are gone for good: none is given to somebody else, to whom
-- plans, entries of the audit log and links of the old one would then belong.
CREATE TABLE last_numbers (
    kind   TEXT    PRIMARY KEY,
    number INTEGER NOT NULL
);

-- Whether it was confirmed that a mass change removes people for good.
ALTER TABLE bulk_jobs ADD COLUMN is_final INTEGER NOT NULL DEFAULT 0;

-- SQLite-only from here on.
CREATE TRIGGER users_number_delete AFTER DELETE ON users BEGIN
    INSERT INTO last_numbers (kind, number) VALUES ('users', old.id)
    ON CONFLICT (kind) DO UPDATE SET number = excluded.number WHERE excluded.number > number;
END;
CREATE TRIGGER groups_number_delete AFTER DELETE ON groups BEGIN
    INSERT INTO last_numbers (kind, number) VALUES ('groups', old.id)
    ON CONFLICT (kind) DO UPDATE SET number = excluded.number WHERE excluded.number > number;
END;
