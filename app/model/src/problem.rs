//! The one error that a person or a caller sees.

use serde::{Deserialize, Serialize};

use crate::format::count;
use crate::text::{fill, text};

/// Why something could not be done, in terms of the one who asked. Each variant carries its
/// sentence ([`Problem::sentence`]) and its status ([`Problem::status`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// 401: nobody is signed in, or no longer.
    SignInRequired,
    /// 401: name and password don't match an account that may sign in. Says no more on purpose.
    WrongCredentials,
    /// 403: signed in, but not as an administrator.
    AdminRequired,
    /// 403: the request did not come from a page of this installation.
    ForeignOrigin,
    /// 403: they may not do this to that person; the sentence says why.
    Forbidden(String),
    /// 409: it can't be done as things are; the sentence says why.
    Conflict(String),
    /// 404: what was asked for does not exist, or not for this person.
    NotFound,
    /// 409: there is an administrator already; set-up is over.
    SetUpDone,
    /// 403: the set-up link is not the one that the server printed.
    SetUpLinkInvalid,
    /// 410: a link that lets nobody in, or no longer; the sentence says what to do.
    Over(String),
    /// 413: more was sent than is taken.
    TooLarge,
    /// 422: these fields need a change; nothing was changed.
    Invalid(Vec<FieldProblem>),
    /// 429: too many attempts; the seconds after which to try again.
    TooMany(u32),
    /// 503: the database is in use by another program or the disk is full or read-only; nothing
    /// was changed.
    Unavailable(Unavailable),
    /// 500: a fault of ours, logged under this reference.
    Internal(String),
    /// No answer came: the network, or the server, is away.
    NoAnswer,
}

/// Why the database can't be used just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unavailable {
    /// Another program holds it.
    Locked,
    /// The disk is full.
    Full,
    /// The file or its folder can't be written.
    ReadOnly,
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name as the form sends it.
    pub field: String,
    /// The sentence beside it.
    pub message: String,
}

impl Problem {
    /// A problem of a single field.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem { field: field.to_owned(), message: message.into() }])
    }

    /// The HTTP status (RFC 9110).
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignInRequired | Self::WrongCredentials => 401,
            Self::AdminRequired
            | Self::ForeignOrigin
            | Self::SetUpLinkInvalid
            | Self::Forbidden(_) => 403,
            Self::NotFound => 404,
            Self::SetUpDone | Self::Conflict(_) => 409,
            Self::Over(_) => 410,
            Self::TooLarge => 413,
            Self::Invalid(_) => 422,
            Self::TooMany(_) => 429,
            Self::Internal(_) => 500,
            Self::Unavailable(_) | Self::NoAnswer => 503,
        }
    }

    /// What to tell the person, with what to do.
    pub fn sentence(&self) -> String {
        let t = text();
        match self {
            Self::SignInRequired => t.problem_sign_in_required.to_owned(),
            Self::WrongCredentials => t.problem_wrong_credentials.to_owned(),
            Self::AdminRequired => t.problem_admin_required.to_owned(),
            Self::ForeignOrigin => t.problem_foreign_origin.to_owned(),
            Self::Forbidden(sentence) | Self::Conflict(sentence) => sentence.clone(),
            Self::NotFound => t.problem_not_found.to_owned(),
            Self::SetUpDone => t.problem_set_up_done.to_owned(),
            Self::SetUpLinkInvalid => t.problem_set_up_link.to_owned(),
            Self::Over(sentence) => sentence.clone(),
            Self::TooLarge => t.problem_too_large.to_owned(),
            Self::Invalid(fields) => match fields.as_slice() {
                [only] => only.message.clone(),
                _ => t.problem_invalid.to_owned(),
            },
            Self::TooMany(seconds) => fill(t.problem_too_many, &[&count(*seconds)]),
            Self::Unavailable(Unavailable::Locked) => t.problem_locked.to_owned(),
            Self::Unavailable(Unavailable::Full) => t.problem_full.to_owned(),
            Self::Unavailable(Unavailable::ReadOnly) => t.problem_read_only.to_owned(),
            Self::Internal(reference) => fill(t.problem_internal, &[reference]),
            Self::NoAnswer => t.problem_no_answer.to_owned(),
        }
    }

    /// The sentence of one field, where it has one.
    pub fn of_field(&self, field: &str) -> Option<&str> {
        match self {
            Self::Invalid(fields) => {
                fields.iter().find(|problem| problem.field == field).map(|p| p.message.as_str())
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Problem {}

#[cfg(feature = "server-fn")]
mod wire {
    use server_fn::error::{FromServerFnError, ServerFnErrorErr};

    use super::Problem;

    impl FromServerFnError for Problem {
        type Encoder = crate::wire::Wire;

        fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
            match error {
                ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                    Self::Invalid(Vec::new())
                }
                // What can't be read comes from another version or from in between.
                _ => Self::NoAnswer,
            }
        }
    }
}
