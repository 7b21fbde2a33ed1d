//! What became of a demo person: invited, seen, deleted, and what they used.

use model::people::Status;

use super::chance::{Chance, Weights};
use super::person::{INVITATION, Person};
use crate::clock::DAY;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// How long deleted people are kept.
const RETENTION: i64 = 30 * DAY;

/// Limits of budgets in hundredths of a credit, and how common each is; 0 is without a limit.
const LIMITS: [(i64, u32); 8] = [
    (0, 10),
    (5_000, 16),
    (10_000, 30),
    (25_000, 20),
    (50_000, 12),
    (100_000, 8),
    (250_000, 3),
    (1_000_000, 1),
];

/// How long ago people were last active, in days, and how common each stretch is.
const LAST_ACTIVE: [(f64, f64, u32); 6] = [
    (0.0, 1.0, 26),
    (1.0, 7.0, 25),
    (7.0, 30.0, 18),
    (30.0, 90.0, 13),
    (90.0, 180.0, 9),
    (180.0, 1_000.0, 9),
];

/// Draws what becomes of people up to the end of the calendar.
pub struct Life {
    end: i64,
    limits: Weights,
    last_active: Weights,
}

impl Life {
    /// Up to an instant.
    pub fn until(end: i64) -> Self {
        Self {
            end,
            limits: Weights::of(LIMITS.map(|(_, weight)| f64::from(weight))),
            last_active: Weights::of(LAST_ACTIVE.map(|(_, _, weight)| f64::from(weight))),
        }
    }

    /// How long before the end an instant lies.
    pub const fn age(&self, at: i64) -> i64 {
        self.end - at
    }

    /// A budget's limit.
    pub fn limit(&self, chance: &mut Chance) -> i64 {
        LIMITS[self.limits.draw(chance)].0
    }

    /// Lets someone who registered have been invited before.
    pub fn invite_before(&self, chance: &mut Chance, person: &mut Person, by: i64) {
        let waited = chance.heavy(5.0 * HOUR as f64, 1.4) as i64;
        person.invited_by = by;
        person.invited_at = person.created_at - waited.clamp(3 * MINUTE, INVITATION - MINUTE);
        person.invites_sent = 1 + i64::from(chance.happens(220)) + i64::from(chance.happens(60));
    }

    /// Sends the invitation of someone who has not accepted, mostly once.
    pub fn send_invitation(&self, chance: &mut Chance, person: &mut Person) {
        person.invited_at = person.created_at;
        person.invites_sent = 1;
        while person.invites_sent < 4 && chance.happens(380) {
            let again = person.invited_at + chance.between(2 * DAY, 12 * DAY);
            if again >= self.end {
                break;
            }
            person.invited_at = again;
            person.invites_sent += 1;
        }
        person.updated_at = person.invited_at;
    }

    /// Sets the end of a deleted or suspended person's time, and when each was last active.
    pub fn last_seen(&self, chance: &mut Chance, person: &mut Person, founder: bool) {
        let created = person.created_at;
        let mut latest = self.end;
        match person.status {
            Status::Deleted => {
                if chance.happens(100) {
                    person.status_before = Status::Suspended;
                }
                self.delete(chance, person);
                latest = person.deleted_at;
            }
            Status::Suspended => {
                let for_days = chance.between(0, ((latest - created) / DAY / 2).min(300));
                latest -= for_days * DAY + chance.between(HOUR, 23 * HOUR);
                person.updated_at = latest;
            }
            _ if chance.happens(300) => person.updated_at = chance.between(created, latest),
            _ => {}
        }
        if chance.happens(65) && !founder {
            return;
        }
        let (from, to, _) = match founder {
            true => LAST_ACTIVE[0],
            false => LAST_ACTIVE[self.last_active.draw(chance)],
        };
        // More of each stretch lies near its beginning.
        let days = from + (to - from) * chance.share().powi(2);
        let at = latest - (days * DAY as f64) as i64;
        let first_visit = (created + chance.between(MINUTE, 2 * HOUR)).min(latest);
        person.last_active_at = at.max(first_visit);
        if person.status == Status::Active && chance.happens(10) {
            person.expires_at = self.end + chance.between(5, 400) * DAY;
        }
    }

    /// Deletes someone, lately.
    pub fn delete(&self, chance: &mut Chance, person: &mut Person) {
        let earliest = (person.created_at + HOUR).max(self.end - RETENTION + DAY);
        let earliest = earliest.max(person.invited_at).min(self.end);
        person.deleted_at = chance.between(earliest, self.end);
        person.updated_at = person.deleted_at;
    }

    /// What they used, by how eager they are and how long they were at it.
    pub fn uses(&self, chance: &mut Chance, person: &mut Person) {
        let seen = person.last_active_at;
        if seen == 0 || chance.happens(170) {
            return;
        }
        let days = ((seen - person.created_at) as f64 / DAY as f64).max(0.1);
        let eager = chance.heavy(0.5, 1.3);
        let chats = (eager * days.powf(0.75)).min(60_000.0);
        let responses = chats * (1.0 + chance.heavy(3.5, 0.5));
        let usage = &mut person.usage;
        usage.chats = chats as i64;
        usage.ai_responses = responses as i64;
        if chance.happens(450) {
            usage.agents = chance.heavy(2.5, 0.9).min(400.0) as i64;
        }
        if chance.happens(420) {
            usage.imported_pages = chance.heavy(45.0, 1.4).min(250_000.0) as i64;
        }
        if chance.happens(300) {
            usage.personas = chance.heavy(2.0, 0.7).min(60.0) as i64;
        }
        if chance.happens(160) {
            usage.api_keys = chance.heavy(1.6, 0.6).clamp(1.0, 30.0) as i64;
        }
        if person.status == Status::Active && self.end - seen < 14 * DAY {
            usage.sessions = chance.heavy(1.6, 0.5).clamp(1.0, 12.0) as i64;
        }
        let used = match person.budget_limit {
            0 => chance.heavy(3_500.0, 1.3),
            limit => limit as f64 * chance.heavy(0.3, 0.85).min(1.4),
        };
        person.budget_used = used.min(20_000_000.0) as i64;
    }
}
