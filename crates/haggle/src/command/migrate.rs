//! `haggle migrate`: creates or upgrades the schema.

use std::process::ExitCode;

use chat_postgres::{Migration, PgError};

use super::process::{block_on, fail};
use crate::{
    database::{Database, directory_names},
    logging,
    settings::Settings,
    stdout::say,
};

pub fn run(settings: &Settings, dry_run: bool) -> ExitCode {
    logging::install(&settings.log);
    block_on(async {
        let database = match Database::open(settings).await {
            Ok(database) => database,
            Err(error) => return fail(&error),
        };
        let migrated = migrate(&database, settings, dry_run).await;
        database.close().await;
        match migrated {
            Ok(migration) => report(&migration, dry_run),
            Err(error) => fail(&error),
        }
    })
}

async fn migrate(
    database: &Database,
    settings: &Settings,
    dry_run: bool,
) -> Result<Migration, PgError> {
    let (options, names) = (database.options(settings), directory_names(settings));
    if dry_run {
        chat_postgres::pending(&options, &names).await
    } else {
        chat_postgres::migrate(&options, &names).await
    }
}

fn report(migration: &Migration, dry_run: bool) -> ExitCode {
    let tense = if dry_run { "would " } else { "" };
    for step in &migration.steps {
        say(&format!("{tense}{step}"));
    }
    for note in &migration.notes {
        say(&format!("note: {note}"));
    }
    if migration.steps.is_empty() {
        say("the schema is up to date");
    }
    ExitCode::SUCCESS
}
