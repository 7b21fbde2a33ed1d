//! What can be changed of one person or of many at once, with its words and values as forms, addresses
//! and the table of mass changes have them. What comes of it is in [`crate::effect`].
//!
//! To add a change: a variant of [`Change`] with its word in [`Change::of`], its operation in
//! [`Change::operation`], and what it does to a person in `effect.rs`.

use chrono::NaiveDate;

use crate::Problem;
use crate::effect::Named;
use crate::format;
use crate::limits::{Amount, Cap, is_no_limit, number};
use crate::people::Role;
use crate::rights::Operation;
use crate::text::fill;
use crate::text::limits::text as limits;
use crate::text::people::text;

/// A change, as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Keep them out.
    Suspend,
    /// Let them in again.
    Reactivate,
    /// Move them to *Recently deleted*.
    Delete,
    /// Bring them back from there.
    Restore,
    /// Remove them for good.
    DeletePermanently,
    /// Give them a role.
    Role(Role),
    /// Give them a seat, or take it.
    Licence(bool),
    /// Limit their budget.
    Budget(Budget),
    /// Limit how much of something they may use within a span of time; `None` takes their own limit away,
    /// so that the one counts which they inherit. For the budget there is [`Change::Budget`].
    Limit(Cap, Option<Amount>),
    /// Let their account end with a day; `None` for no end.
    Expiry(Option<NaiveDate>),
    /// Whether their consumption counts.
    Paying(bool),
    /// Put them into the group of this number.
    AddGroup(i64),
    /// Take them out of it.
    RemoveGroup(i64),
    /// Send their invitation, for the first time or again.
    SendInvitation,
}

impl Change {
    /// The change of a word, with its value as a form sends it.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a sentence beside `change` or `value`.
    pub fn of(word: &str, value: &str) -> Result<Self, Problem> {
        let value = value.trim();
        let of_value = || Problem::field("value", text().change_value);
        let yes_or_no = || match value {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(of_value()),
        };
        let number = || value.parse().map_err(|_| of_value());
        Ok(match word {
            "suspend" => Self::Suspend,
            "reactivate" => Self::Reactivate,
            "delete" => Self::Delete,
            "restore" => Self::Restore,
            "delete-permanently" => Self::DeletePermanently,
            "role" => Self::Role(Role::from_word(value).ok_or_else(of_value)?),
            "licence" => Self::Licence(yes_or_no()?),
            "budget" => {
                Self::Budget(Budget::read(value).map_err(|why| Problem::field("value", why))?)
            }
            "limit" => limit(value)?,
            "expiry" => Self::Expiry(day(value).map_err(|why| Problem::field("value", why))?),
            "paying" => Self::Paying(yes_or_no()?),
            "group-add" => Self::AddGroup(number()?),
            "group-remove" => Self::RemoveGroup(number()?),
            "invite" => Self::SendInvitation,
            _ => return Err(Problem::field("change", text().change_unknown)),
        })
    }

    /// Its word, as [`Change::of`] reads it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Reactivate => "reactivate",
            Self::Delete => "delete",
            Self::Restore => "restore",
            Self::DeletePermanently => "delete-permanently",
            Self::Role(_) => "role",
            Self::Licence(_) => "licence",
            Self::Budget(_) => "budget",
            Self::Limit(..) => "limit",
            Self::Expiry(_) => "expiry",
            Self::Paying(_) => "paying",
            Self::AddGroup(_) => "group-add",
            Self::RemoveGroup(_) => "group-remove",
            Self::SendInvitation => "invite",
        }
    }

    /// Its value, as [`Change::of`] reads it; empty where it has none.
    pub fn value(&self) -> String {
        match self {
            Self::Role(role) => role.word().to_owned(),
            Self::Licence(on) | Self::Paying(on) => if *on { "yes" } else { "no" }.to_owned(),
            Self::Budget(budget) => budget.print(),
            Self::Limit(cap, amount) => {
                let amount = amount.map(|amount| amount.shown(*cap)).unwrap_or_default();
                format!("{} {amount}", cap.word()).trim_end().to_owned()
            }
            Self::Expiry(date) => date.map_or_else(String::new, format::iso_day),
            Self::AddGroup(group) | Self::RemoveGroup(group) => group.to_string(),
            _ => String::new(),
        }
    }

    /// What it is called on the screen.
    pub fn label(&self) -> String {
        let t = text();
        match self {
            Self::Suspend => t.change_suspend.to_owned(),
            Self::Reactivate => t.change_reactivate.to_owned(),
            Self::Delete => t.change_delete.to_owned(),
            Self::Restore => t.change_restore.to_owned(),
            Self::DeletePermanently => t.change_delete_permanently.to_owned(),
            Self::Role(role) => fill(t.change_role, &[role.label()]),
            Self::Licence(true) => t.change_licence_on.to_owned(),
            Self::Licence(false) => t.change_licence_off.to_owned(),
            Self::Budget(Budget::Inherited) => t.change_budget_inherited.to_owned(),
            Self::Budget(Budget::Unlimited) => t.change_budget_none.to_owned(),
            Self::Budget(Budget::Limited(limit)) => {
                fill(t.change_budget, &[&format::credits(*limit)])
            }
            Self::Limit(cap, None) => fill(t.change_limit_inherited, &[&cap.label()]),
            Self::Limit(cap, Some(Amount::Unlimited)) => fill(t.change_limit_none, &[&cap.label()]),
            Self::Limit(cap, Some(amount)) => {
                fill(t.change_limit, &[&cap.label(), &amount.shown(*cap)])
            }
            Self::Expiry(None) => t.change_expiry_none.to_owned(),
            Self::Expiry(Some(date)) => fill(t.change_expiry, &[&format::day(*date)]),
            Self::Paying(true) => t.change_paying_on.to_owned(),
            Self::Paying(false) => t.change_paying_off.to_owned(),
            Self::AddGroup(_) => t.change_group_add.to_owned(),
            Self::RemoveGroup(_) => t.change_group_remove.to_owned(),
            Self::SendInvitation => t.change_invite.to_owned(),
        }
    }

    /// What a button says that does it to some people, as in "Suspend 5 people".
    pub fn deed(&self, people: &str) -> String {
        let t = text();
        let pattern = match self {
            Self::Suspend => t.deed_suspend,
            Self::Reactivate => t.deed_reactivate,
            Self::Delete => t.deed_delete,
            Self::Restore => t.deed_restore,
            Self::DeletePermanently => t.deed_delete_permanently,
            Self::Role(role) => return fill(t.deed_role, &[people, role.label()]),
            Self::Licence(true) => t.deed_licence_on,
            Self::Licence(false) => t.deed_licence_off,
            Self::Budget(_) => t.deed_budget,
            Self::Limit(..) => t.deed_limit,
            Self::Expiry(Some(_)) => t.deed_expiry,
            Self::Expiry(None) => t.deed_expiry_none,
            Self::Paying(true) => t.deed_paying_on,
            Self::Paying(false) => t.deed_paying_off,
            Self::AddGroup(_) => t.deed_group_add,
            Self::RemoveGroup(_) => t.deed_group_remove,
            Self::SendInvitation => t.deed_invite,
        };
        fill(pattern, &[people])
    }

    /// What the actor must be allowed to do for it.
    pub const fn operation(&self) -> Operation {
        match self {
            Self::Suspend => Operation::Suspend,
            Self::Reactivate => Operation::Reactivate,
            Self::Delete => Operation::Delete,
            Self::Restore => Operation::Restore,
            Self::DeletePermanently => Operation::DeletePermanently,
            Self::Role(role) => Operation::Role(*role),
            Self::Licence(_) => Operation::Licence,
            Self::Budget(_) | Self::Limit(..) => Operation::Limits,
            Self::Expiry(Some(_)) => Operation::Expiry,
            // It gives access, to oneself as well.
            Self::Expiry(None) => Operation::Edit,
            Self::Paying(_) => Operation::Permissions,
            Self::AddGroup(_) | Self::RemoveGroup(_) => Operation::Groups,
            Self::SendInvitation => Operation::Resend,
        }
    }

    /// Whether what it did can be undone.
    pub const fn can_be_undone(&self) -> bool {
        !matches!(self, Self::DeletePermanently | Self::SendInvitation)
    }

    /// What it names beside the person.
    pub const fn named(&self) -> Named {
        match self {
            Self::AddGroup(group) | Self::RemoveGroup(group) => {
                Named { group: Some(*group), cap: None }
            }
            Self::Limit(cap, _) => Named { group: None, cap: Some(*cap) },
            _ => Named { group: None, cap: None },
        }
    }
}

/// A limit as a form sends it: what is limited, and the amount; nothing for what is inherited.
fn limit(value: &str) -> Result<Change, Problem> {
    let (word, typed) = value.split_once(' ').unwrap_or((value, ""));
    let cap = Cap::from_word(word).ok_or_else(|| Problem::field("value", text().change_value))?;
    let amount = match typed.trim() {
        "" => None,
        typed => Some(Amount::read(cap, typed).map_err(|why| Problem::field("value", why))?),
    };
    Ok(if cap == Cap::BUDGET {
        Change::Budget(amount.map_or(Budget::Inherited, Budget::from))
    } else {
        Change::Limit(cap, amount)
    })
}

/// How much a person may use in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// What their groups, their role or everybody has.
    Inherited,
    /// As much as they like.
    Unlimited,
    /// So many hundredths of a credit.
    Limited(i64),
}

impl Budget {
    /// As stored: whether it is their own, and the limit, of which 0 is none.
    pub const fn of(is_own: bool, limit: i64) -> Self {
        match (is_own, limit) {
            (false, _) => Self::Inherited,
            (true, ..=0) => Self::Unlimited,
            (true, limit) => Self::Limited(limit),
        }
    }

    /// Whether it is their own, and the limit where it is.
    pub const fn stored(self) -> (bool, i64) {
        match self {
            Self::Inherited => (false, 0),
            Self::Unlimited => (true, 0),
            Self::Limited(limit) => (true, limit),
        }
    }

    /// As typed: an amount of credits, or *no limit*; nothing for what is inherited.
    ///
    /// # Errors
    /// The sentence beside the field.
    pub fn read(typed: &str) -> Result<Self, &'static str> {
        match typed.trim() {
            "" => Ok(Self::Inherited),
            typed if is_no_limit(typed) => Ok(Self::Unlimited),
            amount => credits(amount).map(Self::Limited).ok_or(text().field_credits),
        }
    }

    /// As [`Budget::read`] reads it.
    pub fn print(self) -> String {
        match self {
            Self::Inherited => String::new(),
            Self::Unlimited => limits().unlimited.to_owned(),
            Self::Limited(limit) if limit % 100 == 0 => (limit / 100).to_string(),
            Self::Limited(limit) => format!("{}.{:02}", limit / 100, limit % 100),
        }
    }
}

impl From<Amount> for Budget {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::AtMost(limit) => Self::Limited(limit),
            Amount::Unlimited => Self::Unlimited,
        }
    }
}

/// An amount above 0, in hundredths.
fn credits(typed: &str) -> Option<i64> {
    number(typed, true).filter(|amount| (1..=Amount::LARGEST).contains(amount))
}

/// A day as typed; `None` where nothing was.
///
/// # Errors
/// The sentence beside the field.
pub fn day(typed: &str) -> Result<Option<NaiveDate>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    NaiveDate::parse_from_str(typed, "%Y-%m-%d").map(Some).map_err(|_| text().field_end_date)
}
