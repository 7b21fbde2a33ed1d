//! Set-up: the one-time link, the first administrator, and further ones from the command line.
//!
//! The link's token lives in the memory of the process that printed it ([`SetUp`]); the database
//! decides who was first. Both ways to make an administrator end in `insert`.

mod sql;

use std::sync::Mutex;

use model::people::Role;
use model::text::text;
use model::{FieldProblem, Problem};
use serde_json::json;

use crate::audit::{self, Action};
use crate::db::Tx;
use crate::sessions::Source;
use crate::settings::Settings;
use crate::users::{fold, referral, validate};
use crate::{Actor, Admin, Backend, Result, passwords, sessions};

/// What an administrator is made of, as typed.
#[derive(Clone, Copy, Debug)]
pub struct AdminForm<'a> {
    /// Username.
    pub username: &'a str,
    /// E-mail address.
    pub email: &'a str,
    /// Password.
    pub password: &'a str,
}

/// The one-time link of a process that found nobody to administer the installation.
pub struct SetUp(Mutex<Option<String>>);

impl SetUp {
    /// Draws a token where one is needed.
    ///
    /// # Errors
    /// Where the database or randomness fails.
    pub async fn begin(backend: &Backend) -> Result<Self> {
        let token = match is_needed(backend).await? {
            true => Some(sessions::random_token()?),
            false => None,
        };
        Ok(Self(Mutex::new(token)))
    }

    /// The token for the link, while set-up is not done.
    pub fn token(&self) -> Option<String> {
        self.lock().clone()
    }

    /// Whether a link's token opens the set-up page.
    ///
    /// # Errors
    /// [`Problem::SetUpDone`] once there is an administrator, [`Problem::SetUpLinkInvalid`] for
    /// another token than the printed one.
    pub async fn check(&self, backend: &Backend, token: &str) -> Result<()> {
        if !is_needed(backend).await? {
            return Err(Problem::SetUpDone.into());
        }
        let good = self.lock().as_ref().is_some_and(|ours| {
            bool::from(subtle::ConstantTimeEq::ct_eq(ours.as_bytes(), token.as_bytes()))
        });
        if good { Ok(()) } else { Err(Problem::SetUpLinkInvalid.into()) }
    }

    /// Makes the first administrator and uses the link up. Returns the administrator's number.
    ///
    /// # Errors
    /// As [`SetUp::check`], and [`Problem::Invalid`] with each field that needs a change.
    pub async fn complete(
        &self,
        backend: &Backend,
        token: &str,
        form: AdminForm<'_>,
        source: &Source,
    ) -> Result<i64> {
        self.check(backend, token).await?;
        let checked = Checked::of(backend, form).await?;
        let hash = passwords::hash(form.password).await?;
        let mut tx = backend.db().begin().await?;
        // Asked again under the write lock: of many who got here, the first one is alone.
        if sql::has_administrator(&mut tx, backend.now()).await? {
            return Err(Problem::SetUpDone.into());
        }
        let id = insert(backend, &mut tx, &checked, &hash).await?;
        let actor = Actor::new(id, &checked.username, &source.address);
        audit::record(backend, &mut tx, &actor, Action::SetUp, id, &checked.details()).await?;
        tx.commit().await?;
        self.lock().take();
        Ok(id)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Whether there is no administrator who can sign in.
///
/// # Errors
/// Where the database fails.
pub async fn is_needed(backend: &Backend) -> Result<bool> {
    let mut connection = backend.db().read().acquire().await?;
    Ok(!sql::has_administrator(&mut connection, backend.now()).await?)
}

/// Makes an administrator, whoever is there already, and returns their number.
///
/// # Errors
/// [`Problem::Invalid`] with each field that needs a change.
pub async fn create_admin(backend: &Backend, admin: &Admin, form: AdminForm<'_>) -> Result<i64> {
    let checked = Checked::of(backend, form).await?;
    let hash = passwords::hash(form.password).await?;
    let mut tx = backend.db().begin().await?;
    let id = insert(backend, &mut tx, &checked, &hash).await?;
    let details = checked.details();
    audit::record(backend, &mut tx, admin.actor(), Action::AdminCreated, id, &details).await?;
    tx.commit().await?;
    Ok(id)
}

/// The fields once they keep to the rules.
struct Checked {
    username: String,
    email: String,
    email_key: String,
}

impl Checked {
    async fn of(backend: &Backend, form: AdminForm<'_>) -> Result<Self> {
        let least = Settings::now(backend).await?.password_min_length;
        let password = passwords::check(form.password, least)
            .map_err(|refused| problem("password", &refused.sentence()));
        match (validate::username(form.username), validate::email(form.email), password) {
            (Ok(username), Ok(email), Ok(())) => {
                let email_key = fold::email_key(&email);
                Ok(Self { username, email, email_key })
            }
            (username, email, password) => {
                let problems = [username.err(), email.err(), password.err()];
                Err(Problem::Invalid(problems.into_iter().flatten().collect()).into())
            }
        }
    }

    fn details(&self) -> serde_json::Value {
        json!({
            "username": self.username,
            "email": self.email,
            "role": Role::Administrator.word(),
        })
    }
}

fn problem(field: &str, message: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned() }
}

async fn insert(backend: &Backend, tx: &mut Tx, person: &Checked, hash: &str) -> Result<i64> {
    let Checked { username, email, email_key } = person;
    let taken = [
        sql::has_username(tx, username)
            .await?
            .then(|| problem("username", text().field_username_taken)),
        sql::has_email(tx, email_key).await?.then(|| problem("email", text().field_email_taken)),
    ];
    let taken: Vec<FieldProblem> = taken.into_iter().flatten().collect();
    if !taken.is_empty() {
        return Err(Problem::Invalid(taken).into());
    }
    let now = backend.now();
    let row = sql::Administrator {
        email,
        email_key,
        username,
        name_key: &fold::name_key("", username, email),
        search_text: &fold::search_text("", username, email, ""),
        password_hash: hash,
        referral_code: &referral::new(tx).await?,
        now,
        day: backend.zone().day(now),
    };
    sql::insert(tx, &row).await
}
