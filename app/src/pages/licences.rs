//! `/licences`: the pool of seats and the adviser, each of whose lines leads to the people it is
//! about.

use maud::{Markup, html};
use model::changes::Change;
use model::format::count;
use model::licences::{Advice, Licences};
use model::limits::Cap;
use model::people::{Status, Tab};
use model::query::{LastActive, Licence, UsersQuery};
use model::settings::LicenceNeed;
use model::text::fill;
use model::text::licences::text;
use model::url::{Printer, join};

use super::bulk;
use super::groups::{STYLE, head};
use crate::plain::Page;

/// The address.
pub const ADDRESS: &str = "/licences";
/// Where the seats that were bought are entered.
const SETTINGS: &str = "/settings#licences";

/// The page.
pub fn page(licences: &Licences, need: LicenceNeed) -> Page {
    let t = text();
    let content = html! {
        div .groups {
            (head(t.title, t.lead, &[], &html! { a .btn href=(SETTINGS) { (t.change) } }))
            @if need == LicenceNeed::Off { p .note { (t.off) } } @else { (pool(licences)) }
            (adviser(licences, need != LicenceNeed::Off))
        }
    };
    Page::new(t.title, ADDRESS, content).styled(STYLE)
}

fn pool(licences: &Licences) -> Markup {
    let t = text();
    let licensed = UsersQuery { licence: Some(Licence::Licensed), ..UsersQuery::default() };
    let figures = [
        (t.bought, licences.seats, None),
        (t.in_use, licences.in_use, Some(view(&licensed))),
        match licences.missing() {
            0 => (t.free, licences.free(), None),
            missing => (t.missing, missing, None),
        },
    ];
    let shown = [count(licences.in_use), count(licences.seats)];
    html! {
        section .card.pool aria-labelledby="pool" {
            h2 #pool { (t.pool) }
            dl .figures {
                @for (label, figure, href) in figures {
                    div {
                        dt { (label) }
                        dd { @match href {
                            Some(href) => { a href=(href) { (count(figure)) } }
                            None => { (count(figure)) }
                        } }
                    }
                }
            }
            @if licences.seats > 0 {
                progress max=(licences.seats) value=(licences.in_use.min(licences.seats))
                    aria-label=(fill(t.use_of, &[&shown[0], &shown[1]])) {}
            } @else {
                p .muted { (t.none_bought) }
            }
        }
    }
}

fn adviser(licences: &Licences, has_seats: bool) -> Markup {
    let t = text();
    let active = || UsersQuery { statuses: vec![Status::Active], ..UsersQuery::default() };
    let inactive = UsersQuery {
        licence: Some(Licence::Licensed),
        last_active: Some(LastActive::Not60Days),
        ..active()
    };
    let without = UsersQuery {
        statuses: vec![Status::Awaiting, Status::Active],
        licence: Some(Licence::Unlicensed),
        ..UsersQuery::default()
    };
    let over = UsersQuery { budget_over: Some(100), ..active() };
    let seats_free = fill(t.without_hint, &[&count(licences.free())]);
    let has_free = licences.free() > 0;
    let of_seats = |people: i64| if has_seats { people } else { 0 };
    let lines = [
        line(of_seats(licences.missing()), [t.missing_one, t.missing_many], "", &html! {}),
        line(
            of_seats(licences.inactive),
            [t.inactive_one, t.inactive_many],
            t.inactive_hint,
            &html! { (show(&inactive)) (plan(&inactive, &Change::Licence(false), t.plan_take)) },
        ),
        // Only where there is something to give.
        line(
            of_seats(if has_free { licences.without } else { 0 }),
            [t.without_one, t.without_many],
            &seats_free,
            &html! { (show(&without)) (plan(&without, &Change::Licence(true), t.plan_give)) },
        ),
        line(
            of_seats(licences.remembered),
            [t.remembered_one, t.remembered_many],
            t.remembered_hint,
            &listed(Advice::Remembered, t.plan_forget),
        ),
        line(
            licences.over_budget,
            [t.over_budget_one, t.over_budget_many],
            "",
            &html! { (show(&over)) a .btn href=(other_budgets(&over)) { (t.plan_budgets) } },
        ),
        line(
            licences.soon_over_budget,
            [t.soon_over_one, t.soon_over_many],
            t.soon_over_hint,
            &listed(Advice::SoonOver, t.plan_budgets),
        ),
    ];
    let is_silent = lines.iter().all(|line| line.0.is_empty());
    html! {
        section aria-labelledby="adviser" {
            h2 #adviser { (t.adviser) }
            @if is_silent { p .muted { (t.nothing) } } @else { ul .advice { @for line in lines { (line) } } }
        }
    }
}

/// A sentence about one person or more.
fn about([one, many]: [&str; 2], people: i64) -> String {
    if people == 1 { one.to_owned() } else { fill(many, &[&count(people)]) }
}

fn line(people: i64, sentence: [&str; 2], hint: &str, ways_on: &Markup) -> Markup {
    if people == 0 {
        return Markup::default();
    }
    html! {
        li .card {
            div {
                b { (about(sentence, people)) }
                @if !hint.is_empty() { p .muted { (hint) } }
            }
            (ways_on)
        }
    }
}

/// The way to the people.
fn show(query: &UsersQuery) -> Markup {
    html! { a .btn href=(view(query)) { (text().show) } }
}

/// The ways to people whom no filter finds: a form makes a list of them.
fn listed(advice: Advice, plan: &str) -> Markup {
    html! {
        form method="post" action={ (ADDRESS) "/" (advice.word()) } {
            button .btn type="submit" { (text().show) }
            button .btn type="submit" name="then" value="plan" { (plan) }
        }
    }
}

/// A plan for all of them, which is looked at before anything is done.
fn plan(query: &UsersQuery, change: &Change, label: &str) -> Markup {
    html! {
        form method="post" action="/bulk" {
            input type="hidden" name="scope" value="matching";
            input type="hidden" name="query" value=(query.print());
            input type="hidden" name="change" value=(change.word());
            input type="hidden" name={ "value-" (change.word()) } value=(change.value());
            button .btn type="submit" { (label) }
        }
    }
}

/// The page that asks for another budget of all of them, with all but the amount filled in.
pub fn other_budgets(query: &UsersQuery) -> String {
    let mut fields = Printer::default();
    fields.pair("scope", "matching");
    fields.pair("query", &query.print());
    fields.pair("change", "limit");
    fields.pair("value-limit", &Cap::BUDGET.word());
    fields.pair("return", ADDRESS);
    join(bulk::NEW, &fields.finish())
}

fn view(query: &UsersQuery) -> String {
    debug_assert!(query.tab == Tab::Active);
    join("/users", &query.print())
}
