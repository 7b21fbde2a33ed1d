//! The pages of groups.

use app::Visitor;
use app::groups::{Found, GroupView, GroupsView, delete_page, gone_page, list_page, one_page};
use axum::Extension;
use axum::extract::{Path, State as From};
use axum::response::Response;
use backend::levels::{self, Limits, Permissions};
use backend::{groups, users};
use http::Uri;
use model::Problem;
use model::form::Typed;
use model::groups::{Group, MembersChanged};
use model::levels::Subject;
use model::people::{Status, Tab};
use model::permissions::Choice;
use model::query::{PageSize, Sort, UsersQuery};
use model::users::Column;

use super::number;
use crate::plain;
use crate::state::State;

type Who = Extension<Visitor>;

/// `/groups`.
pub async fn list(From(state): From<State>, who: Who, address: Uri) -> Response {
    let term = Typed::read(address.query().unwrap_or_default()).value("q").to_owned();
    list_with(&state, &who, &term, Typed::default(), 200).await
}

/// The same with what was typed for a new group.
pub async fn list_with(
    state: &State,
    visitor: &Visitor,
    term: &str,
    typed: Typed,
    status: u16,
) -> Response {
    let view = async {
        let steward = plain::steward(visitor)?;
        Ok::<_, Problem>(GroupsView {
            groups: groups::list(&state.backend, &steward, term).await?,
            term: term.to_owned(),
            typed,
            of_all: steward.is_administrator(),
            with_people: groups::looks_after_people(&state.backend, &steward).await?,
        })
    };
    match view.await {
        Ok(view) => plain::show(state, visitor, &list_page(&view), status).await,
        Err(problem) => plain::refused(&problem),
    }
}

/// `/groups/<id>`.
pub async fn one(
    From(state): From<State>,
    who: Who,
    Path(id): Path<String>,
    address: Uri,
) -> Response {
    let asked = Typed::read(address.query().unwrap_or_default());
    one_with(&state, &who, &id, &asked, Told::default(), 200).await
}

/// What a page says beside the group.
#[derive(Default)]
pub struct Told {
    /// What was typed into one of its forms.
    pub typed: Typed,
    /// What came of adding people.
    pub outcome: Option<MembersChanged>,
}

/// A group's page, with what came of one of its forms.
pub async fn one_with(
    state: &State,
    visitor: &Visitor,
    id: &str,
    asked: &Typed,
    told: Told,
    status: u16,
) -> Response {
    match view(state, visitor, id, asked, told).await {
        Ok(view) => plain::show(state, visitor, &one_page(&view), status).await,
        Err(problem) => refused(state, visitor, &problem).await,
    }
}

async fn view(
    state: &State,
    visitor: &Visitor,
    id: &str,
    asked: &Typed,
    told: Told,
) -> Result<GroupView, Problem> {
    let backend = &state.backend;
    let steward = plain::steward(visitor)?;
    let group = groups::get(backend, &steward, number(id)?).await?;
    let of_all = steward.is_administrator();
    let Told { typed, outcome } = told;
    if !groups::looks_after_people(backend, &steward).await? {
        let (term, found) = (String::new(), None);
        return Ok(GroupView { group, members: None, term, found, outcome, typed, of_all });
    }
    let by_name = UsersQuery {
        tab: Tab::All,
        sort: Sort { column: Column::Name, descending: false },
        ..UsersQuery::default()
    };
    let query = UsersQuery {
        groups: vec![group.name.clone()],
        search: term(asked, "q"),
        page: Some(asked.value("page").to_owned()).filter(|page| !page.is_empty()),
        ..by_name.clone()
    };
    let members = Some(users::list(backend, &steward, &query).await?);
    let looked_for = term(asked, "add");
    let found = match looked_for.as_str() {
        "" => None,
        _ => {
            let search = looked_for.clone();
            // Whoever was deleted is restored first.
            let statuses =
                vec![Status::Pending, Status::Awaiting, Status::Active, Status::Suspended];
            let query = UsersQuery { search, statuses, size: PageSize::P25, ..by_name };
            let page = users::list(backend, &steward, &query).await?;
            let ids: Vec<i64> = page.rows.iter().map(|row| row.id).collect();
            let are_in = groups::are_in(backend, &steward, group.id, &ids).await?;
            let more = page.next.is_some();
            Some(Found { term: looked_for, people: page.rows, are_in, more })
        }
    };
    Ok(GroupView { group, members, term: term(asked, "q"), found, outcome, typed, of_all })
}

/// `/groups/<id>/delete`.
pub async fn delete(From(state): From<State>, who: Who, Path(id): Path<String>) -> Response {
    delete_with(&state, &who, &id, None).await
}

/// The same with why it was not deleted.
pub async fn delete_with(
    state: &State,
    visitor: &Visitor,
    id: &str,
    problem: Option<Problem>,
) -> Response {
    let view = async {
        let steward = plain::steward(visitor)?;
        let group = groups::get(&state.backend, &steward, number(id)?).await?;
        let rules = rules(state, visitor, &group).await?;
        Ok((group, rules, groups::looks_after_people(&state.backend, &steward).await?))
    };
    match view.await {
        Ok((group, rules, with_people)) => {
            let status = problem.as_ref().map_or(200, Problem::status);
            let page = delete_page(&group, rules.as_deref(), problem.as_ref(), with_people);
            plain::show(state, visitor, &page, status).await
        }
        Err(problem) => refused(state, visitor, &problem).await,
    }
}

/// A page that says that there is no such group; anything else as everywhere.
pub async fn refused(state: &State, visitor: &Visitor, problem: &Problem) -> Response {
    match problem {
        Problem::NotFound => {
            let with_people = match plain::steward(visitor) {
                Ok(who) => groups::looks_after_people(&state.backend, &who).await.unwrap_or(false),
                Err(_) => false,
            };
            plain::show(state, visitor, &gone_page(with_people), 404).await
        }
        other => plain::refused(other),
    }
}

/// What the members of a group lose with it, in words; `None` for a manager, who deletes none that sets
/// anything.
async fn rules(
    state: &State,
    visitor: &Visitor,
    group: &Group,
) -> Result<Option<Vec<String>>, Problem> {
    if !group.has_rules() {
        return Ok(Some(Vec::new()));
    }
    let Ok(admin) = plain::admin(visitor) else { return Ok(None) };
    let backend = &state.backend;
    let subject = Subject::Group(group.id);
    let permissions = levels::rules::<Permissions>(backend, &admin, subject).await?;
    let limits = levels::rules::<Limits>(backend, &admin, subject).await?;
    let permissions = permissions.into_iter().map(|(permission, allowed)| {
        format!("{}: {}", permission.label(), Choice::of(Some(allowed)).label())
    });
    let limits =
        limits.into_iter().map(|(cap, amount)| format!("{}: {}", cap.label(), amount.shown(cap)));
    Ok(Some(permissions.chain(limits).collect()))
}

/// What is looked for, read as the address of the users page has it.
fn term(asked: &Typed, name: &str) -> String {
    let mut out = model::url::Printer::default();
    UsersQuery::read(&out.pair("q", asked.value(name)).finish()).0.search
}
