//! `haggle migrate --revert`, `--finish` and `--restore`: what can be done about the old chat once it was
//! moved.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use chat_postgres::{PgError, PgOptions};

use super::process::{block_on, fail};
use crate::{database::Database, logging, settings::Settings, stdout::say};

/// Where the move goes from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Revert { is_sure: bool },
    Finish,
    Restore,
}

pub fn run(settings: &Settings, way: Way) -> ExitCode {
    logging::install(&settings.log);
    block_on(async {
        if settings.database_url.is_none() {
            let why = "an old chat is in the marketplace's database: DATABASE_URL is missing";
            return fail(&why);
        }
        let database = match Database::open(settings).await {
            Ok(database) => database,
            Err(error) => return fail(&error),
        };
        let options = database.options(settings);
        let done = go(&options, way).await;
        database.close().await;
        match done {
            Ok(lines) => {
                for line in &lines {
                    say(line);
                }
                ExitCode::SUCCESS
            }
            Err(error) => fail(&error),
        }
    })
}

async fn go(options: &PgOptions, way: Way) -> Result<Vec<String>, PgError> {
    match way {
        Way::Revert { is_sure } => {
            for line in chat_postgres::losses(options).await? {
                say(&line);
            }
            if !is_sure {
                sure()?;
            }
            Ok(vec![chat_postgres::revert(options).await?])
        }
        Way::Finish => chat_postgres::finish(options).await,
        Way::Restore => chat_postgres::restore(options).await,
    }
}

/// Asks whoever sits at the terminal.
fn sure() -> Result<(), PgError> {
    let no = |why: &str| Err(PgError::OldChat(why.to_owned()));
    if !io::stdin().is_terminal() {
        return no(
            "this takes away the bridge and the schema haggle with all that is only there; --yes says that it is meant",
        );
    }
    print!("Take away the bridge and the schema haggle? Type yes: ");
    let mut answer = String::new();
    let asked = io::stdout().flush();
    let answered = asked.and_then(|()| io::stdin().read_line(&mut answer));
    match answered {
        Ok(_) if answer.trim() == "yes" => Ok(()),
        _ => no("nothing was changed"),
    }
}
