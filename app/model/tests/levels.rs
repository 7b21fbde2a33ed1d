//! How permissions and limits are resolved: every combination of levels.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use model::levels::{Rules, Source};
use model::limits::{self, Amount, Cap, GivenLimits, Metric, Span, resolve_limits};
use model::people::Role;
use model::permissions::{Choice, GivenPermissions, Permission, resolve, resolve_inherited};

const SET: [Option<bool>; 3] = [None, Some(true), Some(false)];
const AMOUNTS: [Option<Amount>; 4] =
    [None, Some(Amount::AtMost(0)), Some(Amount::AtMost(10)), Some(Amount::Unlimited)];

fn rules<K: Ord, V>(key: K, value: Option<V>) -> Rules<K, V> {
    value.map(|value| (key, value)).into_iter().collect()
}

fn named(names: &[&str]) -> Source {
    Source::Groups(names.iter().map(|name| (*name).to_owned()).collect())
}

/// What the levels come to, written out as a table would have it.
fn expected<V: Copy + Ord>(
    own: Option<V>,
    (sales, ops): (Option<V>, Option<V>),
    of_role: Option<V>,
    everybody: Option<V>,
    role: Role,
    default: V,
) -> (V, Source) {
    match (own, sales, ops, of_role, everybody) {
        (Some(own), ..) => (own, Source::Own),
        (None, Some(a), Some(b), ..) if a == b => (a, named(&["Sales", "Ops"])),
        (None, Some(a), Some(b), ..) if a < b => (a, named(&["Sales"])),
        (None, Some(_), Some(b), ..) => (b, named(&["Ops"])),
        (None, Some(a), None, ..) => (a, named(&["Sales"])),
        (None, None, Some(b), ..) => (b, named(&["Ops"])),
        (None, None, None, Some(value), _) => (value, Source::Role(role)),
        (None, None, None, None, Some(value)) => (value, Source::Everybody),
        (None, None, None, None, None) => (default, Source::Default(role)),
    }
}

#[test]
fn permissions_come_from_the_nearest_level() {
    let mut cases = 0;
    for permission in Permission::ALL.iter().copied() {
        for role in Role::ALL.iter().copied() {
            let default = permission.default_of(role);
            for own in SET {
                for sales in SET {
                    for ops in SET {
                        for of_role in SET {
                            for everybody in SET {
                                let given = GivenPermissions {
                                    own: rules(permission, own),
                                    groups: vec![
                                        ("Sales".to_owned(), rules(permission, sales)),
                                        ("Ops".to_owned(), rules(permission, ops)),
                                        ("Idle".to_owned(), Rules::new()),
                                    ],
                                    role: rules(permission, of_role),
                                    everybody: rules(permission, everybody),
                                };
                                let wanted =
                                    expected(own, (sales, ops), of_role, everybody, role, default);
                                assert_eq!(resolve(permission, role, &given), wanted, "{given:?}");
                                let without =
                                    expected(None, (sales, ops), of_role, everybody, role, default);
                                assert_eq!(resolve_inherited(permission, role, &given), without);
                                cases += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(cases, 10 * 3 * 243);
}

#[test]
fn one_permission_says_nothing_about_another() {
    let given = GivenPermissions {
        own: rules(Permission::Billing, Some(true)),
        ..GivenPermissions::default()
    };
    for permission in Permission::ALL.iter().filter(|one| **one != Permission::Billing) {
        let (allowed, source) = resolve(*permission, Role::User, &given);
        assert_eq!(allowed, permission.default_of(Role::User));
        assert_eq!(source, Source::Default(Role::User));
    }
}

#[test]
fn administrators_have_everything_unless_something_else_is_set() {
    for permission in Permission::ALL {
        assert!(permission.default_of(Role::Administrator));
        assert!(!permission.label().is_empty() && permission.sentence().ends_with('.'));
    }
    assert!(!Permission::Billing.default_of(Role::Manager));
}

#[test]
fn limits_come_from_the_nearest_level() {
    for cap in Cap::all() {
        for role in Role::ALL.iter().copied() {
            for own in AMOUNTS {
                for sales in AMOUNTS {
                    for ops in AMOUNTS {
                        for of_role in AMOUNTS {
                            for everybody in AMOUNTS {
                                let given = GivenLimits {
                                    own: rules(cap, own),
                                    groups: vec![
                                        ("Sales".to_owned(), rules(cap, sales)),
                                        ("Ops".to_owned(), rules(cap, ops)),
                                    ],
                                    role: rules(cap, of_role),
                                    everybody: rules(cap, everybody),
                                };
                                let none = Amount::Unlimited;
                                let mut wanted =
                                    expected(own, (sales, ops), of_role, everybody, role, none);
                                let mut without =
                                    expected(None, (sales, ops), of_role, everybody, role, none);
                                if cap == Cap::DAILY_MESSAGES && role == Role::Administrator {
                                    wanted = (none, Source::Default(role));
                                    without = wanted.clone();
                                }
                                assert_eq!(resolve_limits(cap, role, &given), wanted, "{given:?}");
                                assert_eq!(limits::resolve_inherited(cap, role, &given), without);
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn amounts_are_read_as_they_are_typed() {
    let messages = Cap::DAILY_MESSAGES;
    for (cap, typed, amount) in [
        (messages, "10", Amount::AtMost(10)),
        (messages, " 0 ", Amount::AtMost(0)),
        (messages, "12,500", Amount::AtMost(12_500)),
        (messages, "1 000 000", Amount::AtMost(1_000_000)),
        (messages, "1'000", Amount::AtMost(1_000)),
        (messages, "Unlimited", Amount::Unlimited),
        (messages, "∞", Amount::Unlimited),
        (messages, "1,000,000,000,000", Amount::AtMost(Amount::LARGEST)),
        (Cap::BUDGET, "12", Amount::AtMost(1_200)),
        (Cap::BUDGET, "12.5", Amount::AtMost(1_250)),
        (Cap::BUDGET, "1,012.05", Amount::AtMost(101_205)),
        (Cap::BUDGET, "0.01", Amount::AtMost(1)),
    ] {
        assert_eq!(Amount::read(cap, typed), Ok(amount), "{typed}");
        assert_eq!(Amount::read(cap, &amount.shown(cap)), Ok(amount), "{typed}");
        assert_eq!(Amount::from_code(amount.code()), amount);
    }
    for (cap, typed) in [
        (messages, ""),
        (messages, "-1"),
        (messages, "+1"),
        (messages, "1.5"),
        (messages, "1e9"),
        (messages, "many"),
        (messages, "10,00"),
        (messages, "1000,000"),
        (messages, ",100"),
        (messages, "1,000,000,000,001"),
        (messages, "99999999999999999999"),
        (messages, "٣"),
        (Cap::BUDGET, "0"),
        (Cap::BUDGET, "0.00"),
        (Cap::BUDGET, "12,50"),
        (Cap::BUDGET, "1."),
        (Cap::BUDGET, ".5"),
        (Cap::BUDGET, "1.234"),
        (Cap::BUDGET, "1.2.3"),
    ] {
        let sentence = Amount::read(cap, typed).unwrap_err();
        assert!(sentence.ends_with('.'), "{typed}: {sentence}");
    }
}

#[test]
fn the_strictest_amount_is_the_smallest_also_when_stored() {
    let mut amounts = [Amount::Unlimited, Amount::AtMost(7), Amount::AtMost(0)];
    amounts.sort();
    assert_eq!(amounts, [Amount::AtMost(0), Amount::AtMost(7), Amount::Unlimited]);
    assert!(amounts.is_sorted_by_key(|amount| amount.code()));
}

#[test]
fn caps_and_choices_have_words() {
    let words: std::collections::BTreeSet<String> = Cap::all().map(Cap::word).collect();
    assert_eq!(words.len(), Metric::ALL.len() * Span::ALL.len());
    assert_eq!(Cap::DAILY_MESSAGES.label(), "Messages in 24 hours");
    assert_eq!(Cap::BUDGET.word(), "credits-total");
    for set in SET {
        assert_eq!(Choice::of(set).set(), set);
    }
}
