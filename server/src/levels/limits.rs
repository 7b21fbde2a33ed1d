//! The limits of a level: what their form says, and the switch of the daily message limit.

use app::Visitor;
use app::levels::{Kind, LimitsView, Whose, limits_page};
use app::plain::Page;
use axum::Extension;
use axum::extract::State as From;
use axum::response::Response;
use backend::levels::{self, Limits, Look};
use model::form::Typed;
use model::levels::{Edit, Subject};
use model::limits::{Amount, Cap, DAILY_MESSAGES};
use model::text::done::Done;
use model::text::limits::text;
use model::{FieldProblem, Problem};

use super::sheet::Sheet;
use crate::plain::{self, done};
use crate::state::State;

impl Sheet for Limits {
    const KIND: Kind = Kind::Limits;
    const SAVED: Done = Done::LimitsSaved;

    /// What was typed, beside what was shown. What was not sent is not changed.
    fn edits(typed: &Typed) -> Result<Vec<Edit<Cap, Amount>>, Problem> {
        let mut edits = Vec::new();
        let mut problems = Vec::new();
        for cap in Cap::all() {
            let word = cap.word();
            let was = format!("was-{word}");
            if typed.values(&word).next().is_none() || typed.values(&was).next().is_none() {
                continue;
            }
            // What was shown is ours; what can't be read is told as a change of somebody else's.
            let was = read(cap, typed.value(&was)).unwrap_or(None);
            match read(cap, typed.value(&word)) {
                Ok(now) => edits.push(Edit { key: cap, was, now }),
                Err(message) => problems.push(FieldProblem { field: word, message }),
            }
        }
        if problems.is_empty() { Ok(edits) } else { Err(Problem::Invalid(problems)) }
    }

    fn page(whose: Whose, look: Look<Self>, typed: Typed) -> Result<Page, Problem> {
        let Look { set, mut given, .. } = look;
        let is_preview = typed.is_on("preview") && typed.problems().is_empty();
        if is_preview {
            let of_role = matches!(whose.subject, Subject::Role(_));
            let own = if of_role { &mut given.role } else { &mut given.own };
            for edit in Self::edits(&typed)? {
                match edit.now {
                    Some(amount) => own.insert(edit.key, amount),
                    None => own.remove(&edit.key),
                };
            }
        }
        Ok(limits_page(&LimitsView { whose, set, given, typed, is_preview }))
    }
}

fn read(cap: Cap, typed: &str) -> Result<Option<Amount>, String> {
    match typed.trim() {
        "" => Ok(None),
        typed => Amount::read(cap, typed).map(Some),
    }
}

/// Switches the daily message limit on, with the usual number, or off.
pub async fn daily(From(state): From<State>, who: Extension<Visitor>, form: String) -> Response {
    let is_on = Typed::read(&form).value("to") == "on";
    let switched = async {
        let (backend, admin) = (&state.backend, plain::admin(&who)?);
        let set = levels::rules::<Limits>(backend, &admin, Subject::Everybody).await?;
        let was = set.get(&Cap::DAILY_MESSAGES).copied();
        let is_limited = was.is_some_and(|amount| amount != Amount::Unlimited);
        let now = if is_on { Some(Amount::AtMost(DAILY_MESSAGES)) } else { None };
        // Sent twice, it changes no number that was set meanwhile.
        if is_limited != is_on {
            let edits = [Edit { key: Cap::DAILY_MESSAGES, was, now }];
            levels::set::<Limits>(backend, &admin, Subject::Everybody, &edits).await?;
        }
        Ok::<_, Problem>(())
    };
    match switched.await {
        Ok(()) => {
            let word = if is_on { text().on } else { text().off };
            done::say(&Kind::Limits.address(Subject::Everybody), Done::DailySwitched, word)
        }
        Err(problem) => plain::refused(&problem),
    }
}
