//! Licences: the pool of seats, and what the adviser says about seats and budgets.

/// The pool, and how many people the adviser has something to say about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Licences {
    /// Seats bought.
    pub seats: i64,
    /// How many people hold one.
    pub in_use: i64,
    /// People on the Active list without one.
    pub without: i64,
    /// People who take theirs again when they come back.
    pub remembered: i64,
    /// Active people who hold one and were not active for 60 days, or never.
    pub inactive: i64,
    /// Active people who have used all of their budget and more.
    pub over_budget: i64,
    /// Active people who will have before the end of the month, at their pace so far.
    pub soon_over_budget: i64,
}

impl Licences {
    /// Seats that nobody holds.
    pub fn free(&self) -> i64 {
        (self.seats - self.in_use).max(0)
    }

    /// How many more are in use than were bought.
    pub fn missing(&self) -> i64 {
        (self.in_use - self.seats).max(0)
    }
}

/// An advice about people whom no filter finds: they are kept as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Who will pass their budget before the end of the month.
    SoonOver,
    /// Who takes their seat again on return.
    Remembered,
}

impl Advice {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::SoonOver, Self::Remembered];

    /// Its word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SoonOver => "soon-over",
            Self::Remembered => "remembered",
        }
    }
}
