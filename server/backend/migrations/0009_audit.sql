-- The log by what was done, newest first.
CREATE INDEX audit_log_by_action ON audit_log (action, id);
