//! Lists of people that no filter finds: how each came to be, which its name in addresses begins with.

use crate::bulk::people;
use crate::format::counted;
use crate::text::fill;
use crate::text::lists::text;

/// How a list came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Somebody pasted e-mails, usernames or numbers.
    Pasted,
    /// Somebody ticked rows.
    Ticked,
    /// Whom the mass change of a number changed.
    Changed(i64),
    /// Who will pass their budget before the end of the month, as the adviser said.
    SoonOver,
    /// Who takes their seat again on return, as the adviser said.
    Remembered,
}

impl ListKind {
    /// What names of lists of this kind begin with; one of a mass change is named by its number alone.
    pub fn prefix(self) -> String {
        match self {
            Self::Pasted => String::new(),
            Self::Ticked => "ticked-".to_owned(),
            Self::Changed(id) => format!("change-{id}"),
            Self::SoonOver => "budgets-".to_owned(),
            Self::Remembered => "seats-".to_owned(),
        }
    }

    /// The kind of the list of a name.
    pub fn of(name: &str) -> Self {
        let number = name.strip_prefix("change-").and_then(|id| id.parse().ok());
        if let Some(id) = number.filter(|id| *id > 0) {
            return Self::Changed(id);
        }
        [Self::Ticked, Self::SoonOver, Self::Remembered]
            .into_iter()
            .find(|kind| name.starts_with(&kind.prefix()))
            .unwrap_or(Self::Pasted)
    }

    /// What a view of such a list is called.
    pub fn label(self) -> String {
        let t = text();
        match self {
            Self::Pasted => t.pasted.to_owned(),
            Self::Ticked => t.ticked.to_owned(),
            Self::Changed(id) => fill(t.changed, &[&id.to_string()]),
            Self::SoonOver => t.soon_over.to_owned(),
            Self::Remembered => t.remembered.to_owned(),
        }
    }

    /// Its people, of whom there are so many, within a sentence.
    pub fn people(self, n: u64) -> String {
        let t = text();
        let pattern = match self {
            Self::Ticked => return counted(n, t.people_ticked_one, t.people_ticked),
            Self::Changed(id) => return fill(t.people_changed, &[&people(n), &id.to_string()]),
            Self::Pasted => t.people_pasted,
            Self::SoonOver => t.people_soon_over,
            Self::Remembered => t.people_remembered,
        };
        fill(pattern, &[&people(n)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_list_it_is() {
        for (name, kind, label) in [
            ("r0XpT1o4q5", ListKind::Pasted, "Pasted list"),
            ("change-x", ListKind::Pasted, "Pasted list"),
            ("change-0", ListKind::Pasted, "Pasted list"),
            ("ticked-abc", ListKind::Ticked, "Ticked people"),
            ("change-12", ListKind::Changed(12), "Changed by mass change #12"),
            ("budgets-abc", ListKind::SoonOver, "About to pass their budget"),
            ("seats-abc", ListKind::Remembered, "Seat kept for their return"),
        ] {
            assert_eq!((ListKind::of(name), kind.label().as_str()), (kind, label), "{name}");
            assert!(kind == ListKind::Pasted || name.starts_with(&kind.prefix()), "{name}");
        }
        let said = |kind: ListKind| kind.people(3);
        assert_eq!(said(ListKind::Pasted), "3 people of a pasted list");
        assert_eq!(said(ListKind::Ticked), "the 3 ticked people");
        assert_eq!(ListKind::Ticked.people(1), "the 1 ticked person");
        assert_eq!(said(ListKind::Changed(7)), "3 people whom mass change #7 changed");
        assert_eq!(said(ListKind::SoonOver), "3 people about to pass their budget");
        assert_eq!(said(ListKind::Remembered), "3 people with a seat kept for their return");
    }
}
