//! Going back: the bridge is taken away, and Haggle's schema with it. The old chat has everything.

use sqlx::PgConnection;

use super::{
    bridge::{is_installed, remove, settle},
    moving::Moving,
    patience::{execute, patiently},
};
use crate::{PgError, PgOptions, pool::Servers};

/// What is not in the old tables, one line each.
pub async fn losses(options: &PgOptions) -> Result<Vec<String>, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let found = patiently(session.db(), async |db| found_losses(db).await).await;
    session.close().await;
    found
}

/// Says what was done.
pub async fn revert(options: &PgOptions) -> Result<String, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let done = take_away(session.db()).await;
    session.close().await;
    done
}

async fn found_losses(db: &mut PgConnection) -> Result<Vec<String>, PgError> {
    if Moving::read(db).await?.is_none() {
        return Ok(Vec::new());
    }
    let left_out = "
        select count(*), kind, why
        from haggle.legacy_left_out
        group by kind, why
        order by count(*) desc, kind, why";
    let left_out: Vec<(i64, String, String)> = sqlx::query_as(left_out).fetch_all(&mut *db).await?;
    let mut lines: Vec<String> = left_out
        .into_iter()
        .map(|(count, kind, why)| match count {
            1 => format!("1 {kind} is only in Haggle: {why}"),
            count => format!("{count} {kind}s are only in Haggle: {why}"),
        })
        .collect();
    let files = "select count(*) from haggle.attachments where message_id is not null";
    let files: i64 = sqlx::query_scalar(files).fetch_one(db).await?;
    if files > 0 {
        lines.push(format!(
            "{files} files were sent in Haggle: their bytes stay in its object store, and nobody serves them any more"
        ));
    }
    Ok(lines)
}

async fn take_away(db: &mut PgConnection) -> Result<String, PgError> {
    let Some(moving) = patiently(db, async |db| Moving::read(db).await).await? else {
        if patiently(db, async |db| has_schema(db).await).await? {
            let why = "no old chat was moved here, so there is nothing to go back to; what is in the schema haggle is only there";
            return Err(PgError::OldChat(why.to_owned()));
        }
        return Ok("there is no schema haggle: nothing is left to take away".to_owned());
    };
    if moving.is_finished {
        let why = "the move is finished, and the old tables are put aside; run `haggle migrate --restore` first, which puts them back with all that was said since";
        return Err(PgError::OldChat(why.to_owned()));
    }
    let chat = patiently(db, async |db| moving.old_chat(db).await).await?;
    loop {
        let has_bridge = patiently(db, async |db| is_installed(db).await).await?;
        if has_bridge {
            settle(db).await?;
        }
        let is_gone = patiently(db, async |db| {
            // Who says something now waits, and finds no chat. The table of changes comes after the
            // triggers that write there.
            let locks =
                "lock table haggle.conversations, haggle.message_rows in access exclusive mode";
            execute(db, locks).await?;
            if has_bridge && owed(db).await? > 0 {
                return Ok(false);
            }
            remove(db, &chat).await?;
            execute(db, "drop schema haggle cascade").await?;
            Ok(true)
        })
        .await?;
        if is_gone {
            break;
        }
    }
    Ok(format!(
        "the bridge and the schema haggle are gone; {} and {} have everything",
        chat.conversations.shown(),
        chat.messages.shown()
    ))
}

async fn has_schema(db: &mut PgConnection) -> Result<bool, PgError> {
    let has_schema = "select to_regnamespace('haggle') is not null";
    Ok(sqlx::query_scalar(has_schema).fetch_one(db).await?)
}

async fn owed(db: &mut PgConnection) -> Result<i64, PgError> {
    let owed = "select haggle.legacy_settle(1000)";
    Ok(sqlx::query_scalar(owed).fetch_one(db).await?)
}
