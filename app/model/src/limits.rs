//! How much a person may use: one model for all quotas. A limit is an amount of something within a
//! span of time, set on the same levels as permissions.

use serde::{Deserialize, Serialize};

use crate::format::{count, credits};
use crate::levels::{Given, Rules, Source};
use crate::people::{Role, closed_set};
use crate::text::fill;
use crate::text::limits::text;

closed_set! {
    /// What is counted.
    Metric {
        /// Messages sent.
        Messages = 0, "messages";
        /// Answers given by models.
        AiResponses = 1, "ai-responses";
        /// Pages imported.
        ImportedPages = 2, "imported-pages";
        /// Tokens.
        Tokens = 3, "tokens";
        /// Credits, in hundredths.
        Credits = 4, "credits";
    }
}

closed_set! {
    /// Within which time.
    Span {
        /// The last 24 hours.
        Day = 0, "24h";
        /// The calendar month, in the installation's time zone.
        Month = 1, "month";
        /// Since the account exists.
        Total = 2, "total";
    }
}

/// What a limit is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cap {
    /// What is counted.
    pub metric: Metric,
    /// Within which time.
    pub span: Span,
}

impl Cap {
    /// The daily message limit, from which administrators are exempt.
    pub const DAILY_MESSAGES: Self = Self { metric: Metric::Messages, span: Span::Day };
    /// The budget.
    pub const BUDGET: Self = Self { metric: Metric::Credits, span: Span::Total };

    /// All of them, by metric.
    pub fn all() -> impl Iterator<Item = Self> {
        Metric::ALL
            .iter()
            .flat_map(|metric| Span::ALL.iter().map(|span| Self { metric: *metric, span: *span }))
    }

    /// Its name in forms and in the audit log: `messages-24h`.
    pub fn word(self) -> String {
        format!("{}-{}", self.metric.word(), self.span.word())
    }

    /// The one of such a name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|cap| cap.word() == word)
    }

    /// What it is called: `Messages in 24 hours`.
    pub fn label(self) -> String {
        fill(self.span.pattern(), &[self.metric.label()])
    }
}

/// The messages that the daily message limit allows when it is switched on.
pub const DAILY_MESSAGES: i64 = 10;

/// How much. The order is by strictness: what is smaller is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Amount {
    /// At most so much; credits in hundredths.
    AtMost(i64),
    /// As much as they like.
    Unlimited,
}

impl Amount {
    /// The largest amount that can be set.
    pub const LARGEST: i64 = 1_000_000_000_000;

    /// The number that the database keeps: the largest integer for no limit, so that the smallest of
    /// several is the strictest there, too.
    pub const fn code(self) -> i64 {
        match self {
            Self::AtMost(amount) => amount,
            Self::Unlimited => i64::MAX,
        }
    }

    /// The amount of a stored number.
    pub const fn from_code(code: i64) -> Self {
        if code == i64::MAX { Self::Unlimited } else { Self::AtMost(code) }
    }

    /// Reads what was typed: a number, with or without separators, or *no limit*.
    ///
    /// # Errors
    /// The sentence that says what to type instead.
    pub fn read(cap: Cap, typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        if is_no_limit(typed) {
            return Ok(Self::Unlimited);
        }
        let amount = number(typed, cap.metric == Metric::Credits).ok_or(text().amount)?;
        if amount > Self::LARGEST {
            return Err(fill(text().too_large, &[&Self::AtMost(Self::LARGEST).shown(cap)]));
        }
        // A budget of 0 stands for none in the lists of people.
        if cap == Cap::BUDGET && amount == 0 {
            return Err(text().budget_nothing.to_owned());
        }
        Ok(Self::AtMost(amount))
    }

    /// As it is shown, stands in a field, and is kept by the audit log.
    pub fn shown(self, cap: Cap) -> String {
        match self {
            Self::AtMost(amount) if cap.metric == Metric::Credits => credits(amount),
            Self::AtMost(amount) => count(amount),
            Self::Unlimited => text().unlimited.to_owned(),
        }
    }
}

/// Whether what was typed is the word for no limit, or another that people know for it.
pub(crate) fn is_no_limit(typed: &str) -> bool {
    [text().unlimited, "unlimited", "none", "∞"].iter().any(|word| typed.eq_ignore_ascii_case(word))
}

/// A number without a sign, `12,500.5` or `12 500`; in hundredths where it may have two decimals.
pub(crate) fn number(typed: &str, has_hundredths: bool) -> Option<i64> {
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    if typed.ends_with('.') || (!part.is_empty() && !has_hundredths) || part.len() > 2 {
        return None;
    }
    let mut groups = whole.split([',', ' ', '\u{a0}', '\u{202f}', '\'']);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        // 12,50 is no number of thousands; whoever types it means 12.50.
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    if has_hundredths {
        digits.push_str(part);
        digits.extend(std::iter::repeat_n('0', 2 - part.len()));
    }
    let is_number = !first.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// Which limits are set on a level.
pub type LimitRules = Rules<Cap, Amount>;

/// All that is set about a person's limits.
pub type GivenLimits = Given<Cap, Amount>;

/// How much a person may use, and where that comes from. Where several groups have a limit, the
/// lowest counts. The daily message limit is not for administrators.
pub fn resolve_limits(cap: Cap, role: Role, given: &GivenLimits) -> (Amount, Source) {
    or_unlimited(given.nearest(&cap, role), cap, role)
}

/// The same without what is set for the person alone: what they inherit.
pub fn resolve_inherited(cap: Cap, role: Role, given: &GivenLimits) -> (Amount, Source) {
    or_unlimited(given.inherited(&cap, role), cap, role)
}

fn or_unlimited(nearest: Option<(Amount, Source)>, cap: Cap, role: Role) -> (Amount, Source) {
    nearest.filter(|_| !is_exempt(cap, role)).unwrap_or((Amount::Unlimited, Source::Default(role)))
}

/// Whether a limit never holds for a role.
pub fn is_exempt(cap: Cap, role: Role) -> bool {
    cap == Cap::DAILY_MESSAGES && role == Role::Administrator
}

impl Metric {
    /// How it is called.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Messages => t.messages,
            Self::AiResponses => t.ai_responses,
            Self::ImportedPages => t.imported_pages,
            Self::Tokens => t.tokens,
            Self::Credits => t.credits,
        }
    }
}

impl Span {
    /// How it is called.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Day => t.day,
            Self::Month => t.month,
            Self::Total => t.total,
        }
    }

    fn pattern(self) -> &'static str {
        let t = text();
        match self {
            Self::Day => t.in_day,
            Self::Month => t.in_month,
            Self::Total => t.in_total,
        }
    }
}
