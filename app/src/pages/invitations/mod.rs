//! Invitations: `/users/<id>/invitation`, where one is sent, copied and withdrawn, and what its link
//! opens, `/invitation`.

mod accept;
mod manage;

pub use accept::{accept, first, link_problem, member, not_let_in, over, welcome};
pub use manage::{link, manage};

const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/newcomers.css")
);
