//! Inventing people: everything about one but their number, from chance and a day.

use model::people::{Role, Status};

use super::calendar::{Calendar, Day};
use super::chance::{Chance, Weights};
use super::life::Life;
use super::names::Names;
use super::person::{Person, Usage};
use super::profile;
use super::rows::Numbered;
use super::sources::{ORGANISATIONS, PROVIDERS, Sources};
use super::taken::Taken;
use super::teams::Teams;
use crate::clock::DAY;

/// People who came this lately may still wait for approval.
pub const RECENT: i64 = 14 * DAY;

/// How many of those who could invite others do.
const MOST_INVITERS: usize = 200;

/// What inventing people draws from.
pub struct World<'a> {
    calendar: &'a Calendar,
    life: Life,
    names: Names,
    sources: Sources,
    organisations: Weights,
    taken: Taken,
    teams: Teams,
    /// Administrators and managers so far, up to [`MOST_INVITERS`].
    inviters: Vec<i64>,
    /// How many of 1000 who came lately wait for approval.
    awaiting: u32,
}

impl<'a> World<'a> {
    /// With the tables read.
    pub fn new(calendar: &'a Calendar, taken: Taken, teams: Teams, awaiting: u32) -> Self {
        Self {
            calendar,
            life: Life::until(calendar.end()),
            names: Names::read(),
            sources: Sources::read(),
            organisations: Weights::heavy_tailed(ORGANISATIONS.len(), 1.0),
            taken,
            teams,
            inviters: Vec::new(),
            awaiting,
        }
    }

    /// Someone who registered at a moment of a day.
    pub fn registered(&mut self, chance: &mut Chance, day: &Day, at: i64, founder: bool) -> Person {
        let mut person = self.anybody(chance, day, at);
        person.role = profile::role(chance, founder);
        person.status = match () {
            () if founder => Status::Active,
            () if chance.happens(15) => Status::Deleted,
            () if self.life.age(at) > 3 * DAY && chance.happens(26) => Status::Suspended,
            () if self.life.age(at) < RECENT && chance.happens(self.awaiting) => Status::Awaiting,
            () => Status::Active,
        };
        if let Some(by) = self.inviter(chance)
            && !founder
            && chance.happens(150)
        {
            self.life.invite_before(chance, &mut person, by);
        }
        if person.status == Status::Awaiting {
            return person;
        }
        self.life.last_seen(chance, &mut person, founder);
        self.life.uses(chance, &mut person);
        let licensed = founder || chance.happens(650);
        match person.status {
            Status::Active => person.licensed = licensed,
            Status::Suspended | Status::Deleted => person.seat_remembered = licensed,
            Status::Awaiting | Status::Pending => {}
        }
        person.paying = chance.happens(if licensed { 105 } else { 35 });
        person
    }

    /// Someone who was invited on a day and has not accepted.
    pub fn pending(&mut self, chance: &mut Chance, day: &Day, at: i64) -> Person {
        let mut person = self.anybody(chance, day, at);
        person.status = Status::Pending;
        person.role = if chance.happens(30) { Role::Manager } else { Role::User };
        person.username = String::new();
        person.about = String::new();
        person.birth_date = String::new();
        if chance.happens(600) {
            person.display_name = String::new();
        }
        if chance.happens(700) {
            person.phone = String::new();
        }
        person.seat_remembered = chance.happens(250);
        person.invited_by = self.inviter(chance).unwrap_or_default();
        if chance.happens(850) {
            self.life.send_invitation(chance, &mut person);
        }
        if chance.happens(40) {
            person.status = Status::Deleted;
            person.status_before = Status::Pending;
            self.life.delete(chance, &mut person);
        }
        person
    }

    /// Gives a person their number, and with it what only numbered people have.
    pub fn number(&mut self, id: i64, mut person: Person) -> Numbered {
        person.settle(self.calendar);
        if person.invites() && self.inviters.len() < MOST_INVITERS {
            self.inviters.push(id);
        }
        let referral_code = match person.has_account() {
            true => self.taken.referral_code(id),
            false => String::new(),
        };
        let (groups, groups_key) = self.teams.draw(&person);
        Numbered { id, referral_code, groups, groups_key, person }
    }

    fn inviter(&self, chance: &mut Chance) -> Option<i64> {
        (!self.inviters.is_empty()).then(|| *chance.pick(&self.inviters))
    }

    fn anybody(&mut self, chance: &mut Chance, day: &Day, at: i64) -> Person {
        let name = self.names.draw(chance);
        let campaign = self.calendar.campaign(day, chance);
        let campaign = campaign.as_ref().map(|(code, origin)| (code.as_str(), *origin));
        let (origin, promo_code) = self.sources.draw(chance, campaign);
        let organisation = self.organisations.draw(chance);
        let domain = match chance.happens(600) {
            true => ORGANISATIONS[organisation],
            false => *chance.pick(PROVIDERS),
        };
        let username = self.taken.username(chance, &name);
        Person {
            email: self.taken.email(chance, &name, &username, domain),
            username,
            phone: profile::phone(chance, &name),
            birth_date: profile::birth_date(chance, day),
            about: profile::about(chance, domain),
            notes: profile::notes(chance),
            display_name: profile::display_name(chance, name),
            role: Role::User,
            status: Status::Active,
            status_before: Status::Active,
            created_at: at,
            created_day: day.number,
            updated_at: at,
            last_active_at: 0,
            deleted_at: 0,
            expires_at: 0,
            licensed: false,
            seat_remembered: false,
            paying: false,
            origin,
            promo_code,
            budget_used: 0,
            budget_limit: self.life.limit(chance),
            usage: Usage::default(),
            invited_at: 0,
            invites_sent: 0,
            invited_by: 0,
        }
    }
}
