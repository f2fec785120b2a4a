//! What became of old conversations, and the lines of the report.

use std::collections::HashMap;

use sqlx::PgConnection;

use crate::{
    PgError,
    legacy::{
        convert::{Group, Outcome},
        reason::{Note, OldRow},
    },
};

const CONVERSATIONS_HERE: &str = "
    insert into haggle.legacy_conversations (old_id, conversation_id, messages_kept, messages_refused)
    select * from unnest($1::varchar[], $2::varchar[], $3::int4[], $4::int4[])";
const NOTES: &str = "
    insert into haggle.legacy_report (is_message, old_id, reason, detail)
    select * from unnest($1::boolean[], $2::varchar[], $3::int2[], $4::text[])";

pub(super) async fn remember(
    db: &mut PgConnection,
    groups: &[Group],
    here: &HashMap<String, String>,
) -> Result<(), PgError> {
    let outcomes: Vec<_> = groups.iter().flat_map(|group| &group.outcomes).collect();
    let place = |outcome: &Outcome| {
        let kept = outcome.kept_in.as_ref()?;
        here.get(kept).cloned()
    };
    sqlx::query(CONVERSATIONS_HERE)
        .bind(
            outcomes
                .iter()
                .map(|outcome| outcome.old_id.clone())
                .collect::<Vec<_>>(),
        )
        .bind(
            outcomes
                .iter()
                .map(|outcome| place(outcome))
                .collect::<Vec<_>>(),
        )
        .bind(
            outcomes
                .iter()
                .map(|outcome| outcome.messages_kept)
                .collect::<Vec<_>>(),
        )
        .bind(
            outcomes
                .iter()
                .map(|outcome| outcome.messages_refused)
                .collect::<Vec<_>>(),
        )
        .execute(&mut *db)
        .await?;
    let notes = groups.iter().flat_map(|group| &group.notes);
    write_notes(db, &notes.collect::<Vec<_>>()).await
}

pub(in crate::legacy) async fn write_notes(
    db: &mut PgConnection,
    notes: &[&Note],
) -> Result<(), PgError> {
    if notes.is_empty() {
        return Ok(());
    }
    sqlx::query(NOTES)
        .bind(
            notes
                .iter()
                .map(|note| note.row == OldRow::Message)
                .collect::<Vec<_>>(),
        )
        .bind(notes.iter().map(|note| note.id.clone()).collect::<Vec<_>>())
        .bind(
            notes
                .iter()
                .map(|note| note.reason.number())
                .collect::<Vec<_>>(),
        )
        .bind(
            notes
                .iter()
                .map(|note| note.detail.clone())
                .collect::<Vec<_>>(),
        )
        .execute(db)
        .await?;
    Ok(())
}
