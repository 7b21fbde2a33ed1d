//! One demo person, as the columns of `users` have them.

use model::people::{Role, Status};

use super::calendar::Calendar;
use crate::clock::DAY;

/// How long an invitation holds.
pub const INVITATION: i64 = 7 * DAY;

/// A person, as the columns of `users` have it. The instants are those of the calendar's
/// invented time until [`Person::settle`].
pub struct Person {
    pub email: String,
    pub username: String,
    pub display_name: String,
    pub phone: String,
    pub birth_date: String,
    pub about: String,
    pub notes: String,
    pub role: Role,
    pub status: Status,
    pub status_before: Status,
    pub created_at: i64,
    pub created_day: i64,
    pub updated_at: i64,
    pub last_active_at: i64,
    pub deleted_at: i64,
    pub expires_at: i64,
    pub licensed: bool,
    pub seat_remembered: bool,
    pub paying: bool,
    pub origin: String,
    pub promo_code: String,
    pub budget_used: i64,
    pub budget_limit: i64,
    pub usage: Usage,
    pub invited_at: i64,
    pub invites_sent: i64,
    pub invited_by: i64,
}

/// What a person has used since their account exists.
#[derive(Default)]
pub struct Usage {
    pub agents: i64,
    pub chats: i64,
    pub ai_responses: i64,
    pub imported_pages: i64,
    pub personas: i64,
    pub sessions: i64,
    pub api_keys: i64,
}

impl Person {
    /// Moves the instants from invented time to real time.
    pub fn settle(&mut self, calendar: &Calendar) {
        for instant in [
            &mut self.created_at,
            &mut self.updated_at,
            &mut self.last_active_at,
            &mut self.deleted_at,
            &mut self.invited_at,
        ] {
            *instant = calendar.real(*instant);
        }
    }

    /// Whether their account ever came into being.
    pub fn has_account(&self) -> bool {
        match self.status {
            Status::Pending => false,
            Status::Deleted => self.status_before != Status::Pending,
            _ => true,
        }
    }

    /// Whether they can invite others.
    pub fn invites(&self) -> bool {
        self.role >= Role::Manager && self.status == Status::Active
    }
}

/// When an invitation that was sent at this instant ends; 0 for none.
pub const fn invitation_ends(invited_at: i64) -> i64 {
    if invited_at == 0 { 0 } else { invited_at + INVITATION }
}
