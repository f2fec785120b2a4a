//! `haggle export`: conversations into files that `haggle import` reads.

use std::{path::PathBuf, process::ExitCode};

use chat::timestamp::Timestamp;
use chat_postgres::{ExportScope, SourceTime};
use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser, value_parser};

use super::process::{block_on, fail, without_slow_statements};
use crate::{
    database::Database,
    logging,
    object_store::Store,
    settings::{Settings, Wrong},
    transfer::{Format, export, parse_time},
};

pub fn command() -> Command {
    let text =
        |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    Command::new("export")
        .about("Writes conversations into files")
        .after_help("The formats are described in docs/importing.md.")
        .arg(text("user", "ID").help("Only conversations in which this person is, or has written"))
        .arg(text("conversation", "ID").help("Only this one"))
        .arg(text("since", "TIME").help("Only messages since then, like 2026-03-01T00:00:00Z"))
        .arg(
            text("format", "FORMAT")
                .value_parser(PossibleValuesParser::new(Format::WRITTEN))
                .default_value("jsonl")
                .help("What is written"),
        )
        .arg(
            text("to", "PATH")
                .value_parser(value_parser!(PathBuf))
                .help("A file, for csv a folder [default: standard output]"),
        )
        .arg(
            text("files", "FOLDER")
                .value_parser(value_parser!(PathBuf))
                .help("Copies the bytes of files there too"),
        )
}

pub fn run(settings: &Settings, matches: &ArgMatches) -> Result<ExitCode, Vec<Wrong>> {
    let wanted = wanted(matches).map_err(|wrong| vec![wrong])?;
    logging::install(&without_slow_statements(&settings.log));
    Ok(block_on(async {
        let store = match Store::of(settings) {
            Ok(store) => store,
            Err(reason) => return fail(&format!("HAGGLE_OBJECT_STORE {reason}")),
        };
        let database = match Database::open(settings).await {
            Ok(database) => database,
            Err(error) => return fail(&error),
        };
        let options = database.options(settings);
        let done = export::run(&wanted, &options, &store).await;
        database.close().await;
        match done {
            Ok(exported) => {
                tracing::info!(
                    user = wanted.scope.user.as_deref(),
                    conversation = wanted.scope.conversation.as_deref(),
                    conversations = exported.conversations,
                    messages = exported.messages,
                    "conversations were exported"
                );
                // Standard output may be the export itself.
                eprintln!(
                    "haggle: {} conversations, {} messages, {} files",
                    exported.conversations, exported.messages, exported.files
                );
                if exported.missing > 0 {
                    let missing = exported.missing;
                    return fail(&format!(
                        "the bytes of {missing} files are not in the object store"
                    ));
                }
                ExitCode::SUCCESS
            }
            Err(error) => fail(&error),
        }
    }))
}

fn wanted(matches: &ArgMatches) -> Result<export::Wanted, Wrong> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    let format = text("format").and_then(|name| Format::named(&name));
    let format = format.unwrap_or(Format::JsonLines);
    let to = path("to");
    if format == Format::Csv && to.is_none() {
        return Err(Wrong::new(
            "--to",
            "is needed for csv: a folder for its two files",
        ));
    }
    Ok(export::Wanted {
        scope: ExportScope {
            user: text("user"),
            conversation: text("conversation"),
            since: text("since").map(|text| since(&text)).transpose()?,
        },
        format,
        to,
        files: path("files"),
    })
}

fn since(text: &str) -> Result<Timestamp, Wrong> {
    match parse_time(text) {
        Some(SourceTime::Instant(at)) => Ok(at),
        _ => Err(Wrong::new(
            "--since",
            "is no time like 2026-03-01T00:00:00Z",
        )),
    }
}
