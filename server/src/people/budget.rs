//! The budget of one person, by itself: a page that opens over the list where there are scripts. What it
//! sends is one field of the edit form, so the same rules and the same care for others' changes hold.

use app::person::BudgetPage;
use app::{Undo, Visitor};
use axum::extract::State as From;
use axum::response::Response;
use backend::levels::{Limits, given};
use backend::people::{self, WAS};
use model::Problem;
use model::changes::Budget;
use model::form::Typed;
use model::people::Status;
use model::rights::Refusal;
use model::text::done::Done;
use model::text::person::text;

use super::back;
use super::told::{is_script, told};
use crate::plain::{self, Sent, admin, number, refused, steward};
use crate::state::State;

/// Shows it.
pub async fn show(From(state): From<State>, sent: Sent) -> Response {
    let back = back::of(&sent.headers, &sent.typed);
    page(&state, &sent.who, &sent.id, &back, None).await
}

/// Saves it.
pub async fn save(From(state): From<State>, sent: Sent) -> Response {
    let Sent { who, id: number, headers, typed } = &sent;
    let back = back::of(headers, typed);
    let saved = async {
        let (steward, id) = sent.by_whom()?;
        let field = Typed::default().with("budget", value_of(typed)?);
        let field = field.with(&was(), typed.value(&was()));
        Ok::<_, Problem>((id, people::edit(&state.backend, &steward, id, &field).await?))
    };
    match saved.await {
        Ok((id, saved)) => {
            let undo = Undo::to(id, "budget", typed.value(&was()));
            let (done, undo) = match saved.changed.is_empty() {
                true => (Done::PersonAsBefore, None),
                false => (Done::BudgetSaved, undo),
            };
            told((&state, who), headers, &back, (done, &saved.name), undo).await
        }
        Err(problem @ Problem::Invalid(_)) if !is_script(headers) => {
            page(&state, who, number, &back, Some((typed, problem))).await
        }
        Err(problem) => refused(&problem),
    }
}

fn was() -> String {
    format!("{WAS}budget")
}

/// The field of the edit form that was chosen.
fn value_of(sent: &Typed) -> Result<String, Problem> {
    match (sent.value("is"), Budget::read(sent.value("amount"))) {
        ("inherit", _) => Ok(Budget::Inherited.print()),
        ("none", _) => Ok(Budget::Unlimited.print()),
        // What stands for the other two is no amount.
        ("own", Ok(budget @ Budget::Limited(_))) => Ok(budget.print()),
        _ => Err(Problem::field("budget", text().budget_amount_wrong)),
    }
}

/// The page, with what was typed and why it was refused.
async fn page(
    state: &State,
    visitor: &Visitor,
    id: &str,
    back: &str,
    sent: Option<(&Typed, Problem)>,
) -> Response {
    let status = sent.as_ref().map_or(200, |(_, problem)| problem.status());
    let page = async {
        let (admin, id) = (admin(visitor)?, number(id)?);
        let now = people::form(&state.backend, &steward(visitor)?, id).await?;
        if now.facts.state.status == Status::Deleted {
            return Err(Refusal::IsDeleted.problem());
        }
        let person = backend::users::person(&state.backend, &admin, id).await?;
        let given = given::<Limits>(&state.backend, &admin, id).await?.1;
        let typed = match sent {
            Some((sent, problem)) => sent.clone().refused(problem)?,
            None => Typed::default(),
        };
        let budget = now.value("budget");
        Ok(BudgetPage { person: &person.row, given: &given, budget, typed: &typed, back }.page())
    };
    plain::show_or_refuse(state, visitor, page.await, status).await
}
