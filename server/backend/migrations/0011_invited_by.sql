-- Who sent an invitation, and the groups that somebody is in, are read with everything else that lists are
-- filtered, sorted and counted by.
DROP INDEX users_wide;
CREATE INDEX users_wide ON users (
    status, status_before, role, licensed, paying, created_at, last_active_at,
    budget_used, budget_limit, agents, chats, ai_responses, imported_pages, personas, sessions,
    api_keys, invited_at, invite_expires_at, invites_sent, deleted_at, promo_code, origin,
    invited_by, groups_key
);
DROP INDEX users_texts;
CREATE INDEX users_texts ON users (status, search_text, username, phone, referral_code);
