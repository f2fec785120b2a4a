//! `haggle jobs`: what waits in the outbox, and what failed.

use std::{process::ExitCode, sync::Arc};

use chat::{
    error::StorageError,
    ids::JobId,
    job::{Job, JobQuery},
    storage::Jobs,
};
use chat_postgres::PgStorage;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::process::{block_on, fail};
use crate::{database::Database, logging, settings::Settings, stdout::say};

/// Jobs that are asked for at a time.
const PAGE: i64 = 200;

pub fn command() -> Command {
    Command::new("jobs")
        .about("Lists jobs of the outbox, one on a line")
        .arg(
            Arg::new("dead")
                .long("dead")
                .action(ArgAction::SetTrue)
                .help("Those that failed, and are not tried again by themselves"),
        )
        .arg(
            Arg::new("replay")
                .long("replay")
                .value_name("ID|all")
                .conflicts_with("dead")
                .help("Has one of those, or all of them, tried again"),
        )
}

pub fn run(settings: &Settings, matches: &ArgMatches) -> ExitCode {
    logging::install(&settings.log);
    let replay = matches.get_one::<String>("replay").map(String::as_str);
    let dead = matches.get_flag("dead");
    block_on(async {
        let database = match Database::open(settings).await {
            Ok(database) => database,
            Err(error) => return fail(&error),
        };
        let code = match PgStorage::connect(&database.options(settings)).await {
            Ok(storage) => {
                let code = asked(&storage, replay, dead).await;
                storage.close().await;
                code
            }
            Err(error) => fail(&error),
        };
        database.close().await;
        code
    })
}

async fn asked(storage: &Arc<PgStorage>, replay: Option<&str>, dead: bool) -> ExitCode {
    let done = match replay {
        Some(which) => self::replay(storage, which).await,
        None => list(storage, dead).await.map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => fail(&"there is no such job that failed"),
        Err(error) => fail(&error),
    }
}

/// `false`: the one that was named is not there, or not dead.
async fn replay(storage: &Arc<PgStorage>, which: &str) -> Result<bool, StorageError> {
    let id = (which != "all").then(|| JobId::new(which));
    let count = storage.replay(id.as_ref()).await?;
    if count > 0 || id.is_none() {
        say(&format!("{count} to be tried again"));
    }
    Ok(count > 0 || id.is_none())
}

async fn list(storage: &Arc<PgStorage>, dead: bool) -> Result<(), StorageError> {
    let mut query = JobQuery {
        dead,
        after: None,
        limit: PAGE,
    };
    loop {
        let page = storage.list(&query).await?;
        for job in &page {
            say(&line(job));
        }
        match page.last() {
            Some(last) if page.len() == usize::try_from(PAGE).unwrap_or(0) => {
                query.after = Some(last.id.clone());
            }
            _ => return Ok(()),
        }
    }
}

/// Columns between tabs, the error last: it may hold anything but a tab or a line's end.
fn line(job: &Job) -> String {
    let at = job
        .dead_at
        .map_or_else(|| format!("due {}", job.due_at), |at| format!("dead {at}"));
    let error = job.last_error.as_deref().unwrap_or_default();
    let error = error.replace(|c: char| c.is_control(), " ");
    let (id, kind, attempts) = (&job.id, &job.kind, job.attempts);
    format!("{id}\t{kind}\tattempts {attempts}\t{at}\t{error}")
}
