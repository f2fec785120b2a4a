//! The ids under which rows are kept: their own, where these can be had.

use std::collections::HashSet;

use sqlx::PgConnection;

use crate::{
    PgError,
    legacy::{
        convert::Group,
        reason::{Note, OldRow, Reason},
    },
};

/// Gives every conversation and message of these groups an id that nothing else has.
pub(super) async fn give(db: &mut PgConnection, groups: &mut [Group]) -> Result<(), PgError> {
    let wanted = |messages: bool| -> Vec<String> {
        let kept = groups.iter().flat_map(|group| &group.kept);
        if messages {
            let messages = kept.flat_map(|kept| &kept.messages);
            messages.filter_map(|message| message.id.clone()).collect()
        } else {
            kept.filter_map(|kept| kept.id.clone()).collect()
        }
    };
    let conversations = taken(db, "conversations", &wanted(false)).await?;
    let messages = taken(db, "message_rows", &wanted(true)).await?;
    let (mut conversations, mut messages) = (Ids::of(conversations), Ids::of(messages));
    for group in groups.iter_mut() {
        for kept in &mut group.kept {
            let row = OldRow::Conversation;
            conversations.claim(&mut kept.id, &kept.old_id, row, &mut group.notes);
            for message in &mut kept.messages {
                let row = OldRow::Message;
                messages.claim(&mut message.id, &message.old_id, row, &mut group.notes);
            }
        }
    }
    let missing = conversations.missing + messages.missing;
    if missing == 0 {
        return Ok(());
    }
    let new = "select haggle.uuidv7()::text from generate_series(1, $1)";
    let new: Vec<String> = sqlx::query_scalar(new).bind(missing).fetch_all(db).await?;
    let mut new = new.into_iter();
    let all = groups.iter_mut().flat_map(|group| &mut group.kept);
    for kept in all {
        let messages = kept.messages.iter_mut().map(|message| &mut message.id);
        for id in std::iter::once(&mut kept.id).chain(messages) {
            if id.is_none() {
                *id = new.next();
            }
        }
    }
    Ok(())
}

struct Ids {
    taken: HashSet<String>,
    /// How many need a new one.
    missing: i32,
}

impl Ids {
    fn of(taken: Vec<String>) -> Self {
        Self {
            taken: taken.into_iter().collect(),
            missing: 0,
        }
    }

    fn claim(&mut self, id: &mut Option<String>, old_id: &str, row: OldRow, notes: &mut Vec<Note>) {
        if id.as_ref().is_some_and(|id| !self.taken.insert(id.clone())) {
            *id = None;
            let reason = match row {
                OldRow::Conversation => Reason::ConversationId,
                OldRow::Message => Reason::MessageId,
            };
            notes.push(Note {
                row,
                id: old_id.to_owned(),
                reason,
                detail: None,
            });
        }
        self.missing += i32::from(id.is_none());
    }
}

async fn taken(db: &mut PgConnection, table: &str, ids: &[String]) -> Result<Vec<String>, PgError> {
    let taken = format!("select id::text from haggle.{table} where id = any($1)");
    let taken = sqlx::query_scalar(sqlx::AssertSqlSafe(taken)).bind(ids);
    Ok(taken.fetch_all(db).await?)
}
