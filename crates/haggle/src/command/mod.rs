//! The commands, their flags, and the settings that come with them.

mod attachments;
mod check;
mod conformance;
mod export;
mod health;
mod import;
mod jobs;
mod mail_in;
mod migrate;
mod old_chat;
mod process;
mod push_key;
mod serve;
mod token;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use chat_postgres::legacy_copy::time_zone;

use self::{migrate::Wishes, old_chat::Way, process::fail};
use crate::{
    http::{self, asyncapi},
    settings::{DEFAULT_FILE, Purpose, Settings, Sources, Wrong, table::all},
    stdout::say,
};

/// Settings that cannot be used, as wrong flags do.
const WRONG_SETTINGS: u8 = 2;

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let matches = command().get_matches();
    let Some((name, matches)) = matches.subcommand() else {
        return ExitCode::from(WRONG_SETTINGS);
    };
    match name {
        "check" => check::run(settings(matches, Purpose::Serve)),
        "openapi" => openapi(),
        "asyncapi" => asyncapi(),
        "conformance" => conformance::run(matches),
        _ => with_settings(name, matches).unwrap_or_else(|wrong| {
            for wrong in &wrong {
                eprintln!("haggle: {wrong}");
            }
            ExitCode::from(WRONG_SETTINGS)
        }),
    }
}

fn with_settings(name: &str, matches: &ArgMatches) -> Result<ExitCode, Vec<Wrong>> {
    Ok(match name {
        "serve" => serve::run(settings(matches, Purpose::Serve)?, false),
        "demo" => serve::run(settings(matches, Purpose::Other)?, true),
        "migrate" => match way(matches) {
            Some(way) => old_chat::run(&settings(matches, Purpose::Other)?, way),
            None => migrate::run(
                &settings(matches, Purpose::Other)?,
                &wishes(matches),
                matches
                    .get_one::<String>("print-grants")
                    .map(String::as_str),
            ),
        },
        "attachments" => attachments::run(&settings(matches, Purpose::Other)?, matches)?,
        "import" => import::run(&settings(matches, Purpose::Other)?, matches),
        "export" => export::run(&settings(matches, Purpose::Other)?, matches)?,
        "jobs" => jobs::run(&settings(matches, Purpose::Other)?, matches),
        "health" => health::run(&settings(matches, Purpose::Other)?),
        "mail-in" => mail_in::run(&settings(matches, Purpose::Other)?, matches),
        "push-key" => push_key::run(matches),
        "token" => token::run(&settings(matches, Purpose::Other)?, matches)?,
        _ => ExitCode::from(WRONG_SETTINGS),
    })
}

/// Where an old chat that was moved goes from here; nothing: it is moved.
fn way(matches: &ArgMatches) -> Option<Way> {
    let is = |flag: &str| matches.get_flag(flag);
    match (is("revert"), is("finish"), is("restore")) {
        (true, ..) => Some(Way::Revert { is_sure: is("yes") }),
        (_, true, _) => Some(Way::Finish),
        (.., true) => Some(Way::Restore),
        _ => None,
    }
}

/// Of an old chat: one of them at a time, and none beside a migration.
fn ways() -> [Arg; 4] {
    let all = ["revert", "finish", "restore"];
    let way = |name: &'static str| {
        let others = all.into_iter().filter(|other| *other != name);
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .conflicts_with_all(others.chain(["dry-run", "print-grants"]))
    };
    [
        way("revert").help("Takes Haggle away again; the old chat has everything"),
        way("finish").help("Puts the old chat's tables aside, and views in their place"),
        way("restore").help("Undoes --finish"),
        Arg::new("yes")
            .long("yes")
            .action(ArgAction::SetTrue)
            .requires("revert")
            .help("Does not ask"),
    ]
}

fn wishes(matches: &ArgMatches) -> Wishes {
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    Wishes {
        dry_run: matches.get_flag("dry-run"),
        time_zone: matches.get_one::<String>("time-zone").cloned(),
        files: path("files"),
        report: path("report"),
    }
}

/// Of the chat that the marketplace had before.
fn old_chat_args() -> [Arg; 3] {
    let path = |name: &'static str| {
        let arg = Arg::new(name).long(name).conflicts_with("print-grants");
        arg.value_parser(value_parser!(PathBuf))
    };
    [
        Arg::new("time-zone")
            .long("time-zone")
            .value_name("ZONE")
            .conflicts_with("print-grants")
            .value_parser(time_zone)
            .help("Zone of the old chat's times: Europe/Berlin or +02:00 [default: UTC]"),
        path("files")
            .value_name("FOLDER")
            .help("Takes files of the old chat along whose paths begin at the root of this folder"),
        path("report")
            .value_name("FILE")
            .help("Where the report of the old chat goes [default: legacy-report.jsonl in the data folder]"),
    ]
}

fn command() -> Command {
    let dry_run = Arg::new("dry-run")
        .long("dry-run")
        .action(ArgAction::SetTrue);
    let print_grants = Arg::new("print-grants")
        .long("print-grants")
        .value_name("ROLE")
        .conflicts_with("dry-run")
        .help("Only prints the least rights that this role of the database needs");
    let user = Arg::new("user")
        .long("user")
        .value_name("ID")
        .required(true);
    let ttl = Arg::new("ttl")
        .long("ttl")
        .value_name("TIME")
        .default_value("1h");
    let config = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .global(true)
        .value_parser(value_parser!(PathBuf))
        .help("Settings file [HAGGLE_CONFIG] [default: haggle.toml, when there is one]");
    let settings = all().map(|setting| {
        let default = match setting.default {
            "" => String::new(),
            default => format!(" [default: {default}]"),
        };
        Arg::new(setting.env)
            .long(setting.flag())
            .value_name("VALUE")
            .global(true)
            .hide_short_help(setting.is_rare)
            .help_heading("Settings")
            .help(format!("{} [{}]{default}", setting.help, setting.env))
    });
    Command::new("haggle")
        .version(env!("CARGO_PKG_VERSION"))
        .about("The chat server of a marketplace")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(config)
        .args(settings)
        .subcommand(Command::new("serve").about("Runs the server; migrates first"))
        .subcommand(
            Command::new("demo").about("Runs a server with a demo marketplace and demo login"),
        )
        .subcommand(
            Command::new("migrate")
                .about("Creates or upgrades the schema, and moves the chat that was there before")
                .arg(dry_run.help("Only says what it would do"))
                .args(old_chat_args())
                .arg(print_grants)
                .args(ways()),
        )
        .subcommand(attachments::command())
        .subcommand(import::command())
        .subcommand(export::command())
        .subcommand(jobs::command())
        .subcommand(
            Command::new("token")
                .about("Prints a signed token")
                .arg(user.help("The user whom it proves"))
                .arg(ttl.help("How long it is good: 90s, 5m, 1h, 2d")),
        )
        .subcommand(
            Command::new("check")
                .about("Tries settings, database, Redis, object store and mail server"),
        )
        .subcommand(
            Command::new("health").about(
                "Asks the server at the address of the settings; exit 1 if it does not answer",
            ),
        )
        .subcommand(conformance::command())
        .subcommand(mail_in::command())
        .subcommand(push_key::command())
        .subcommand(Command::new("openapi").about("Prints the OpenAPI document"))
        .subcommand(Command::new("asyncapi").about("Prints the AsyncAPI document of the socket"))
}

fn settings(matches: &ArgMatches, purpose: Purpose) -> Result<Settings, Vec<Wrong>> {
    let mut sources = Sources::default();
    for setting in all() {
        if let Some(value) = matches.get_one::<String>(setting.env) {
            sources.flag(setting, value.clone());
        }
    }
    sources.environment(|name| env::var_os(name));
    let named = matches.get_one::<PathBuf>("config").cloned();
    match named.or_else(|| env::var_os("HAGGLE_CONFIG").map(PathBuf::from)) {
        Some(file) => sources.file(&file, true),
        None => sources.file(Path::new(DEFAULT_FILE), false),
    }
    Settings::check(sources, purpose)
}

fn openapi() -> ExitCode {
    match http::document().to_pretty_json() {
        Ok(document) => say(&document),
        Err(error) => return fail(&error),
    }
    ExitCode::SUCCESS
}

fn asyncapi() -> ExitCode {
    say(&format!("{:#}", asyncapi::document()));
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_flags_are_consistent() {
        super::command().debug_assert();
    }
}
