//! The pages of imports: `/import` with the form and the earlier ones, `/import/<id>` with what a file
//! is, how far it is, or what came of it.
//!
//! Plain pages, which look again while something goes on.

mod look;
mod overview;
mod parts;
mod progress;

use maud::Markup;
use model::Problem;
use model::import::{BadRow, Import, Preview, State};
use model::text::import::text;

use super::jobs;
use crate::plain::Page;

/// What a page shows.
#[derive(Debug)]
pub enum ImportView {
    /// The form, with what was wrong with what it sent, and the earlier imports.
    Overview {
        /// The newest first.
        imports: Vec<Import>,
        /// Why the file was not taken.
        problem: Option<Problem>,
    },
    /// A file that waits to be imported.
    Look {
        /// The import.
        import: Box<Import>,
        /// What the file is, or why it can't be read.
        preview: Result<Box<Preview>, Problem>,
        /// Whether it is read in another way since it was last looked at.
        was_changed: bool,
    },
    /// An import that runs, or has ended.
    Progress {
        /// The import.
        import: Box<Import>,
        /// The first of the rows that were not taken.
        bad_rows: Vec<BadRow>,
    },
}

impl ImportView {
    /// The page that shows it.
    pub fn page(&self) -> Page {
        Page::new(self.title(), "/import", self.html()).styled(STYLE).going_on(self.goes_on())
    }

    /// Whether there will be more to see soon.
    fn goes_on(&self) -> bool {
        match self {
            Self::Overview { imports, .. } => {
                imports.iter().any(|import| import.state == State::Running)
            }
            Self::Look { import, preview, .. } => preview.is_ok() && import.forecast.is_none(),
            Self::Progress { import, .. } => import.state == State::Running,
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Overview { .. } => text().title.to_owned(),
            Self::Look { import, .. } | Self::Progress { import, .. } => import.file_name.clone(),
        }
    }

    fn html(&self) -> Markup {
        match self {
            Self::Overview { imports, problem } => overview::overview(imports, problem.as_ref()),
            Self::Look { import, preview, was_changed } => {
                look::look(import, preview.as_deref(), *was_changed)
            }
            Self::Progress { import, bad_rows } => progress::progress(import, bad_rows),
        }
    }
}

/// What is styled only here comes with the page, so that no other page loads it.
const STYLE: &str = concat!(
    include_str!("../../../../style/pages/sheets.css"),
    include_str!("../../../../style/pages/jobs.css"),
    include_str!("../../../../style/pages/import.css")
);
