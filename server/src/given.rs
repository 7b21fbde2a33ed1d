//! The settings as flags of `serve` with their environment variables, out of the one table.
//!
//! The time zone is a flag of every command, and stands in `cli`.

use std::path::absolute;
use std::sync::LazyLock;

use backend::{Zone, settings};
use clap::error::Error;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use model::settings::{Kind, Setting, TABLE};

/// The settings that were given, by name.
#[derive(Clone, Debug, Default)]
pub struct Given(Vec<(String, String)>);

impl Given {
    /// What was given, the time zone included.
    pub fn with_zone(self, zone: Option<Zone>) -> Vec<(String, String)> {
        let zone = zone.map(|zone| ("time_zone".to_owned(), zone.name().to_owned()));
        self.0.into_iter().chain(zone).collect()
    }
}

/// A setting with the name of its flag and its variable.
struct Flag {
    setting: &'static Setting,
    long: String,
    variable: String,
}

static FLAGS: LazyLock<Vec<Flag>> = LazyLock::new(|| {
    let flags = TABLE.iter().filter(|setting| !matches!(setting.kind, Kind::Zone));
    flags
        .map(|setting| Flag {
            setting,
            long: setting.name.replace('_', "-"),
            variable: setting.variable(),
        })
        .collect()
});

impl Args for Given {
    fn augment_args(command: Command) -> Command {
        FLAGS.iter().fold(command, |command, flag| {
            let setting = flag.setting;
            let arg = Arg::new(setting.name)
                .long(flag.long.as_str())
                .env(flag.variable.as_str())
                .value_name(value_name(setting.kind))
                .help(setting.label())
                .long_help(setting.hint())
                .help_heading("Settings, which can't be changed on their page then")
                .value_parser(move |typed: &str| value(setting, typed));
            command.arg(arg)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut given = Self::default();
        given.update_from_arg_matches(matches)?;
        Ok(given)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for flag in FLAGS.iter() {
            if let Some(value) = matches.get_one::<String>(flag.setting.name) {
                self.0.push((flag.setting.name.to_owned(), value.clone()));
            }
        }
        Ok(())
    }
}

/// The value that was typed; a folder counts from where the command was typed.
fn value(setting: &Setting, typed: &str) -> Result<String, String> {
    let whole = match setting.kind {
        Kind::Folder if !typed.is_empty() => {
            let path = absolute(typed).map_err(|error| error.to_string())?;
            path.to_string_lossy().into_owned()
        }
        _ => typed.to_owned(),
    };
    settings::value(setting, &whole)
}

const fn value_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Number(..) => "N",
        Kind::Switch => "on|off",
        Kind::Choice(_) => "KIND",
        Kind::View => "QUERY",
        Kind::Folder => "FOLDER",
        Kind::Interval => "TIME",
        Kind::Zone | Kind::Label => "NAME",
    }
}
