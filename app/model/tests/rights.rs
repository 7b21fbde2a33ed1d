//! Who may do what to whom, as a table: each operation by each actor to each kind of person.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use model::people::Role;
use model::rights::{
    Doer, GroupOperation, Operation, Refusal, Target, gives, may, may_at_all, may_with_group,
};

const OPERATIONS: [Operation; 23] = [
    Operation::See,
    Operation::Edit,
    Operation::Notes,
    Operation::ResetPassword,
    Operation::Groups,
    Operation::RuledGroups,
    Operation::Reactivate,
    Operation::Restore,
    Operation::Resend,
    Operation::Revoke,
    Operation::Suspend,
    Operation::Delete,
    Operation::Expiry,
    Operation::Role(Role::User),
    Operation::Role(Role::Manager),
    Operation::Role(Role::Administrator),
    Operation::Invite(Role::User),
    Operation::Invite(Role::Manager),
    Operation::Invite(Role::Administrator),
    Operation::Licence,
    Operation::Limits,
    Operation::Permissions,
    Operation::DeletePermanently,
];

fn doer(id: i64, role: Role, managers_manage: bool) -> Doer {
    Doer { id, role, managers_manage, simple_roles: false }
}

/// The actor is 1; the others are: a user of an own group, one of none, a manager and an
/// administrator of an own group.
fn targets(own: Role) -> [Target; 5] {
    let target = |id, role, shares_group| Target {
        id,
        role,
        shares_group,
        is_last_administrator: false,
        is_last_lasting_administrator: false,
    };
    [
        target(1, own, true),
        target(2, Role::User, true),
        target(3, Role::User, false),
        target(4, Role::Manager, true),
        target(5, Role::Administrator, true),
    ]
}

fn sign(outcome: Result<(), Refusal>) -> char {
    match outcome {
        Ok(()) => '+',
        Err(Refusal::Yourself) => 's',
        Err(Refusal::LastAdministrator) => 'l',
        Err(Refusal::AboveOwnRole) => 'a',
        Err(Refusal::HigherRole) => 'h',
        Err(Refusal::NotInYourGroups) => 'g',
        Err(Refusal::ManagersMayNot) => 'm',
        Err(Refusal::AdministratorsOnly) => 'o',
        Err(Refusal::GroupHasRules) => 'r',
        Err(other) => panic!("{other:?}"),
    }
}

fn row(operation: Operation, doer: Doer) -> String {
    targets(doer.role).iter().map(|target| sign(may(operation, &doer, target))).collect()
}

#[test]
fn each_operation_by_each_actor_to_each_person() {
    use Operation::*;
    for operation in OPERATIONS {
        // To: oneself, a user of an own group, a user of none, a manager, an administrator.
        let (administrator, manager) = match operation {
            See | Edit | Groups | Reactivate | Restore | Resend | Revoke => ("+++++", "h+ghh"),
            Suspend | Delete | Expiry => ("s++++", "h+ghh"),
            Role(model::people::Role::User) => ("s++++", "h+ghh"),
            Role(model::people::Role::Manager) => ("s++++", "haghh"),
            Role(model::people::Role::Administrator) => ("+++++", "haghh"),
            Invite(model::people::Role::User) => ("+++++", "h+ghh"),
            Invite(_) => ("+++++", "haghh"),
            Licence | Limits | Permissions | Notes | ResetPassword => ("+++++", "ooooo"),
            DeletePermanently => ("s++++", "ooooo"),
            RuledGroups => ("+++++", "rrrrr"),
        };
        let of = |role, on| row(operation, doer(1, role, on));
        assert_eq!(of(model::people::Role::Administrator, true), administrator, "{operation:?}");
        assert_eq!(of(model::people::Role::Administrator, false), administrator, "{operation:?}");
        assert_eq!(of(model::people::Role::Manager, true), manager, "{operation:?}");
        let off = if ["ooooo", "rrrrr"].contains(&manager) { manager } else { "mmmmm" };
        assert_eq!(of(model::people::Role::Manager, false), off, "{operation:?}");
        assert_eq!(of(model::people::Role::User, true), "ooooo", "{operation:?}");
        // Whoever has a shell is nobody in particular.
        let shell = row(operation, doer(0, model::people::Role::Administrator, true));
        assert_eq!(shell, "+++++", "{operation:?}");
    }
}

#[test]
fn groups_are_the_managers_whatever_the_setting_says_of_people() {
    for (operation, role, signs) in [
        // With the setting, and without.
        (GroupOperation::Keep, Role::Administrator, "++"),
        (GroupOperation::Keep, Role::Manager, "++"),
        (GroupOperation::Keep, Role::User, "oo"),
        (GroupOperation::Members, Role::Administrator, "++"),
        (GroupOperation::Members, Role::Manager, "+m"),
        (GroupOperation::Members, Role::User, "oo"),
    ] {
        let of = |on| sign(may_with_group(operation, &doer(1, role, on)));
        assert_eq!(
            [true, false].map(of).iter().collect::<String>(),
            signs,
            "{operation:?} {role:?}"
        );
    }
}

#[test]
fn with_simple_roles_nobody_is_made_a_manager() {
    let simple = Doer { simple_roles: true, ..doer(1, Role::Administrator, true) };
    let signs = |operation, doer: Doer| -> Vec<_> {
        targets(doer.role).iter().map(|target| may(operation, &doer, target).err()).collect()
    };
    let no = Some(Refusal::NoManagers);
    // Whoever is one stays one.
    assert_eq!(signs(Operation::Role(Role::Manager), simple), [no, no, no, None, no]);
    assert_eq!(signs(Operation::Invite(Role::Manager), simple)[1], no);
    for role in [Role::User, Role::Administrator] {
        assert_eq!(signs(Operation::Role(role), simple)[1..], [None; 4]);
    }
    let manager = Doer { simple_roles: true, ..doer(1, Role::Manager, true) };
    let above = Some(Refusal::AboveOwnRole);
    assert_eq!(signs(Operation::Role(Role::Manager), manager)[1], above, "they never could");
}

#[test]
fn the_last_administrator_stays_one_by_every_way() {
    let last = Target {
        id: 5,
        role: Role::Administrator,
        shares_group: false,
        is_last_administrator: true,
        is_last_lasting_administrator: true,
    };
    let shell = doer(0, Role::Administrator, true);
    let refused: Vec<Operation> = OPERATIONS
        .into_iter()
        .filter(|operation| may(*operation, &shell, &last) == Err(Refusal::LastAdministrator))
        .collect();
    assert_eq!(
        refused,
        [
            Operation::Suspend,
            Operation::Delete,
            Operation::Expiry,
            Operation::Role(Role::User),
            Operation::Role(Role::Manager),
            Operation::DeletePermanently,
        ]
    );
    // Another one can sign in, but not for good: that does not count.
    let lasting = Target { is_last_administrator: false, ..last };
    for operation in refused {
        assert_eq!(may(operation, &shell, &lasting), Err(Refusal::LastAdministrator));
    }
}

#[test]
fn whoever_is_not_there_yet_is_in_no_group() {
    let manager = doer(1, Role::Manager, true);
    let new = Target {
        id: 0,
        role: Role::User,
        shares_group: false,
        is_last_administrator: false,
        is_last_lasting_administrator: false,
    };
    assert_eq!(may(Operation::Invite(Role::User), &manager, &new), Ok(()));
    assert_eq!(may(Operation::Invite(Role::Manager), &manager, &new), Err(Refusal::AboveOwnRole));
    assert_eq!(may_at_all(Operation::Licence, &manager), Err(Refusal::AdministratorsOnly));
    assert_eq!(may_at_all(Operation::Edit, &manager), Ok(()));
    for role in Role::ALL {
        let given = Role::ALL.iter().filter(|given| gives(&doer(1, *role, true), **given).is_ok());
        assert!(given.max() <= Some(role));
    }
}

#[test]
fn what_an_operation_comes_to_depends_on_what_it_meets() {
    for operation in OPERATIONS {
        assert_eq!(operation.where_kept(true).where_ruled(false), operation);
        let gone = operation.where_kept(false) != operation;
        assert_eq!(gone, matches!(operation, Operation::Delete | Operation::Revoke));
        assert!(!gone || operation.where_kept(false) == Operation::DeletePermanently);
        let ruled = operation.where_ruled(true) != operation;
        assert_eq!(ruled, operation == Operation::Groups);
    }
}

#[test]
fn each_refusal_says_what_to_do() {
    for refusal in Refusal::ALL {
        assert!(refusal.sentence().ends_with('.'), "{refusal:?}");
        let status = refusal.problem().status();
        assert_eq!(status == 403, refusal.is_about_rights(), "{refusal:?}");
        assert!([403, 404, 409].contains(&status));
    }
}
