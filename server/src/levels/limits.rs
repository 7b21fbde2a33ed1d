//! The limits of a level: shown, tried out and saved; and the switch of the daily message limit.

use app::Visitor;
use app::levels::{Kind, LimitsView, limits_page};
use axum::Extension;
use axum::extract::{RawPathParams, State as From};
use axum::response::Response;
use backend::levels::{self, Limits, Look};
use http::Uri;
use model::form::Typed;
use model::levels::{Edit, Subject};
use model::limits::{Amount, Cap, DAILY_MESSAGES};
use model::text::done::Done;
use model::text::limits::text;
use model::{FieldProblem, Problem};

use super::permissions::name;
use super::{refused, subject, whose};
use crate::plain::{self, done};
use crate::state::State;

/// Shows them.
pub async fn show(
    From(state): From<State>,
    who: Extension<Visitor>,
    address: Uri,
    parts: RawPathParams,
) -> Response {
    match subject(&address, &parts) {
        Ok(subject) => page(&state, &who, subject, Typed::default(), 200).await,
        Err(problem) => refused(&state, &who, &problem).await,
    }
}

/// Saves what was typed, or shows what it would come to.
pub async fn save(
    From(state): From<State>,
    who: Extension<Visitor>,
    address: Uri,
    parts: RawPathParams,
    form: String,
) -> Response {
    let typed = Typed::read(&form);
    let subject = match subject(&address, &parts) {
        Ok(subject) => subject,
        Err(problem) => return refused(&state, &who, &problem).await,
    };
    let saved = async {
        let edits = edits(&typed)?;
        let admin = plain::admin(&who)?;
        if !typed.is_on("preview") {
            levels::set::<Limits>(&state.backend, &admin, subject, &edits).await?;
        }
        Ok(levels::look::<Limits>(&state.backend, &admin, subject).await?.whose)
    };
    match saved.await {
        Ok(_) if typed.is_on("preview") => page(&state, &who, subject, typed, 200).await,
        Ok(found) => {
            let name = name(subject, &found);
            done::say(&Kind::Limits.address(subject), Done::LimitsSaved, &name)
        }
        Err(problem) => match typed.refused(problem) {
            Ok(typed) => page(&state, &who, subject, typed, 422).await,
            Err(problem) => refused(&state, &who, &problem).await,
        },
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

async fn page(
    state: &State,
    visitor: &Visitor,
    subject: Subject,
    typed: Typed,
    status: u16,
) -> Response {
    match view(state, visitor, subject, typed).await {
        Ok(view) => plain::show(state, visitor, &limits_page(&view), status).await,
        Err(problem) => refused(state, visitor, &problem).await,
    }
}

async fn view(
    state: &State,
    visitor: &Visitor,
    subject: Subject,
    typed: Typed,
) -> Result<LimitsView, Problem> {
    let admin = plain::admin(visitor)?;
    let Look { whose: found, set, mut given } =
        levels::look::<Limits>(&state.backend, &admin, subject).await?;
    let whose = whose(state, visitor, subject, found).await?;
    let is_preview = typed.is_on("preview") && typed.problems().is_empty();
    if is_preview {
        let own = if let Subject::Role(_) = subject { &mut given.role } else { &mut given.own };
        for edit in edits(&typed)? {
            match edit.now {
                Some(amount) => own.insert(edit.key, amount),
                None => own.remove(&edit.key),
            };
        }
    }
    Ok(LimitsView { whose, set, given, typed, is_preview })
}

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

fn read(cap: Cap, typed: &str) -> Result<Option<Amount>, String> {
    match typed.trim() {
        "" => Ok(None),
        typed => Amount::read(cap, typed).map(Some),
    }
}
