//! What people set in conversations for themselves.

use async_trait::async_trait;
use chat::{
    audit::{Act, Action},
    conversation::Conversation,
    own_settings::{OwnSettings, SettingsChange},
    participant::Participant,
    storage::{Result as Stored, Settings},
};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;

use crate::{
    PgWriter,
    read::conversations,
    write::{announce::updated, audited::note},
};

#[async_trait]
impl Settings for PgWriter {
    async fn change(
        &self,
        place: &Participant,
        change: &SettingsChange,
        act: Option<Act>,
    ) -> Stored<Option<Conversation>> {
        let id = &place.conversation().id;
        self.change(id, changed(self, place, change, act)).await
    }
}

async fn changed(
    writer: &PgWriter,
    place: &Participant,
    change: &SettingsChange,
    act: Option<Act>,
) -> Result<Option<Conversation>, sqlx::Error> {
    let id = &place.conversation().id;
    let _turn = writer.queue.turn(id).await;
    let mut transaction = writer.storage.pool.begin().await?;
    let Some(own) = own(&mut transaction, place).await? else {
        return Ok(None);
    };
    let settings = own.settings.changed(change, own.last_seq, own.read_seq);
    let is_new = settings != own.settings;
    if is_new {
        set(&mut transaction, place, &settings).await?;
        if let Some(act) = act {
            let entry = act.entry(Action::SettingsChanged, id, detail(change));
            note(&mut transaction, &entry).await?;
        }
    }
    transaction.commit().await?;
    let conversation = conversations::load_one(&writer.storage.pool, id.as_str()).await?;
    if is_new && let Some(conversation) = &conversation {
        writer.queue.publish(updated(conversation, None));
    }
    Ok(conversation)
}

/// What was asked for, in the words of the wire.
pub(crate) fn detail(change: &SettingsChange) -> Value {
    let mut detail = Map::new();
    let flags = [
        ("isArchived", change.is_archived),
        ("isPinned", change.is_pinned),
        ("isMarkedUnread", change.is_marked_unread),
    ];
    for (name, flag) in flags {
        detail.extend(flag.map(|flag| (name.to_owned(), json!(flag))));
    }
    let muted = change.muted_until;
    detail.extend(muted.map(|until| ("mutedUntil".to_owned(), json!(until))));
    detail.into()
}

struct Own {
    settings: OwnSettings,
    last_seq: i64,
    read_seq: i64,
}

/// Locks the conversation. Nothing: the place is somebody else's.
async fn own(db: &mut PgConnection, place: &Participant) -> Result<Option<Own>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select
          (settings).archived_seq,
          coalesce((settings).is_pinned, false) as "is_pinned!",
          (settings).muted_until,
          (settings).unread_seq,
          last_seq,
          read_seq as "read_seq!"
        from (
          select
            last_seq,
            case $2
              when buyer_id then buyer_settings
              when supplier_id then supplier_settings
              else admin_settings
            end as settings,
            case $2
              when buyer_id then buyer_read_seq
              when supplier_id then supplier_read_seq
              else admin_read_seq
            end as read_seq
          from haggle.conversations
          where id = $1 and (buyer_id = $2 or supplier_id = $2 or admin_id = $2)
          for no key update
        ) own
        "#,
        place.conversation().id.as_str(),
        place.user().as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Own {
        settings: OwnSettings {
            archived_seq: row.archived_seq,
            is_pinned: row.is_pinned,
            muted_until: row.muted_until.map(Into::into),
            unread_seq: row.unread_seq,
        },
        last_seq: row.last_seq,
        read_seq: row.read_seq,
    }))
}

async fn set(
    db: &mut PgConnection,
    place: &Participant,
    settings: &OwnSettings,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        update haggle.conversations c
        set
          rev = rev + 1,
          changed_at = clock_timestamp(),
          buyer_settings = case when buyer_id = $2 then new.settings else buyer_settings end,
          supplier_settings = case when supplier_id = $2 then new.settings else supplier_settings end,
          admin_settings = case when admin_id = $2 then new.settings else admin_settings end
        from (
          select
            case when $7 then null
              else row($3::bigint, $4::boolean, $5::timestamptz, $6::bigint)::haggle.own_settings
            end as settings
        ) new
        where id = $1
        "#,
        place.conversation().id.as_str(),
        place.user().as_str(),
        settings.archived_seq,
        settings.is_pinned,
        settings.muted_until.map(chat::timestamp::Timestamp::date_time),
        settings.unread_seq,
        *settings == OwnSettings::default()
    )
    .execute(db)
    .await?;
    Ok(())
}
