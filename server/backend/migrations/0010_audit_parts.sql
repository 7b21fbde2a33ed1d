-- What the entries of one mass change, of one import and of one list share, so that the log can show
-- them as one line. It is hashed into the chain where it is not empty.
ALTER TABLE audit_log ADD COLUMN part TEXT NOT NULL DEFAULT '';

-- The entries that stand alone, newest first: all of them, by whom, and by what was done.
CREATE INDEX audit_log_alone ON audit_log (id) WHERE part = '';
CREATE INDEX audit_log_alone_by_actor ON audit_log (actor_id, id) WHERE part = '';
CREATE INDEX audit_log_alone_by_action ON audit_log (action, id) WHERE part = '';
-- The others.
CREATE INDEX audit_log_by_part ON audit_log (part, id) WHERE part <> '';

-- How many entries a part has, by what was done and by whom.
CREATE TABLE audit_parts (
  part TEXT NOT NULL,
  action TEXT NOT NULL,
  actor_id INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  PRIMARY KEY (part, action, actor_id)
);
CREATE INDEX audit_parts_by_last ON audit_parts (last_id);
