//! The address as the view: what is read, what is reported, and that printing and reading agree.

use model::people::{Role, Status, Tab};
use model::query::{LastActive, PageSize, Period, Sort, UsersQuery};
use model::trends::{Grain, TrendsQuery};
use model::url::IgnoredBecause;
use model::users::{Column, Dialog, Filter};

fn ignored(query: &str) -> Vec<(String, IgnoredBecause)> {
    UsersQuery::read(query).1.into_iter().map(|one| (one.name, one.why)).collect()
}

#[test]
fn everything_that_a_view_has_survives_its_address() {
    let text = "tab=all&q=%C3%85sa+50%25&registered=2026-01-01..2026-03-31&role=manager\
        &role=administrator&status=active&status=deleted&licence=licensed&group=-&group=R%26D&promo=-&promo=SPRING26\
        &origin=-&paying=no&active=not-90d&budget=80&invited=completed&list=AbC_-9&sort=email\
        &col=email&col=name&size=200&page=last&person=12&dialog=promo";
    let (query, ignored) = UsersQuery::read(text);
    assert_eq!(ignored, []);
    assert_eq!(query.search, "Åsa 50%");
    assert_eq!(query.roles, [Role::Manager, Role::Administrator]);
    assert_eq!(query.statuses, [Status::Active, Status::Deleted]);
    assert_eq!(query.groups, ["", "R&D"]);
    assert_eq!(query.promo_codes, ["", "SPRING26"]);
    assert_eq!(query.paying, Some(false));
    assert_eq!(query.last_active, Some(LastActive::Not90Days));
    assert_eq!(query.sort, Sort { column: Column::Email, descending: false });
    assert_eq!(query.columns, Some(vec![Column::Email, Column::Name]));
    assert_eq!(query.size, PageSize::P200);
    assert_eq!(query.dialog, Some(Dialog::Filter(Filter::Promo)));
    assert_eq!(UsersQuery::read(&query.print()), (query.clone(), vec![]));
    // Printing is canonical: the order in which a form sent its fields doesn't show.
    let other_order =
        text.replace("role=manager&role=administrator", "role=administrator&role=manager");
    assert_eq!(UsersQuery::read(&other_order).0.print(), query.print());
}

#[test]
fn the_default_view_has_no_query() {
    assert_eq!(UsersQuery::default().print(), "");
    assert_eq!(UsersQuery::read("?tab=active&sort=-created&size=50&q=").0, UsersQuery::default());
}

#[test]
fn what_has_no_effect_is_reported_and_the_rest_holds() {
    use IgnoredBecause::*;
    let found = ignored("foo=1&tab=nowhere&tab=all&role=boss&role=user&role=user&size=51&size=25");
    let expected = [
        ("foo", UnknownName),
        ("tab", UnknownValue),
        ("tab", Repeated),
        ("role", UnknownValue),
        ("role", Repeated),
        ("size", UnknownValue),
        ("size", Repeated),
    ];
    assert_eq!(found, expected.map(|(name, why)| (name.to_owned(), why)));
    assert_eq!(UsersQuery::read("foo=1&role=user").0.roles, [Role::User]);
}

#[test]
fn a_status_that_the_list_cant_hold_contradicts_it() {
    let (query, ignored) = UsersQuery::read("tab=deleted&status=active&status=deleted");
    assert_eq!(query.statuses, [Status::Deleted]);
    assert_eq!(ignored[0].why, IgnoredBecause::Contradicts);
    let moved = UsersQuery::read("status=suspended&q=a").0.on_tab(Tab::Pending);
    assert_eq!(moved.print(), "tab=pending&q=a");
}

#[test]
fn boundary_values_are_taken_or_reported_never_more() {
    for (text, taken) in [
        ("budget=0", true),
        ("budget=1000", true),
        ("budget=1001", false),
        ("budget=-1", false),
        ("budget=99999999999999999999", false),
        ("person=0", false),
        ("person=-1", false),
        ("person=9223372036854775807", true),
        ("person=9223372036854775808", false),
        ("registered=2026-02-30..", false),
        ("registered=..2026-02-28", true),
        ("registered=2026-03-01..2026-02-01", false),
        ("registered=..", false),
        ("registered=+026-01-01..", false),
        ("registered=1969-12-31..", false),
        ("registered=9999-12-31..", true),
        ("page=../../etc", false),
        ("page=<script>", false),
        ("sort=--created", false),
        ("sort=-", false),
        ("dialog=nothing", false),
    ] {
        assert_eq!(ignored(text).is_empty(), taken, "{text}");
    }
    let long = format!("q={}", "x".repeat(201));
    assert!(!ignored(&long).is_empty());
    assert!(ignored(&long[..long.len() - 1]).is_empty());
}

#[test]
fn ten_kilobytes_of_anything_are_read_and_reported_briefly() {
    let many: String = (0..900).map(|i| format!("p{i}=%00%F0%9F%92%A9&")).collect();
    assert!(many.len() > 10_000);
    let (query, ignored) = UsersQuery::read(&many);
    assert_eq!(query, UsersQuery::default());
    assert_eq!(ignored.len(), 8);
    let long = format!("{}={}", "n".repeat(5_000), "v".repeat(5_000));
    let one = &UsersQuery::read(&long).1[0];
    assert!(one.name.chars().count() <= 25 && one.value.chars().count() <= 41);
}

#[test]
fn control_characters_never_reach_a_search() {
    assert_eq!(UsersQuery::read("q=a%00%0Ab%E2%80%AE").0.search, "ab\u{202e}");
}

#[test]
fn the_two_dates_of_a_form_become_a_range() {
    let (query, ignored) = UsersQuery::read("from=2026-01-01&to=2026-01-31&tab=all");
    assert_eq!(ignored, []);
    assert_eq!(query.print(), "tab=all&registered=2026-01-01..2026-01-31");
    assert_eq!(UsersQuery::read("from=2026-01-31&to=2026-01-01").1[0].name, "registered");
}

#[test]
fn relative_periods_stay_relative_and_include_today() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap_or_default();
    let first = |period: &str| {
        Period::read(period).and_then(|period| period.days(today).0).map(|day| day.to_string())
    };
    assert_eq!(first("7d").as_deref(), Some("2026-03-25"));
    assert_eq!(first("30d").as_deref(), Some("2026-03-02"));
    assert_eq!(first("12m").as_deref(), Some("2025-04-01"));
    assert_eq!(UsersQuery::read("registered=30d").0.print(), "registered=30d");
}

#[test]
fn changing_a_view_goes_back_to_its_first_page_and_closes_what_is_open() {
    let query = UsersQuery::read("page=last&person=3&dialog=columns&col=name&size=25").0;
    assert_eq!(
        query.changed(|query| query.roles = vec![Role::User]).print(),
        "role=user&col=name&size=25"
    );
    assert_eq!(query.opened(None, None).print(), "col=name&size=25&page=last");
    assert_eq!(query.scope(), "");
}

#[test]
fn trends_read_and_print_like_lists() {
    let (query, ignored) = TrendsQuery::read("period=12m&grain=week&x=1&grain=hour");
    assert_eq!(query, TrendsQuery { period: Period::Months(12), grain: Some(Grain::Week) });
    assert_eq!(ignored.len(), 2);
    assert_eq!(TrendsQuery::read(&query.print()).0, query);
    assert_eq!(TrendsQuery::default().print(), "");
}
