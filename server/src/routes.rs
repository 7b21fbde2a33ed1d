//! Every address of the server with who may use it and how much may be sent to it, as one table.
//!
//! To add an address: a line here, in the right part, and its handler (`pages` finds those of
//! `app` by themselves). An address without a line does not start the server.

use http::Method;
use model::Problem;
use model::people::Role;
use model::session::Caller;

/// Who may use an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Managers, where they look after the users of their groups, and administrators.
    Steward,
    /// Managers, who keep groups in any case, and administrators.
    Groups,
    /// Administrators.
    Admin,
}

impl Policy {
    /// Whether a caller may use an address of this policy.
    ///
    /// # Errors
    /// What the caller is missing.
    pub fn admits(self, caller: Option<&Caller>) -> Result<(), Problem> {
        match (self, caller) {
            (Self::Public, _) => Ok(()),
            (_, None) => Err(Problem::SignInRequired),
            (Self::Admin, Some(caller)) if caller.role != Role::Administrator => {
                Err(Problem::AdminRequired)
            }
            (Self::Steward | Self::Groups, Some(caller)) if caller.role == Role::User => {
                Err(Problem::AdminRequired)
            }
            (_, Some(_)) => Ok(()),
        }
    }
}

/// What an address is, which decides how it refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page of `app`: leads to the sign-in, or shows that access is denied.
    Page,
    /// A plain page: leads to the sign-in, or is refused.
    Document,
    /// A call from a page of `app`: answers with a problem in JSON.
    Call,
    /// Anything else: answers with a sentence.
    Plain,
}

/// An address.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The method; `GET` stands for `HEAD` as well.
    pub method: &'static Method,
    /// The path, with its parts in braces.
    pub path: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Who may use it.
    pub policy: Policy,
    /// How many bytes may be sent to it.
    pub body_limit: usize,
}

/// The limit of what its handler reads by itself as it comes, with a limit of its own.
pub const STREAMED: usize = usize::MAX;
const FORM: usize = 64 * 1024;
const LIST: usize = 2 * 1024 * 1024;

/// What stands for all addresses that are not in the table.
pub static ELSEWHERE: Route = Route { body_limit: FORM, ..page("", Policy::Public) };

/// All addresses but the page files, which are everybody's.
pub static TABLE: &[Route] = &[
    page("/", Policy::SignedIn),
    page("/sign-in", Policy::Public),
    page("/setup", Policy::Public),
    page("/users", Policy::Steward),
    page("/views/{slug}", Policy::Steward),
    page("/trends", Policy::Admin),
    plain("/trends.csv", Policy::Admin),
    plain("/health", Policy::Public),
    document("/import", Policy::Admin),
    document("/import/{id}", Policy::Admin),
    plain("/import/template.csv", Policy::Admin),
    plain("/import/{id}/bad-rows.csv", Policy::Admin),
    plain("/import/{id}/results.csv", Policy::Admin),
    Route { policy: Policy::Admin, body_limit: STREAMED, ..form("/import") },
    Route { policy: Policy::Admin, ..form("/import/{id}/choices") },
    Route { policy: Policy::Admin, ..form("/import/{id}/start") },
    Route { policy: Policy::Admin, ..form("/import/{id}/cancel") },
    document("/audit", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/audit/export") },
    Route { policy: Policy::Admin, ..form("/audit/verify") },
    document("/settings", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/settings/reset") },
    Route { policy: Policy::Admin, ..form("/settings/{section}") },
    document("/users/add", Policy::Steward),
    document("/users/add/list", Policy::Steward),
    document("/users/{id}/invitation", Policy::Steward),
    document("/users/{id}/password", Policy::Admin),
    document("/outbox", Policy::Admin),
    document("/outbox/{id}", Policy::Admin),
    document("/invitation", Policy::Public),
    document("/recovery", Policy::Public),
    document("/password", Policy::SignedIn),
    document("/welcome", Policy::SignedIn),
    steward_form("/users/add"),
    Route { body_limit: LIST, ..steward_form("/users/add/list") },
    steward_form("/users/{id}/invitation/send"),
    steward_form("/users/{id}/invitation/link"),
    steward_form("/users/{id}/invitation/new-link"),
    steward_form("/users/{id}/invitation/revoke"),
    admin_form("/users/{id}/password"),
    admin_form("/users/{id}/password/link"),
    admin_form("/users/{id}/password/mail"),
    admin_form("/outbox/retry"),
    admin_form("/outbox/{id}/retry"),
    admin_form("/outbox/{id}/open"),
    form("/invitation"),
    form("/recovery"),
    Route { policy: Policy::SignedIn, ..form("/password") },
    document("/groups", Policy::Groups),
    document("/groups/{id}", Policy::Groups),
    document("/groups/{id}/delete", Policy::Groups),
    Route { policy: Policy::Groups, ..form("/groups") },
    Route { policy: Policy::Groups, ..form("/groups/{id}") },
    Route { policy: Policy::Steward, body_limit: LIST, ..form("/groups/{id}/add") },
    Route { policy: Policy::Steward, ..form("/groups/{id}/remove") },
    Route { policy: Policy::Groups, ..form("/groups/{id}/delete") },
    document("/permissions", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/permissions") },
    document("/limits", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/limits") },
    document("/groups/{id}/permissions", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/groups/{id}/permissions") },
    document("/groups/{id}/limits", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/groups/{id}/limits") },
    document("/users/{id}/permissions", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/users/{id}/permissions") },
    document("/users/{id}/limits", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/users/{id}/limits") },
    document("/permissions/{role}", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/permissions/{role}") },
    document("/limits/{role}", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/limits/{role}") },
    Route { policy: Policy::Admin, ..form("/limits/daily") },
    document("/licences", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/licences/soon-over") },
    Route { policy: Policy::Admin, ..form("/licences/remembered") },
    document("/users/{id}/edit", Policy::Steward),
    document("/users/{id}/budget", Policy::Admin),
    document("/users/{id}/delete", Policy::Steward),
    document("/users/{id}/erase", Policy::Admin),
    Route { policy: Policy::Admin, ..form("/users/{id}/budget") },
    Route { policy: Policy::Steward, ..form("/users/{id}/edit") },
    Route { policy: Policy::Steward, ..form("/users/{id}/change") },
    Route { policy: Policy::Steward, ..form("/users/{id}/delete") },
    Route { policy: Policy::Admin, ..form("/users/{id}/erase") },
    Route { policy: Policy::Admin, ..form("/users/{id}/record") },
    document("/bulk", Policy::Steward),
    document("/bulk/new", Policy::Steward),
    document("/bulk/{id}", Policy::Steward),
    plain("/bulk/{id}/results.csv", Policy::Steward),
    Route { policy: Policy::Steward, ..form("/bulk") },
    Route { policy: Policy::Steward, ..form("/bulk/{id}/start") },
    Route { policy: Policy::Steward, ..form("/bulk/{id}/cancel") },
    Route { policy: Policy::Steward, ..form("/bulk/{id}/undo") },
    form("/sign-in"),
    form("/sign-out"),
    form("/setup"),
    Route { policy: Policy::Admin, ..form("/users/export") },
    read("/api/session", Policy::Public),
    read("/api/trends", Policy::Admin),
    read("/api/users", Policy::Steward),
    read("/api/users/kpis", Policy::Steward),
    read("/api/users/options", Policy::Steward),
    read("/api/users/person", Policy::Steward),
    read("/api/users/revision", Policy::Steward),
    read("/api/users/totals", Policy::Steward),
    read("/api/views", Policy::Steward),
    read("/api/views/one", Policy::Steward),
    change("/api/lists/paste", LIST),
    change("/api/views/delete", FORM),
    change("/api/views/save", FORM),
    change("/api/views/update", FORM),
];

/// The address of a method and a pattern.
pub fn find(method: &Method, pattern: &str) -> Option<&'static Route> {
    TABLE.iter().find(|route| route.method == method && route.path == pattern)
}

const fn page(path: &'static str, policy: Policy) -> Route {
    Route { method: &Method::GET, path, kind: Kind::Page, policy, body_limit: 0 }
}

const fn document(path: &'static str, policy: Policy) -> Route {
    Route { kind: Kind::Document, ..page(path, policy) }
}

const fn plain(path: &'static str, policy: Policy) -> Route {
    Route { method: &Method::GET, path, kind: Kind::Plain, policy, body_limit: 0 }
}

/// A form. Those that work before anybody is signed in are everybody's.
const fn form(path: &'static str) -> Route {
    Route {
        method: &Method::POST,
        path,
        kind: Kind::Plain,
        policy: Policy::Public,
        body_limit: FORM,
    }
}

const fn steward_form(path: &'static str) -> Route {
    Route { policy: Policy::Steward, ..form(path) }
}

const fn admin_form(path: &'static str) -> Route {
    Route { policy: Policy::Admin, ..form(path) }
}

const fn read(path: &'static str, policy: Policy) -> Route {
    Route { method: &Method::GET, path, kind: Kind::Call, policy, body_limit: 0 }
}

const fn change(path: &'static str, body_limit: usize) -> Route {
    Route { method: &Method::POST, path, kind: Kind::Call, policy: Policy::Admin, body_limit }
}
