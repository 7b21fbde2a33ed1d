//! Mass changes: what is planned, how far one is, and what came of each person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::audit::FieldChange;
use crate::changes::Change;
use crate::format::{WallTime, counted};
use crate::people::closed_set;
use crate::rights::Refusal;
use crate::text::fill;
use crate::text::people::text;

/// Whom a mass change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Ticked people.
    Ticked(Vec<i64>),
    /// All that a view shows, as its address has it; a pasted list is one as well.
    Matching(String),
}

closed_set! {
    /// How far a mass change is.
    State {
        /// It is known what it would come to.
        Planned = 0, "planned";
        /// People are being changed.
        Running = 1, "running";
        /// Everybody was dealt with.
        Done = 2, "done";
        /// It stopped before its end, and can go on.
        Failed = 3, "failed";
        /// Somebody stopped it.
        Cancelled = 4, "cancelled";
        /// It is being found out what it would come to.
        Planning = 5, "planning";
    }
}

closed_set! {
    /// What came of a person.
    Outcome {
        /// They were changed.
        Changed = 0, "changed";
        /// They were so already.
        Unchanged = 1, "unchanged";
        /// They stay as they are, for a reason.
        Skipped = 2, "skipped";
    }
}

/// What a mass change does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// A change.
    Change(Change),
    /// It takes back what the mass change of this number did.
    Undo(i64),
}

/// How many people there are of each outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Changed, or would be.
    pub changed: u64,
    /// So already.
    pub unchanged: u64,
    /// Left out, by reason.
    pub skipped: BTreeMap<Refusal, u64>,
}

/// A mass change, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// Its number.
    pub id: i64,
    /// What it does.
    pub work: Work,
    /// How far it is.
    pub state: State,
    /// What the group is called that it names; empty where it names none, or one that is gone.
    pub group: String,
    /// The view that was meant, as its address has it; empty for ticked people.
    pub query: String,
    /// How many people it is about.
    pub people: u64,
    /// What it would come to, by the plan.
    pub plan: Counts,
    /// How many people are dealt with, or judged while it is planned.
    pub done: u64,
    /// What it came to so far.
    pub counts: Counts,
    /// Why it failed.
    pub problem: String,
    /// Who planned or started it.
    pub actor: String,
    /// The number of the mass change that took it back.
    pub undone_by: Option<i64>,
    /// What an undo takes back, with its value, as it is called; empty for everything else.
    pub undoes: String,
    /// Whether those whom it changed are kept as a list.
    pub has_list: bool,
    /// When it was planned.
    pub planned_at: WallTime,
    /// When it ended, where it did.
    pub ended_at: Option<WallTime>,
}

/// What came of one person of a mass change, or would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Their number.
    pub id: i64,
    /// Their name now; empty where they are gone for good or not shown.
    pub name: String,
    /// Whether they are not, or no longer, among those whom the manager looks after.
    pub is_withheld: bool,
    /// What came of them; `None` while they were not dealt with.
    pub outcome: Option<Outcome>,
    /// Why they were left out.
    pub reason: Option<Refusal>,
    /// The fields that are others now, or would be.
    pub changes: Vec<FieldChange>,
}

impl Counts {
    /// Counts a person.
    pub fn add(&mut self, outcome: Outcome, reason: Option<Refusal>) {
        match (outcome, reason) {
            (Outcome::Changed, _) => self.changed += 1,
            (Outcome::Skipped, Some(reason)) => *self.skipped.entry(reason).or_default() += 1,
            (Outcome::Unchanged | Outcome::Skipped, _) => self.unchanged += 1,
        }
    }

    /// How many were left out for any reason.
    pub fn all_skipped(&self) -> u64 {
        self.skipped.values().sum()
    }
}

impl Bulk {
    /// Whether what it did can be taken back now.
    pub fn can_be_undone(&self) -> bool {
        let kind = match &self.work {
            Work::Change(change) => change.can_be_undone(),
            Work::Undo(_) => true,
        };
        kind && self.counts.changed > 0
            && self.undone_by.is_none()
            && matches!(self.state, State::Done | State::Failed | State::Cancelled)
    }
}

impl Work {
    /// As the log keeps it: the change with its value, or `undo` with the number.
    pub fn words(&self) -> String {
        match self {
            Self::Change(change) => {
                format!("{} {}", change.word(), change.value()).trim_end().to_owned()
            }
            Self::Undo(id) => format!("undo {id}"),
        }
    }

    /// What it is called on the screen.
    pub fn label(&self) -> String {
        match self {
            Self::Change(change) => change.label(),
            Self::Undo(id) => fill(text().change_undo, &[&id.to_string()]),
        }
    }
}

impl Bulk {
    /// The same, with the name of the group that it is about, or with what it takes back.
    pub fn label(&self) -> String {
        match &self.work {
            Work::Change(change) if change.named().group.is_some() && !self.group.is_empty() => {
                format!("{}: {}", change.label(), self.group)
            }
            Work::Undo(id) if !self.undoes.is_empty() => {
                fill(text().change_undo_of, &[&id.to_string(), &self.undoes])
            }
            work => work.label(),
        }
    }

    /// Its number, as it is called.
    pub fn number(&self) -> String {
        format!("#{}", self.id)
    }

    /// What its button says: the act, and to how many people by its plan.
    pub fn deed(&self) -> String {
        let people = people(self.plan.changed);
        match &self.work {
            Work::Change(change) => change.deed(&people),
            Work::Undo(_) => fill(text().deed_undo, &[&people]),
        }
    }
}

/// So many people, in words.
pub fn people(n: impl TryInto<i64>) -> String {
    counted(n, text().people_one, text().people_many)
}

impl State {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Planned => t.state_planned,
            Self::Running => t.state_running,
            Self::Done => t.state_done,
            Self::Failed => t.state_failed,
            Self::Cancelled => t.state_cancelled,
            Self::Planning => t.state_planning,
        }
    }
}

impl Outcome {
    /// How it is called on the screen.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Changed => t.outcome_changed,
            Self::Unchanged => t.outcome_unchanged,
            Self::Skipped => t.outcome_skipped,
        }
    }
}
