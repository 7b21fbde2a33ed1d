//! What can be typed: each command and flag, with its help. Every flag can also be given by an
//! environment variable.
//!
//! To add a command: a variant of [`Command`] and its file in `commands`.

use std::path::PathBuf;

use backend::Zone;
use backend::mail::{Sender, Smtp};
use clap::{Args, Parser, Subcommand};
use model::export::Format;
use model::import::{Delimiter, Encoding, Field};
use model::people::Role;
use model::text::export::text;

use crate::given::Given;
use crate::public_url::PublicUrl;

/// Rollcall: who is on your platform, on one page.
#[derive(Debug, Parser)]
#[command(name = "rollcall", version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "Begin with `rollcall serve`, then open the link that it prints. \
    ROLLCALL_LOG sets what is logged, for example `debug` or `info,sqlx=debug`.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the dashboard
    Serve(Box<Serve>),
    /// Add invented people, to look around with or to measure
    Demo(Demo),
    /// Manage administrators
    #[command(subcommand)]
    Admin(Admin),
    /// Change one person
    #[command(subcommand)]
    User(User),
    /// Add people from a CSV, TSV or XLSX file, or a list of e-mail addresses
    Import(Import),
    /// Write people into a CSV, XLSX or JSON file
    Export(Export),
    /// Copy the database, as it is now, into a new file
    Backup(Backup),
    /// Compute all counters anew, and say which were wrong
    Recount(Place),
    /// Check the audit log
    #[command(subcommand)]
    Audit(Audit),
}

/// Where the data is.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// The SQLite file; made where it is missing
    #[arg(
        long,
        env = "ROLLCALL_DATABASE",
        value_name = "FILE",
        default_value = "data/rollcall.db"
    )]
    pub database: PathBuf,
    /// The time zone whose days count, such as Europe/Vienna; that of the settings without it
    #[arg(long, env = "ROLLCALL_TIME_ZONE", value_name = "NAME")]
    pub time_zone: Option<Zone>,
}

/// Serves the dashboard.
#[derive(Args, Debug)]
pub struct Serve {
    /// Where to listen
    #[arg(long, env = "ROLLCALL_ADDR", value_name = "HOST:PORT", default_value = "127.0.0.1:3000")]
    pub addr: String,
    /// The address that people open, where it is another than the one listened on
    ///
    /// It decides whose forms are accepted, how the cookie is kept, and what links begin with.
    /// https, except for this machine alone.
    #[arg(long, env = "ROLLCALL_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// Believe the proxy in front (X-Forwarded-For) about where requests come from
    ///
    /// Only with a proxy that sets it: attempts to sign in are counted by address.
    #[arg(long, env = "ROLLCALL_TRUST_PROXY")]
    pub trust_proxy: bool,
    /// The folder of the page files, in a build that does not carry them
    #[arg(
        long,
        env = "ROLLCALL_SITE",
        value_name = "FOLDER",
        default_value = "target/site",
        hide = true
    )]
    pub site: PathBuf,
    /// How it sends mails.
    #[command(flatten)]
    pub post: Post,
    /// Settings that can't be changed on the page then.
    #[command(flatten)]
    pub given: Given,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

/// How mails are sent.
#[derive(Args, Debug)]
pub struct Post {
    /// The mail server, such as smtps://user:password@mail.example.com or smtp://localhost:25;
    /// without one, mails are kept and can be read on the page Outbox
    ///
    /// smtp:// is encrypted by STARTTLS, but not on this machine, nor with ?tls=none.
    #[arg(
        long,
        env = "ROLLCALL_SMTP_URL",
        value_name = "URL",
        hide_env_values = true,
        requires = "mail_from"
    )]
    pub smtp_url: Option<Smtp>,
    /// Who mails come from, such as rollcall@example.com or 'Rollcall <rollcall@example.com>'
    #[arg(long, env = "ROLLCALL_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<Sender>,
}

/// Adds invented people.
#[derive(Args, Debug)]
pub struct Demo {
    /// How many people
    #[arg(long, env = "ROLLCALL_USERS", value_name = "N", default_value_t = 5_000)]
    pub users: u64,
    /// Which people: the same number gives the same ones
    #[arg(long, env = "ROLLCALL_SEED", value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Also create the administrator `admin` with a random password, where there is nobody yet who
    /// can sign in
    #[arg(long, env = "ROLLCALL_WITH_ADMIN")]
    pub with_admin: bool,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

/// Manages administrators.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Create an administrator
    Create(AdminCreate),
}

/// Creates an administrator.
#[derive(Args, Debug)]
pub struct AdminCreate {
    /// Their username
    #[arg(long, env = "ROLLCALL_USERNAME", value_name = "NAME")]
    pub username: String,
    /// Their e-mail address
    #[arg(long, env = "ROLLCALL_EMAIL", value_name = "ADDRESS")]
    pub email: String,
    /// Read the password from the standard input, up to the end of the line
    #[arg(long, env = "ROLLCALL_PASSWORD_STDIN", required = true)]
    pub password_stdin: bool,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

/// Changes one person.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Keep someone out until they are reactivated; their sessions end at once
    Suspend(Person),
    /// Let someone in again who was suspended
    Reactivate(Person),
    /// Bring someone back from Recently deleted
    Restore(Person),
    /// Move someone to Recently deleted; their sessions end at once
    Delete(Person),
    /// Give someone a role
    SetRole(SetRole),
    /// Invite someone; the server sends the mail
    Invite(Invite),
    /// Set someone's password, or make a link with which they set it themselves
    ResetPassword(ResetPassword),
}

/// Invites someone.
#[derive(Args, Debug)]
pub struct Invite {
    /// Their e-mail address
    #[arg(value_name = "E-MAIL")]
    pub email: String,
    /// Their role: user, manager or administrator
    #[arg(long, env = "ROLLCALL_ROLE", value_name = "ROLE", default_value = "user", value_parser = role)]
    pub role: Role,
    /// Print the link of the invitation; whoever opens it can accept it, once
    #[arg(long, env = "ROLLCALL_PRINT_LINK")]
    pub print_link: bool,
    /// Where links lead.
    #[command(flatten)]
    pub links: Links,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

/// Sets a password.
#[derive(Args, Debug)]
#[group(id = "password", required = true, multiple = false, args = ["password_stdin", "link"])]
pub struct ResetPassword {
    /// Whom.
    #[command(flatten)]
    pub who: Person,
    /// Read the new password from the standard input, up to the end of the line
    #[arg(long, env = "ROLLCALL_PASSWORD_STDIN")]
    pub password_stdin: bool,
    /// Print a link that sets a new password, once, within a day
    #[arg(long, env = "ROLLCALL_LINK")]
    pub link: bool,
    /// Where links lead.
    #[command(flatten)]
    pub links: Links,
}

/// Where printed links lead.
#[derive(Args, Debug)]
pub struct Links {
    /// The address that people open, which links begin with
    #[arg(
        long,
        env = "ROLLCALL_PUBLIC_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:3000"
    )]
    pub public_url: PublicUrl,
}

/// Whom a command is about.
#[derive(Args, Debug)]
pub struct Person {
    /// Their username, e-mail address, or number such as '#12'
    #[arg(value_name = "NAME|E-MAIL|#ID")]
    pub name: String,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

/// Gives someone a role.
#[derive(Args, Debug)]
pub struct SetRole {
    /// Whom.
    #[command(flatten)]
    pub who: Person,
    /// The role: user, manager or administrator
    #[arg(value_name = "ROLE", value_parser = role)]
    pub role: Role,
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(&word.to_lowercase())
        .ok_or_else(|| "use user, manager or administrator".to_owned())
}

/// Adds people from a file.
#[derive(Args, Debug)]
pub struct Import {
    /// The file: CSV, TSV, XLSX or one e-mail address on each line; `-` for the standard input
    pub file: PathBuf,
    /// What stands between two cells, where it is not what was found: comma, semicolon or tab
    #[arg(long, env = "ROLLCALL_DELIMITER", value_name = "NAME", value_parser = delimiter)]
    pub delimiter: Option<Delimiter>,
    /// The encoding of the text, where it is not what was found: utf-8 or windows-1252
    #[arg(long, env = "ROLLCALL_ENCODING", value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// Whether the first row names the columns: yes or no
    #[arg(long, env = "ROLLCALL_HEADER", value_name = "YES|NO", value_parser = yes_or_no)]
    pub header: Option<bool>,
    /// The sheet of a spreadsheet, by its name or its number from 1
    #[arg(long, env = "ROLLCALL_SHEET", value_name = "NAME")]
    pub sheet: Option<String>,
    /// Which column holds a field, by its number from 1 or its heading: --map email=2. May be given
    /// for several fields
    ///
    /// Fields: email, username, name, given-name, family-name, phone, country-code, role, created,
    /// promo-code, origin, birth-date, about.
    #[arg(long, env = "ROLLCALL_MAP", value_name = "FIELD=COLUMN", value_parser = mapping, value_delimiter = ',')]
    pub map: Vec<(Field, String)>,
    /// Show how the file is read and what would become of it, and change nothing
    #[arg(long, env = "ROLLCALL_DRY_RUN")]
    pub dry_run: bool,
    /// Write the rows that were not taken into this CSV file, to be corrected and imported
    #[arg(long, env = "ROLLCALL_BAD_ROWS", value_name = "FILE")]
    pub bad_rows: Option<PathBuf>,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

fn delimiter(typed: &str) -> Result<Delimiter, String> {
    let by_character = || Delimiter::ALL.iter().find(|d| typed.as_bytes() == [d.byte()]).copied();
    Delimiter::from_word(&typed.to_lowercase())
        .or_else(by_character)
        .ok_or_else(|| "use comma, semicolon or tab".to_owned())
}

fn encoding(typed: &str) -> Result<Encoding, String> {
    Encoding::from_word(&typed.to_lowercase()).ok_or_else(|| "use utf-8 or windows-1252".to_owned())
}

fn yes_or_no(typed: &str) -> Result<bool, String> {
    match typed.to_lowercase().as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("use yes or no".to_owned()),
    }
}

fn mapping(typed: &str) -> Result<(Field, String), String> {
    let (field, column) = typed.split_once('=').ok_or("write FIELD=COLUMN, such as email=2")?;
    let field = Field::from_word(&field.trim().to_lowercase()).ok_or_else(|| {
        let words: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
        format!("there is no field '{field}'; the fields are {}", words.join(", "))
    })?;
    Ok((field, column.trim().to_owned()))
}

/// Writes people into a file.
#[derive(Args, Debug)]
pub struct Export {
    /// The kind of file: csv, xlsx or json
    #[arg(long, env = "ROLLCALL_FORMAT", value_name = "KIND", default_value = "csv", value_parser = format)]
    pub format: Format,
    /// The view whose rows and columns to write, as the address of the users page has it; without
    /// it, everybody with everything
    #[arg(long, env = "ROLLCALL_QUERY", value_name = "QUERY")]
    pub query: Option<String>,
    /// The file; the standard output without it
    #[arg(long, env = "ROLLCALL_OUTPUT", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

fn format(word: &str) -> Result<Format, String> {
    Format::from_word(word).ok_or_else(|| text().format_unknown.to_owned())
}

/// Copies the database.
#[derive(Args, Debug)]
pub struct Backup {
    /// The new file
    ///
    /// The key file beside the database is not in it; keep a copy of that as well.
    pub file: PathBuf,
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
}

/// Checks the audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Check that no entry was changed, added or cut off
    Verify(Place),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_flag_has_its_variable_and_its_help() {
        fn walk(command: &clap::Command) {
            for arg in command.get_arguments() {
                let name = arg.get_id().as_str();
                if matches!(name, "help" | "version") {
                    continue;
                }
                assert!(arg.get_help().is_some(), "{name} has help");
                if let Some(long) = arg.get_long() {
                    let variable = format!("ROLLCALL_{}", long.to_uppercase().replace('-', "_"));
                    assert_eq!(arg.get_env().and_then(|env| env.to_str()), Some(&*variable));
                }
            }
            for sub in command.get_subcommands() {
                assert!(sub.get_about().is_some(), "{} has help", sub.get_name());
                walk(sub);
            }
        }
        let command = Cli::command();
        command.clone().debug_assert();
        walk(&command);
    }
}
