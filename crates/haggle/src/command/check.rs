//! `haggle check`: tries everything that a server will need, one line each.

use std::{io, process::ExitCode, time::Duration};

use bytes::Bytes;
use chat_postgres::{PgError, PgOptions, Reached, SessionTable};
use cluster::{Cluster, ClusterError};
use futures_util::stream;
use redis_link::{Address, KeyReader};
use tokio::time::timeout;

use super::process::block_on;
use crate::{
    database::cluster_options,
    object_store::Store,
    reach::Session,
    scanner::Scanner,
    settings::{SessionPlace, Settings, Wrong, table},
    stdout::say,
};

/// A neighbour that takes longer is not there.
const PATIENCE: Duration = Duration::from_secs(5);

const STORE_PATIENCE: Duration = Duration::from_secs(30);

/// For a look at the rows of the host's tables.
const SURVEY: Duration = Duration::from_mins(1);

/// What was found, or what is wrong.
type Finding = Result<String, String>;

pub fn run(settings: Result<Settings, Vec<Wrong>>) -> ExitCode {
    let settings = match settings {
        Ok(settings) => settings,
        Err(wrong) => {
            let wrong: Vec<_> = wrong.iter().map(Wrong::to_string).collect();
            report("settings", Err(wrong.join("; ")));
            return ExitCode::FAILURE;
        }
    };
    block_on(async {
        let all_well = [
            report("settings", Ok("complete".to_owned())),
            report("database", database(&settings).await),
            match &settings.replica_url {
                None => true,
                Some(url) => report("replica", replica(url.expose()).await),
            },
            report("redis", redis(settings.redis.as_ref()).await),
            report("object store", object_store(&settings).await),
            report("scanner", scanner(&settings).await),
            report("smtp", mail(&settings).await),
            match host_sessions(&settings).await {
                Some(finding) => report("sessions", finding),
                None => true,
            },
            match old_chat(&settings).await {
                Some(finding) => report("old chat", finding),
                None => true,
            },
        ];
        propose(&settings).await;
        if all_well.contains(&false) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    })
}

fn report(what: &str, finding: Finding) -> bool {
    let (verdict, text, is_well) = match finding {
        Ok(text) => ("ok", text, true),
        Err(text) => ("FAILED", text, false),
    };
    say(&format!(
        "{what:<14}{verdict:<8}{}",
        text.replace('\n', " ")
    ));
    is_well
}

async fn database(settings: &Settings) -> Finding {
    let Some(url) = &settings.database_url else {
        return private_database(settings).await;
    };
    schema(url.expose(), settings).await
}

/// A cluster that was never made is not made for a check.
async fn private_database(settings: &Settings) -> Finding {
    if !settings.data_dir.join("postgres").exists() && settings.pg_bin.is_none() {
        let found = cluster::find_binaries().map_err(|error| error.to_string())?;
        let folder = found.folder.display();
        return Ok(format!(
            "PostgreSQL {} in {folder}, not started yet",
            found.version
        ));
    }
    let options = cluster_options(settings);
    let started = tokio::task::spawn_blocking(move || Cluster::start(&options)).await;
    match started.map_err(|error| error.to_string())? {
        Ok(cluster) => {
            let finding = schema(&cluster.url(cluster::NAME), settings).await;
            let stopped = tokio::task::spawn_blocking(move || cluster.stop()).await;
            stopped.map_err(|error| error.to_string()).and(finding)
        }
        Err(ClusterError::Busy { pid, .. }) => Ok(format!("private, in use by process {pid}")),
        Err(error) => Err(error.to_string()),
    }
}

async fn schema(url: &str, settings: &Settings) -> Finding {
    let options = PgOptions::new(url);
    let reached = timeout(PATIENCE, chat_postgres::reach(&options)).await;
    let reached = reached.map_err(|_| "does not answer".to_owned())?;
    let reached = reached.map_err(|error| error.to_string())?;
    let mapping = &settings.mapping;
    let pending = timeout(PATIENCE, chat_postgres::pending(&options, mapping)).await;
    let pending = pending.map_err(|_| "does not answer".to_owned())?;
    let pending = pending.map_err(|error| error.to_string())?;
    let state = match pending.steps.len() {
        0 => "reached, the schema is up to date".to_owned(),
        steps => format!("reached, {steps} steps of migration to do"),
    };
    let notes = pending.notes.into_iter();
    let survey = timeout(SURVEY, chat_postgres::survey(&options, mapping)).await;
    let found = survey.map_or_else(
        |_| {
            vec![
                "the rows of users, suppliers and products were not looked at: it takes too long"
                    .to_owned(),
            ]
        },
        |survey| survey.map_or_else(|error| vec![error.to_string()], |survey| survey.remarks),
    );
    let all: Vec<String> = std::iter::once(state)
        .chain(notes)
        .chain(found)
        .chain(remarks(&reached, settings))
        .collect();
    Ok(all.join("; "))
}

/// Where the mapping is not in place yet, or cannot be: what the tables suggest, to be pasted into
/// `haggle.toml`.
async fn propose(settings: &Settings) {
    let Some(url) = &settings.database_url else {
        return;
    };
    let options = PgOptions::new(url.expose());
    let mapping = &settings.mapping;
    let in_place = timeout(PATIENCE, chat_postgres::pending(&options, mapping)).await;
    if matches!(in_place, Ok(Ok(pending)) if pending.steps.is_empty()) {
        return;
    }
    let survey = timeout(SURVEY, chat_postgres::survey(&options, mapping)).await;
    let Ok(Ok(survey)) = survey else {
        return;
    };
    if survey.proposal.is_empty() {
        return;
    }
    say("");
    say("# What is in the database suggests this, for haggle.toml:");
    for (name, text) in &survey.proposal {
        if let Some(setting) = table::named(name) {
            say(&format!("{} = {}", setting.key(), toml_text(text)));
        }
    }
    for comment in &survey.comments {
        say(&format!("# {}", comment.replace('\n', " ")));
    }
}

/// What an operator may want to know, or to change.
fn remarks(reached: &Reached, settings: &Settings) -> Vec<String> {
    let mut remarks = Vec::new();
    if reached.is_pooled {
        let how = "through PgBouncer or another pooler, one transaction at a time";
        remarks.push(how.to_owned());
    }
    let wanted = settings.database_connections;
    if let Some(room) = reached.room.filter(|room| *room < wanted) {
        let few =
            format!("HAGGLE_DATABASE_CONNECTIONS is {wanted}, and no more than {room} are let in");
        remarks.push(few);
    }
    for name in &reached.ignored {
        remarks.push(format!(
            "the parameter {name} of DATABASE_URL means nothing to Haggle"
        ));
    }
    remarks
}

async fn replica(url: &str) -> Finding {
    match timeout(PATIENCE, chat_postgres::reach_replica(url)).await {
        Ok(Ok(Some(behind))) => Ok(format!("reached: a replica, {behind:.1} s behind")),
        Ok(Ok(None)) => {
            Ok("reached: it is no replica, and reading from it wins nothing".to_owned())
        }
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("does not answer".to_owned()),
    }
}

async fn redis(address: Option<&Address>) -> Finding {
    let Some(address) = address else {
        return Ok("off".to_owned());
    };
    match timeout(PATIENCE, crate::broker::check(address)).await {
        Ok(Ok(what)) => Ok(format!("reached: {what}")),
        Ok(Err(error)) => Err(error),
        Err(_) => Err("does not answer".to_owned()),
    }
}

/// Nothing where the host's sessions do not count.
async fn host_sessions(settings: &Settings) -> Option<Finding> {
    let sessions = settings.sessions.as_ref()?;
    let found = match (&sessions.place, &settings.database_url) {
        (SessionPlace::Redis { address, .. }, _) => {
            let keys = KeyReader::new((**address).clone());
            let read = timeout(PATIENCE, keys.read(&["haggle:0:check".to_owned()])).await;
            read.map(|read| {
                read.map(|_| "read from Redis".to_owned())
                    .map_err(|error| error.to_string())
            })
        }
        (SessionPlace::Table { name, zone }, Some(url)) => {
            let options = PgOptions::new(url.expose());
            let found = timeout(
                PATIENCE,
                SessionTable::find(&options, name, zone.as_deref()),
            )
            .await;
            found.map(|found| match found {
                Ok(table) => Ok(table.describe()),
                Err(error) => Err(error.to_string()),
            })
        }
        (SessionPlace::Table { .. }, None) => {
            let reason =
                "HAGGLE_SESSION_TABLE is in the marketplace's database: DATABASE_URL is missing";
            Ok(Err(reason.to_owned()))
        }
    };
    Some(found.unwrap_or_else(|_| Err("does not answer".to_owned())))
}

/// Nothing where there is none that keeps a server from starting.
async fn old_chat(settings: &Settings) -> Option<Finding> {
    let url = settings.database_url.as_ref()?;
    if settings.ignores_old_chat {
        return None;
    }
    let options = PgOptions::new(url.expose());
    let found = timeout(PATIENCE, chat_postgres::refuse_unmoved_chat(&options)).await;
    match found {
        Ok(Err(PgError::OldChat(why))) => Some(Err(why)),
        // Whether the database answers is a line of its own.
        _ => None,
    }
}

/// A bucket has a while longer: it asks more than once.
async fn object_store(settings: &Settings) -> Finding {
    let store = Store::of(settings).map_err(|reason| format!("HAGGLE_OBJECT_STORE {reason}"))?;
    let place = store.describe();
    match timeout(STORE_PATIENCE, store.probe()).await {
        Ok(Ok(())) => Ok(format!("{place} can be written")),
        Ok(Err(error)) => Err(format!("{place}: {error}")),
        Err(_) => Err(format!("{place}: does not answer")),
    }
}

/// Also whether the scanner takes the largest file: what it does not take would be held for ever.
async fn scanner(settings: &Settings) -> Finding {
    let Some(address) = settings.scanner.clone() else {
        return Ok("off: files are not checked for viruses".to_owned());
    };
    let place = address.to_string();
    let wrong = |error: io::Error| format!("{place}: {error}");
    let scanner = Scanner::new(address);
    let version = scanner.version().await.map_err(wrong)?;
    let piece = Bytes::from(vec![b'x'; 1 << 20]);
    let largest = (0..settings.attachment_megabytes).map(|_| Ok(piece.clone()));
    match scanner.scan(stream::iter(largest)).await {
        Ok(_) => Ok(format!("{place}: {version}")),
        Err(error) => Err(format!(
            "{place}: {version} does not take {} MB (StreamMaxLength): {error}",
            settings.attachment_megabytes
        )),
    }
}

/// Connects and logs in, and sends nothing.
async fn mail(settings: &Settings) -> Finding {
    let Some(mail) = &settings.reach.mail else {
        return Ok("off".to_owned());
    };
    let (host, port) = (&mail.smtp.host, mail.smtp.port);
    let opened = timeout(PATIENCE, Session::open(&mail.smtp, mail.from.domain())).await;
    let opened = opened.map_err(|_| format!("{host}:{port} does not answer"))?;
    let session = opened.map_err(|failed| format!("{host}:{port}: {failed}"))?;
    session.close().await;
    Ok(format!(
        "reached {host}:{port}, mail comes from {}",
        mail.from.address()
    ))
}

/// A text as TOML has it, always with the same quotes.
fn toml_text(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    let escaped = escaped
        .replace('\n', "\\n")
        .replace('\t', "\\t")
        .replace('\r', "\\r");
    format!("\"{escaped}\"")
}
