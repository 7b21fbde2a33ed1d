//! The permissions of a level: what their form says.

use app::levels::{Kind, PermissionsView, Whose, permissions_page};
use app::plain::Page;
use backend::levels::{Look, Permissions};
use model::Problem;
use model::form::Typed;
use model::levels::Edit;
use model::permissions::{Choice, Permission};
use model::text::done::Done;

use super::sheet::Sheet;

impl Sheet for Permissions {
    const KIND: Kind = Kind::Permissions;
    const SAVED: Done = Done::PermissionsSaved;

    /// What was chosen, beside what was shown. What was not sent is not changed.
    fn edits(typed: &Typed) -> Result<Vec<Edit<Permission, bool>>, Problem> {
        let permissions = Permission::ALL.iter().filter_map(|permission| {
            let was = Choice::from_word(typed.value(&format!("was-{}", permission.word())))?;
            let now = Choice::from_word(typed.value(permission.word()))?;
            Some(Edit { key: *permission, was: was.set(), now: now.set() })
        });
        Ok(permissions.collect())
    }

    fn page(whose: Whose, look: Look<Self>, typed: Typed) -> Result<Page, Problem> {
        let is_preview = typed.is_on("preview");
        let Look { set, given, .. } = look;
        Ok(permissions_page(&PermissionsView { whose, set, given, typed, is_preview }))
    }
}
