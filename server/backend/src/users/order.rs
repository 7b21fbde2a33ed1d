//! The orders: what each column sorts by, and which of them have an index of their own.

use model::users::Column;

/// What a column sorts by. Those without an index of their own are sorted by reading `users_wide`
/// or, for texts, `users_texts`.
pub(super) const fn sort_key(column: Column) -> &'static str {
    match column {
        Column::Name => "name_key",
        Column::Email => "email_key",
        Column::Username => "username",
        Column::Created => "created_at",
        Column::Role => "role",
        Column::Status => "status",
        Column::Licence => "licensed",
        Column::Budget => "budget_used",
        Column::Agents => "agents",
        Column::Chats => "chats",
        Column::AiResponses => "ai_responses",
        Column::ImportedPages => "imported_pages",
        Column::Paying => "paying",
        Column::LastActive => "last_active_at",
        Column::Referral => "referral_code",
        Column::Phone => "phone",
        Column::Personas => "personas",
        Column::Sessions => "sessions",
        Column::ApiKeys => "api_keys",
        Column::Promo => "promo_code",
        Column::Origin => "origin",
        Column::InviteExpires => "invite_expires_at",
        Column::InvitesSent => "invites_sent",
        Column::Deleted => "deleted_at",
        Column::Sent => "invited_at",
        Column::Groups => "groups_key",
        Column::InvitedBy => {
            "CASE users.invited_by WHEN 0 THEN '' ELSE COALESCE((SELECT inviter.name_key \
             FROM users AS inviter WHERE inviter.id = users.invited_by), '') END"
        }
    }
}

/// Whether an index has each list in the order of a column: `(tab, …, id)`.
pub(super) const fn has_index(column: Column) -> bool {
    matches!(
        column,
        Column::Created | Column::Name | Column::Email | Column::LastActive | Column::Budget
    )
}

/// Whether a column sorts by a text.
pub(super) const fn is_text(column: Column) -> bool {
    matches!(
        column,
        Column::Name
            | Column::Email
            | Column::Username
            | Column::Referral
            | Column::Phone
            | Column::Groups
            | Column::Promo
            | Column::Origin
            | Column::InvitedBy
    )
}

/// What collected rows sort by: the same, written so that SQLite does not take an index that has
/// this order and nothing else that is asked for.
pub(super) const fn collected_key(column: Column) -> &'static str {
    match column {
        Column::Created => "+created_at",
        Column::Promo => "COALESCE(promo_code, '')",
        Column::Origin => "COALESCE(origin, '')",
        other => sort_key(other),
    }
}

/// How the rows of an order are collected.
pub(super) enum By {
    /// The index that has what is asked for has the key as well.
    Itself,
    /// What `users_wide` finds is looked for in `users_texts`, which has the key.
    Texts,
    /// Of what is found, which is not much, each row is looked at.
    Rows,
    /// A term that most people may have is looked for in the rows that come first without it.
    Met,
}
