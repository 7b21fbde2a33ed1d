//! Adding one person: with an invitation, after which they do the rest themselves, or with a
//! password, after which they can sign in at once.

use model::people::{Role, Status};
use model::rights::{Doer, Operation};
use model::text::invitations::text as words;
use model::text::text;
use model::{FieldProblem, Problem};
use serde_json::{Value, json};
use sqlx::AnyConnection;

use super::fields::{Checking, Entered, Profile, Taken, Who, with_email, with_username};
use super::insert::{NewRow, insert};
use crate::access::Steward;
use crate::audit::{self, Action};
use crate::invitations::guard::allowed;
use crate::invitations::guard::seat_is_free;
use crate::invitations::send_in;
use crate::people::facts;
use crate::settings::Settings;
use crate::users::{fold, shown_name, validate};
use crate::{Backend, Result, groups, passwords};

/// What was typed about somebody who is new.
#[derive(Clone, Copy, Debug, Default)]
pub struct Newcomer<'a> {
    /// E-mail address.
    pub email: &'a str,
    /// The other fields.
    pub fields: Entered<'a>,
    /// The word of their role.
    pub role: &'a str,
    /// Whether they get a seat: at once, or once they have accepted and one is free.
    pub licensed: bool,
    /// A group that they come into; a manager has to name one of their own.
    pub group: Option<i64>,
    /// For an account without an invitation.
    pub password: &'a str,
    /// Whether they have to change that when they sign in first.
    pub must_change_password: bool,
}

/// Somebody who was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Their number.
    pub id: i64,
    /// Their name, or what stands for it.
    pub name: String,
}

/// The fields in the order of the form.
const FIELDS: [&str; 9] = [
    "email",
    "display_name",
    "username",
    "password",
    "role",
    "group",
    "phone",
    "birth_date",
    "about",
];

struct Checked {
    email: String,
    profile: Profile,
    role: Role,
}

/// Invites somebody: they are pending, and the mail is in the outbox.
///
/// # Errors
/// [`Problem::Invalid`] with each field that needs a change.
pub async fn invite(backend: &Backend, steward: &Steward, form: &Newcomer<'_>) -> Result<Added> {
    let settings = Settings::now(backend).await?;
    let (checked, problems) = check(backend, &settings, form, Who::Inviter);
    let mut tx = backend.db().begin().await?;
    let doer = admitted(&mut tx, backend, steward, &checked, form, problems).await?;
    let row = NewRow {
        email: &checked.email,
        profile: &checked.profile,
        role: checked.role,
        status: Status::Pending,
        password_hash: "",
        must_change_password: false,
        licensed: false,
        seat_remembered: form.licensed,
    };
    let id = insert(&mut tx, backend, &row).await?;
    let joined = join(&mut tx, &doer, form.group, &[id]).await?;
    let mut details = checked.details(form.licensed);
    joined.note(&mut details);
    audit::record(backend, &mut tx, steward.actor(), Action::Invited, id, &details).await?;
    send_in(&mut tx, backend, steward.actor(), &[id]).await?;
    tx.commit().await?;
    Ok(checked.added(id))
}

/// Makes somebody an account with a password.
///
/// # Errors
/// [`Problem::Invalid`] with each field that needs a change.
pub async fn create(backend: &Backend, steward: &Steward, form: &Newcomer<'_>) -> Result<Added> {
    let settings = Settings::now(backend).await?;
    let (checked, problems) = check(backend, &settings, form, Who::Maker);
    // Before the transaction: it takes a while, and nobody else could write meanwhile.
    let hash = match problems.is_empty() {
        true => passwords::hash(form.password).await?,
        false => String::new(),
    };
    let mut tx = backend.db().begin().await?;
    let doer = admitted(&mut tx, backend, steward, &checked, form, problems).await?;
    if form.licensed && !seat_is_free(&mut tx).await? {
        return Err(Problem::field("licensed", words().field_no_seat).into());
    }
    let row = NewRow {
        email: &checked.email,
        profile: &checked.profile,
        role: checked.role,
        status: Status::Active,
        password_hash: &hash,
        must_change_password: form.must_change_password,
        licensed: form.licensed,
        seat_remembered: false,
    };
    let id = insert(&mut tx, backend, &row).await?;
    let joined = join(&mut tx, &doer, form.group, &[id]).await?;
    let mut details = checked.details(form.licensed);
    joined.note(&mut details);
    details["must_change_password"] = json!(form.must_change_password);
    audit::record(backend, &mut tx, steward.actor(), Action::AccountCreated, id, &details).await?;
    tx.commit().await?;
    Ok(checked.added(id))
}

/// What was typed as it would be stored, and what is wrong with it.
fn check(
    backend: &Backend,
    settings: &Settings,
    form: &Newcomer<'_>,
    who: Who,
) -> (Checked, Vec<FieldProblem>) {
    let today = backend.zone().date(backend.now());
    let mut checking = Checking::new(settings, today, who);
    let email = match (form.email.trim(), who) {
        ("", Who::Maker) if !form.fields.username.trim().is_empty() => String::new(),
        ("", Who::Maker) => {
            checking.note("email", words().field_name_needed);
            String::new()
        }
        ("", _) => {
            checking.note("email", words().field_invite_email);
            String::new()
        }
        (typed, _) => checking.take(validate::email(typed)),
    };
    let profile = checking.profile(&form.fields, &Profile::default());
    let role = match validate::role(form.role) {
        Ok(role) => role,
        Err(problem) => {
            checking.note(&problem.field, problem.message);
            Role::User
        }
    };
    if who == Who::Maker {
        checking.password(form.password, None);
    }
    (Checked { email, profile, role }, checking.problems())
}

/// Whether the steward may add somebody like this, whose names are free. All that is wrong is said at
/// once: `problems` is what was found before.
async fn admitted(
    tx: &mut AnyConnection,
    backend: &Backend,
    steward: &Steward,
    checked: &Checked,
    form: &Newcomer<'_>,
    mut problems: Vec<FieldProblem>,
) -> Result<Doer> {
    let actor = steward.actor();
    if form.licensed {
        allowed(tx, backend, actor, Operation::Licence, None).await?;
    }
    let doer = allowed(tx, backend, actor, Operation::Invite(checked.role), None).await?;
    problems.extend(taken(tx, steward, checked).await?);
    if !has_a_group(&doer, form.group) {
        problems.push(problem("group", words().field_group));
    }
    // The first one is where the form begins again.
    problems.sort_by_key(|problem| FIELDS.iter().position(|name| *name == problem.field));
    if problems.is_empty() { Ok(doer) } else { Err(Problem::Invalid(problems).into()) }
}

/// A manager's people are in a group of theirs, or they would be out of reach at once.
pub(super) fn has_a_group(doer: &Doer, group: Option<i64>) -> bool {
    doer.role == Role::Administrator || group.is_some()
}

/// The group that newcomers came into, with what it is called.
pub(super) struct Joined(Option<(i64, String)>);

impl Joined {
    /// Tells it in the entry that says how they came, so that the log has one line of it.
    pub(super) fn note(&self, details: &mut Value) {
        let Some((group, name)) = &self.0 else { return };
        details["group"] = json!(group);
        details["fields"]["groups"] = json!([[], [name]]);
    }
}

/// Puts people who are new into a group.
pub(super) async fn join(
    tx: &mut AnyConnection,
    doer: &Doer,
    group: Option<i64>,
    people: &[i64],
) -> Result<Joined> {
    let Some(group) = group else { return Ok(Joined(None)) };
    if let Err(sentence) = facts::open_group(tx, doer, group).await? {
        return Err(Problem::field("group", sentence).into());
    }
    let name = groups::insert_new(tx, group, people).await?;
    Ok(Joined(Some((group, name))))
}

/// The names that somebody has already.
async fn taken(
    tx: &mut AnyConnection,
    steward: &Steward,
    checked: &Checked,
) -> Result<Vec<FieldProblem>> {
    let mut problems = Vec::new();
    if let Some(taken) = with_email(tx, &fold::email_key(&checked.email)).await? {
        let is_shown = may_know(tx, steward, &taken).await?;
        let sentence =
            if is_shown { email_taken(taken.status) } else { words().field_email_closed };
        problems.push(problem("email", sentence));
    }
    if with_username(tx, &checked.profile.username).await?.is_some() {
        problems.push(problem("username", text().field_username_taken));
    }
    Ok(problems)
}

fn problem(field: &str, message: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned() }
}

/// Whether the steward may be told who somebody is: managers only of those whom they look after.
pub(super) async fn may_know(
    connection: &mut AnyConnection,
    steward: &Steward,
    taken: &Taken,
) -> Result<bool> {
    Ok(!groups::in_reach(connection, steward, &[taken.id]).await?.is_empty())
}

/// Why an address is not free, by whom it belongs to.
pub(super) fn email_taken(status: Status) -> &'static str {
    match status {
        Status::Pending => words().field_email_pending,
        Status::Deleted => text().field_email_deleted,
        Status::Awaiting | Status::Active | Status::Suspended => words().field_email_active,
    }
}

/// Who has an e-mail address or, without one, a username: for the page that says it is taken. Managers
/// are told of those alone whom they look after.
///
/// # Errors
/// Where the database fails.
pub async fn who_has(
    backend: &Backend,
    steward: &Steward,
    email: &str,
    username: &str,
) -> Result<Option<Taken>> {
    let mut connection = backend.db().read().acquire().await?;
    let found = match with_email(&mut connection, &fold::email_key(email)).await? {
        None => with_username(&mut connection, &username.trim().to_lowercase()).await?,
        found => found,
    };
    match found {
        Some(taken) if may_know(&mut connection, steward, &taken).await? => Ok(Some(taken)),
        _ => Ok(None),
    }
}

impl Checked {
    fn details(&self, licensed: bool) -> Value {
        let mut fields = serde_json::Map::new();
        let all = self.profile.pairs().into_iter().chain([("email", &*self.email)]);
        for (name, value) in all.filter(|(_, value)| !value.is_empty()) {
            fields.insert(name.to_owned(), json!(["", value]));
        }
        fields.insert("role".to_owned(), json!(["", self.role.word()]));
        if licensed {
            fields.insert("licence".to_owned(), json!([false, true]));
        }
        json!({ "fields": fields })
    }

    fn added(&self, id: i64) -> Added {
        let Profile { display_name, username, .. } = &self.profile;
        Added { id, name: shown_name(display_name, username, &self.email).to_owned() }
    }
}
