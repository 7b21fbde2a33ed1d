//! What a file can hold of a person: each field's names, its SQL and its kind.
//!
//! To add one: a constant, its place in [`EVERYTHING`], and in [`of_column`] where a column of the
//! table shows it.

use model::text::{export, person, text};
use model::users::Column;

/// What a stored value stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Count,
    /// Hundredths of a credit.
    Credits,
    /// Hundredths of a credit; 0 for no limit.
    Limit,
    Flag,
    /// UTC milliseconds; 0 for never.
    Instant,
    Role,
    Status,
}

/// A field.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its name for programs, which stays.
    pub name: &'static str,
    /// What it is read by.
    pub sql: &'static str,
    /// What is read.
    pub kind: Kind,
    /// How wide a spreadsheet shows it, in characters.
    pub width: u8,
    heading: fn() -> &'static str,
}

impl Field {
    const fn new(
        name: &'static str,
        sql: &'static str,
        kind: Kind,
        width: u8,
        heading: fn() -> &'static str,
    ) -> Self {
        Self { name, sql, kind, width, heading }
    }

    /// Its name for people.
    pub fn heading(&self) -> &'static str {
        (self.heading)()
    }
}

/// What the table calls a person by.
const SHOWN_NAME: &str = "CASE WHEN display_name <> '' THEN display_name \
     WHEN username <> '' THEN username ELSE email END";

/// Their groups, with commas between them.
const GROUP_NAMES: &str = "COALESCE((SELECT string_agg(groups.name, ', ' ORDER BY groups.name_key) \
     FROM groups JOIN group_members ON group_id = groups.id WHERE user_id = users.id), '')";

/// Whoever invited them last.
const INVITER_NAME: &str = "COALESCE((SELECT CASE WHEN inviter.display_name <> '' THEN inviter.display_name \
     WHEN inviter.username <> '' THEN inviter.username ELSE inviter.email END \
     FROM users AS inviter WHERE inviter.id = users.invited_by AND users.invited_by <> 0), '')";

const ID: Field = Field::new("id", "id", Kind::Count, 9, || person::text().id);
const PERSON: Field = Field::new("person", SHOWN_NAME, Kind::Text, 24, || text().column_name);
const NAME: Field = Field::new("name", "display_name", Kind::Text, 24, || export::text().name);
const EMAIL: Field = Field::new("email", "email", Kind::Text, 30, || text().column_email);
const USERNAME: Field =
    Field::new("username", "username", Kind::Text, 18, || text().column_username);
const PHONE: Field = Field::new("phone", "phone", Kind::Text, 16, || text().column_phone);
const ROLE: Field = Field::new("role", "role", Kind::Role, 13, || text().column_role);
const STATUS: Field = Field::new("status", "status", Kind::Status, 10, || text().column_status);
const LICENCE: Field = Field::new("licence", "licensed", Kind::Flag, 9, || text().column_licence);
const SEAT: Field =
    Field::new("seat_remembered", "seat_remembered", Kind::Flag, 9, || export::text().seat);
const PAYING: Field = Field::new("paying", "paying", Kind::Flag, 9, || text().column_paying);
const BUDGET_USED: Field =
    Field::new("budget_used", "budget_used", Kind::Credits, 12, || text().filter_budget);
const BUDGET_LIMIT: Field =
    Field::new("budget_limit", "budget_limit", Kind::Limit, 12, || export::text().budget_limit);
const AGENTS: Field = Field::new("agents", "agents", Kind::Count, 9, || text().column_agents);
const CHATS: Field = Field::new("chats", "chats", Kind::Count, 9, || text().column_chats);
const AI_RESPONSES: Field =
    Field::new("ai_responses", "ai_responses", Kind::Count, 13, || text().column_ai_responses);
const IMPORTED_PAGES: Field =
    Field::new("imported_pages", "imported_pages", Kind::Count, 14, || {
        text().column_imported_pages
    });
const PERSONAS: Field =
    Field::new("personas", "personas", Kind::Count, 9, || text().column_personas);
const SESSIONS: Field =
    Field::new("sessions", "sessions", Kind::Count, 9, || text().column_sessions);
const API_KEYS: Field =
    Field::new("api_keys", "api_keys", Kind::Count, 9, || text().column_api_keys);
const CREATED: Field =
    Field::new("created", "created_at", Kind::Instant, 19, || text().column_created);
const LAST_ACTIVE: Field =
    Field::new("last_active", "last_active_at", Kind::Instant, 19, || text().column_last_active);
const UPDATED: Field =
    Field::new("updated", "updated_at", Kind::Instant, 19, || person::text().updated);
const DELETED: Field =
    Field::new("deleted", "deleted_at", Kind::Instant, 19, || text().column_deleted);
const EXPIRES: Field =
    Field::new("expires", "expires_at", Kind::Instant, 19, || person::text().expires);
const INVITED: Field =
    Field::new("invited", "invited_at", Kind::Instant, 19, || person::text().invited);
const INVITE_EXPIRES: Field =
    Field::new("invite_expires", "invite_expires_at", Kind::Instant, 19, || {
        export::text().invite_end
    });
const INVITES_SENT: Field =
    Field::new("invites_sent", "invites_sent", Kind::Count, 10, || text().column_invites_sent);
const INVITED_BY: Field =
    Field::new("invited_by", INVITER_NAME, Kind::Text, 24, || text().column_invited_by);
const REFERRAL_CODE: Field =
    Field::new("referral_code", "referral_code", Kind::Text, 14, || export::text().referral_code);
const PROMO_CODE: Field =
    Field::new("promo_code", "promo_code", Kind::Text, 14, || text().column_promo);
const ORIGIN: Field = Field::new("origin", "origin", Kind::Text, 24, || text().column_origin);
const GROUPS: Field = Field::new("groups", GROUP_NAMES, Kind::Text, 24, || text().column_groups);
const BIRTH_DATE: Field =
    Field::new("birth_date", "birth_date", Kind::Text, 12, || person::text().birth_date);
const ABOUT: Field = Field::new("about", "about", Kind::Text, 40, || person::text().about);
const NOTES: Field = Field::new("notes", "notes", Kind::Text, 40, || person::text().notes);

/// All that is kept of a person. Secrets are not.
pub const EVERYTHING: &[Field] = &[
    ID,
    NAME,
    EMAIL,
    USERNAME,
    PHONE,
    ROLE,
    STATUS,
    LICENCE,
    SEAT,
    PAYING,
    BUDGET_USED,
    BUDGET_LIMIT,
    AGENTS,
    CHATS,
    AI_RESPONSES,
    IMPORTED_PAGES,
    PERSONAS,
    SESSIONS,
    API_KEYS,
    CREATED,
    LAST_ACTIVE,
    UPDATED,
    DELETED,
    EXPIRES,
    INVITED,
    INVITE_EXPIRES,
    INVITES_SENT,
    INVITED_BY,
    REFERRAL_CODE,
    PROMO_CODE,
    ORIGIN,
    GROUPS,
    BIRTH_DATE,
    ABOUT,
    NOTES,
];

/// What a view shows: the address stands below the name where it has no column of its own.
pub fn of_view(columns: &[Column]) -> Vec<Field> {
    let of = |column: &Column| match column {
        Column::Name if !columns.contains(&Column::Email) => &[PERSON, EMAIL],
        column => of_column(*column),
    };
    columns.iter().flat_map(of).copied().collect()
}

/// What a column of the table shows.
const fn of_column(column: Column) -> &'static [Field] {
    match column {
        Column::Name => &[PERSON],
        Column::Email => &[EMAIL],
        Column::Username => &[USERNAME],
        Column::Created => &[CREATED],
        Column::Role => &[ROLE],
        Column::Status => &[STATUS],
        Column::Licence => &[LICENCE],
        Column::Budget => &[BUDGET_USED, BUDGET_LIMIT],
        Column::Agents => &[AGENTS],
        Column::Chats => &[CHATS],
        Column::AiResponses => &[AI_RESPONSES],
        Column::ImportedPages => &[IMPORTED_PAGES],
        Column::Paying => &[PAYING],
        Column::LastActive => &[LAST_ACTIVE],
        Column::Referral => &[REFERRAL_CODE],
        Column::Phone => &[PHONE],
        Column::Personas => &[PERSONAS],
        Column::Sessions => &[SESSIONS],
        Column::ApiKeys => &[API_KEYS],
        Column::Promo => &[PROMO_CODE],
        Column::Origin => &[ORIGIN],
        Column::InviteExpires => &[INVITE_EXPIRES],
        Column::InvitesSent => &[INVITES_SENT],
        Column::Deleted => &[DELETED],
        Column::Groups => &[GROUPS],
        Column::InvitedBy => &[INVITED_BY],
        Column::Sent => &[INVITED],
    }
}
