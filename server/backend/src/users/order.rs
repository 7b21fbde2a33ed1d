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
            | Column::Promo
            | Column::Origin
    )
}
