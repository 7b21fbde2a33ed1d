//! The pages of permissions and limits: for everybody, a role, a group or a person, all of one kind.
//!
//! A page shows what is set on the level, what it comes to, and where that comes from. With scripts
//! the effect shows at once; without, a button asks the server for it.

mod head;
mod limits;
mod permissions;

use maud::html;
use model::form::Typed;
use model::levels::Subject;
use model::limits::{GivenLimits, LimitRules};
use model::people::Role;
use model::permissions::{GivenPermissions, PermissionRules};
use model::text::permissions::text;

use super::groups;
use crate::plain::Page;

const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/groups.css"),
    include_str!("../../../../style/pages/levels.css")
);
const SCRIPT: &str = include_str!("preview.js");
const LIMITS_SCRIPT: &str = include_str!("preview_limits.js");

/// What is set, and which of its pages it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Permissions.
    Permissions,
    /// Limits.
    Limits,
}

impl Kind {
    /// The last part of its addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Permissions => "permissions",
            Self::Limits => "limits",
        }
    }

    /// The address for a subject.
    pub fn address(self, subject: Subject) -> String {
        let word = self.word();
        match subject {
            Subject::Everybody => format!("/{word}"),
            Subject::Role(role) => format!("/{word}/{}", role.word()),
            Subject::Group(id) => format!("/groups/{id}/{word}"),
            Subject::Person(id) => format!("/users/{id}/{word}"),
        }
    }
}

/// Whose rules a page shows.
#[derive(Clone, Debug)]
pub struct Whose {
    /// The level, and which one of it.
    pub subject: Subject,
    /// What a group or a person is called.
    pub name: String,
    /// A person's role.
    pub role: Role,
    /// A person's groups, with their numbers.
    pub groups: Vec<(i64, String)>,
    /// Hundredths of credits that a person has used.
    pub budget_used: i64,
}

/// The permissions of a level.
#[derive(Debug)]
pub struct PermissionsView {
    /// Whose.
    pub whose: Whose,
    /// What is set on the level.
    pub set: PermissionRules,
    /// All that counts for a person, or for a role; with what is chosen in place of what is set.
    pub given: GivenPermissions,
    /// What was chosen and not saved.
    pub typed: Typed,
    /// Whether only the effect of what is chosen was asked for.
    pub is_preview: bool,
}

/// The limits of a level.
#[derive(Debug)]
pub struct LimitsView {
    /// Whose.
    pub whose: Whose,
    /// What is set on the level.
    pub set: LimitRules,
    /// All that counts for a person, or for a role; with what is chosen in place of what is set.
    pub given: GivenLimits,
    /// What was typed and not saved.
    pub typed: Typed,
    /// Whether only the effect of what is typed was asked for.
    pub is_preview: bool,
}

/// The page of a level's permissions.
pub fn permissions_page(view: &PermissionsView) -> Page {
    let title = head::title(Kind::Permissions, &view.whose);
    let current = head::current(&view.whose);
    Page::new(title, current, permissions::content(view)).styled(STYLE).scripted(SCRIPT)
}

/// The page of a level's limits.
pub fn limits_page(view: &LimitsView) -> Page {
    let title = head::title(Kind::Limits, &view.whose);
    Page::new(title, head::current(&view.whose), limits::content(view))
        .styled(STYLE)
        .scripted(LIMITS_SCRIPT)
}

/// A page in the place of somebody who is not there.
pub fn gone_page() -> Page {
    let t = text();
    let content = html! {
        div .groups { (groups::head(t.gone, t.gone_lead, &[(t.users, "/users")], &html! {})) }
    };
    Page::new(t.gone, "/users", content).styled(STYLE)
}
