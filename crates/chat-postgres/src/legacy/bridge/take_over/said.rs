//! What was written in an old conversation, as messages here.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use super::{
    append::append,
    here::Here,
    marks::Read,
    moved::Bridge,
    notes::{Note, report},
    old_rows,
};
use crate::{
    PgError,
    legacy::{
        convert::{Talk, carried},
        copy::single::links,
        facts::Facts,
        reason::{Note as Line, OldRow, Reason},
        rows::OldMessage,
    },
};

/// Why a file that a message carries in itself is not taken along while both chats are used.
const NO_FILES: &str = "it comes with the copy alone";

/// Appends what is new. Returns what is read there.
pub(super) async fn said(
    db: &mut PgConnection,
    bridge: &Bridge,
    old: &str,
    notes: &[Note],
    place: &mut Here,
) -> Result<Vec<Read>, PgError> {
    let mut ids: Vec<String> = Vec::new();
    for note in notes {
        if let Some(id) = &note.message
            && !ids.contains(id)
        {
            ids.push(id.clone());
        }
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = known(db, &ids).await?;
    let rows = old_rows::messages(db, bridge, &ids).await?;
    let old = old_rows::conversation(db, bridge, old)
        .await?
        .unwrap_or_default();
    let mut facts = Facts::load(db, &bridge.chat, std::slice::from_ref(&old), &rows).await?;
    let carried = rows.iter().flat_map(carried);
    facts.refused_files = carried.map(|(_, url)| (url, NO_FILES.to_owned())).collect();
    let mut rows: HashMap<String, OldMessage> = rows
        .into_iter()
        .filter_map(|row| Some((row.id.clone()?, row)))
        .collect();
    let is_noted = |id: &str, what: &[&str]| {
        notes
            .iter()
            .any(|note| note.message.as_deref() == Some(id) && what.contains(&note.what.as_str()))
    };
    let places = place.places();
    let talk = Talk {
        places: &places,
        old: &old,
        facts: &facts,
        has_flags: bridge.chat.has_read_flags(),
    };
    let (mut lines, mut messages, mut read) = (Vec::new(), Vec::new(), Vec::new());
    let now = old_rows::now(db).await?.date_time();
    let mut at = place.active_at;
    for id in &ids {
        let row = rows.remove(id);
        if known.contains(id) {
            let kept = match &row {
                None => Some(Reason::DeletedThere),
                Some(_) if is_noted(id, &["edited"]) => Some(Reason::WrittenAgain),
                Some(_) => None,
            };
            lines.extend(kept.map(|reason| line(id, reason)));
        } else if let Some(row) = &row
            && is_noted(id, &["written", "edited"])
        {
            // Times do not run backwards.
            at = at.max(row.created_at.unwrap_or(now));
            messages.extend(talk.message(row, at, &mut lines));
        }
        if row.is_some_and(|row| row.is_read.unwrap_or(false)) {
            read.push(Read {
                message: id.clone(),
            });
        }
    }
    report(db, &lines).await?;
    let files = links(db, &mut messages).await?;
    append(db, place, &messages, &files).await?;
    Ok(read)
}

pub(super) fn line(id: &str, reason: Reason) -> Line {
    Line {
        row: OldRow::Message,
        id: id.to_owned(),
        reason,
        detail: None,
    }
}

async fn known(db: &mut PgConnection, ids: &[String]) -> Result<HashSet<String>, PgError> {
    let known = sqlx::query_scalar!("select id from haggle.message_rows where id = any($1)", ids)
        .fetch_all(db)
        .await?;
    Ok(known.into_iter().collect())
}
