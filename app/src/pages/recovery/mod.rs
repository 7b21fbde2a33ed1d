//! Passwords that are set anew: by an administrator (`/users/<id>/password`), by whoever has a link
//! (`/recovery`), and by whoever has to change theirs (`/password`).

mod anew;
mod reset;

pub use anew::{change, recover};
pub use reset::{Done, done, first, link, reset};

const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/newcomers.css")
);
