//! Adding people: one at a time with an invitation or with a password (`add`), or a list of
//! addresses (`list`). Files of people are `import`'s.

mod add;
pub(crate) mod fields;
mod insert;
mod list;

pub use add::{Added, Newcomer, create, invite, who_has};
pub use fields::{Entered, Profile, Taken};
pub use list::{Fate, Line, MOST_LINES, Outlook, foresee, invite_list};
