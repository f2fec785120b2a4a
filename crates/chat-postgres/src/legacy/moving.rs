//! How far the old chat is on its way: the row of `haggle.legacy_chat`.

use sqlx::PgConnection;

use super::old_chat::OldChat;
use crate::{PgError, mapping::quoted};

/// A move that was begun.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Moving {
    pub schema_name: String,
    /// The old tables as they are called now.
    pub conversations: String,
    pub messages: String,
    /// Of times that name none.
    pub time_zone: String,
    /// All that was there at its beginning is in Haggle, or was refused.
    pub is_copied: bool,
    /// The old tables were put aside.
    pub is_finished: bool,
}

impl Moving {
    /// Nothing: none was begun, or Haggle's schema is not there.
    pub async fn read(db: &mut PgConnection) -> Result<Option<Self>, PgError> {
        let is_there = "select to_regclass('haggle.legacy_chat') is not null";
        if !sqlx::query_scalar(is_there).fetch_one(&mut *db).await? {
            return Ok(None);
        }
        let row = "
            select
              schema_name, conversations, messages, time_zone,
              copied_at is not null as is_copied,
              finished_at is not null as is_finished
            from haggle.legacy_chat";
        Ok(sqlx::query_as(row).fetch_optional(db).await?)
    }

    /// Of this chat. One that was begun goes on as it was begun.
    pub async fn begin(
        db: &mut PgConnection,
        chat: &OldChat,
        time_zone: &str,
    ) -> Result<(), PgError> {
        let begin = "
            insert into haggle.legacy_chat (shape, schema_name, conversations, messages, time_zone)
            values ($1, $2, $3, $4, $5)
            on conflict do nothing";
        sqlx::query(begin)
            .bind(chat.shape.as_str())
            .bind(&chat.conversations.schema)
            .bind(&chat.conversations.name)
            .bind(&chat.messages.name)
            .bind(time_zone)
            .execute(db)
            .await?;
        Ok(())
    }

    /// The copy has come to its end.
    pub async fn copied(db: &mut PgConnection) -> Result<(), PgError> {
        let copied = "
            update haggle.legacy_chat set copied_at = clock_timestamp() where copied_at is null";
        sqlx::raw_sql(copied).execute(db).await?;
        Ok(())
    }

    /// Its two tables as they are now.
    pub async fn old_chat(&self, db: &mut PgConnection) -> Result<OldChat, PgError> {
        let gone = |table: &str| {
            PgError::OldChat(format!(
                "the table {}.{table} of the old chat is not there any more, or is no chat",
                self.schema_name
            ))
        };
        let mut oids = [0; 2];
        for (oid, table) in oids.iter_mut().zip([&self.conversations, &self.messages]) {
            let named = format!("{}.{}", quoted(&self.schema_name), quoted(table));
            let found = "select to_regclass($1)::oid::int8";
            let found: Option<i64> = sqlx::query_scalar(found)
                .bind(named)
                .fetch_one(&mut *db)
                .await?;
            let found = found.and_then(|found| u32::try_from(found).ok());
            *oid = found.ok_or_else(|| gone(table))?;
        }
        let chat = OldChat::by_oid(db, oids[0], oids[1]).await?;
        chat.ok_or_else(|| gone(&self.conversations))
    }

    pub fn is_of(&self, chat: &OldChat) -> bool {
        (&self.schema_name, &self.conversations)
            == (&chat.conversations.schema, &chat.conversations.name)
    }
}
