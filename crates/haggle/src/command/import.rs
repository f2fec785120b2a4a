//! `haggle import`: conversations from files, of our own format or of other chats.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};

use super::process::{block_on, fail, without_slow_statements};
use crate::{
    clock::SystemClock,
    database::Database,
    logging,
    settings::Settings,
    stdout::say,
    transfer::{Format, import, summary},
};

pub fn command() -> Command {
    let path = |name: &'static str, value: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .value_parser(value_parser!(PathBuf))
    };
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    Command::new("import")
        .about("Takes conversations over from files")
        .after_help("The formats are described in docs/importing.md.")
        .arg(
            Arg::new("paths")
                .value_name("PATH")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help("Files, or folders with files, or - for standard input"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(PossibleValuesParser::new(Format::READ))
                .help("What the files are [default: csv where they end so, else jsonl]"),
        )
        .arg(flag("dry-run").help("Only says what it would do"))
        .arg(path("users", "FILE").help("A CSV file of ids: from the files', to the marketplace's"))
        .arg(path("files", "FOLDER").help("Where the bytes of files are that messages name"))
        .arg(
            flag("without-files")
                .conflicts_with("files")
                .help("Leaves out the files that messages name"),
        )
        .arg(
            Arg::new("time-zone")
                .long("time-zone")
                .value_name("ZONE")
                .default_value("UTC")
                .help("That of times which name none, like Europe/Berlin"),
        )
        .arg(path("report", "FILE").help(
            "Where to write what became of each row [default: import-report.jsonl in the data folder]",
        ))
}

pub fn run(settings: &Settings, matches: &ArgMatches) -> ExitCode {
    logging::install(&without_slow_statements(&settings.log));
    let wanted = wanted(settings, matches);
    block_on(async {
        let database = match Database::open(settings).await {
            Ok(database) => database,
            Err(error) => return fail(&error),
        };
        let options = database.options(settings);
        if let Err(error) = chat_postgres::migrate(&options, &settings.mapping).await {
            database.close().await;
            return fail(&error);
        }
        let mut tell = |line: &str| eprintln!("haggle: {line}");
        let clock = Arc::new(SystemClock);
        let done = import::run(&wanted, &options, settings, clock, &mut tell).await;
        database.close().await;
        match done {
            Ok((tally, report)) => {
                if wanted.dry_run {
                    say("nothing was changed; without --dry-run this would happen:");
                }
                for line in summary(&tally, wanted.dry_run) {
                    say(&line);
                }
                say(&format!("each row in question is in {}", report.display()));
                ExitCode::SUCCESS
            }
            Err(error) => fail(&error),
        }
    })
}

fn wanted(settings: &Settings, matches: &ArgMatches) -> import::Wanted {
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    let paths = matches.get_many::<PathBuf>("paths").unwrap_or_default();
    let paths: Vec<_> = paths.cloned().collect();
    let named = matches.get_one::<String>("format");
    let named = named.and_then(|name| Format::named(name));
    let zone = matches.get_one::<String>("time-zone");
    import::Wanted {
        format: named.unwrap_or_else(|| Format::of(&paths[0])),
        paths,
        users: path("users"),
        files: path("files"),
        without_files: matches.get_flag("without-files"),
        time_zone: zone.cloned().unwrap_or_default(),
        report: path("report").unwrap_or_else(|| settings.data_dir.join("import-report.jsonl")),
        dry_run: matches.get_flag("dry-run"),
    }
}
