//! Conversations as they are at one moment, read piece by piece.

use std::{collections::VecDeque, fmt};

use chat::timestamp::Timestamp;
use sqlx::{Executor, types::time::OffsetDateTime};

use super::session::Own;
use crate::{PgError, PgOptions};

/// One moment for everything that is read, and nothing that could change it.
const BEGIN: &str = "begin isolation level repeatable read read only";

/// Messages that are in memory at a time.
const MESSAGES: i64 = 500;

/// What is wanted; nothing is everything.
#[derive(Clone, Debug, Default)]
pub struct ExportScope {
    /// Conversations in which this person sits, or has written.
    pub user: Option<String>,
    pub conversation: Option<String>,
    /// Messages from then on, and the conversations that have some or were opened since.
    pub since: Option<Timestamp>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ExportedConversation {
    pub id: String,
    #[sqlx(rename = "type")]
    pub kind: String,
    pub buyer_id: String,
    pub buyer_name: Option<String>,
    pub supplier_id: Option<String>,
    pub supplier_name: Option<String>,
    pub admin_id: Option<String>,
    pub admin_name: Option<String>,
    pub product_id: Option<String>,
    pub product_name: Option<String>,
    /// The product and the administrator for whom it was opened.
    pub product_key: Option<String>,
    pub admin_key: Option<String>,
    pub subject: Option<String>,
    pub created_at: OffsetDateTime,
    pub last_seq: i64,
}

#[derive(Clone, Debug)]
pub struct ExportedMessage {
    pub id: String,
    pub conversation_id: String,
    pub seq: i64,
    pub sender_id: Option<String>,
    /// They were gone before it came here.
    pub is_former_user: Option<bool>,
    pub sender_type: String,
    pub receiver_id: Option<String>,
    pub message: String,
    pub client_message_id: Option<String>,
    pub created_at: OffsetDateTime,
    pub edited_at: Option<OffsetDateTime>,
    /// It was taken back, and says nothing.
    pub deleted_at: Option<OffsetDateTime>,
    /// Those of the participants who have read it, its sender among them.
    pub read_by: Vec<String>,
    /// Ids of its files, in their order.
    pub files: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct ExportedFile {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    /// Where it is, when its bytes are not here.
    pub url: Option<String>,
}

/// In a transaction on a session of its own.
pub struct Export {
    session: Own,
    since: Option<OffsetDateTime>,
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Export")
    }
}

/// A cursor takes no parameters: what is wanted is in settings of the transaction. The order of the ids
/// is that of their bytes, whatever the collation.
const CONVERSATIONS: &str = "
declare export_conversations no scroll cursor for
with wanted as materialized (
  select
    nullif(current_setting('haggle.export_conversation'), '') as conversation,
    nullif(current_setting('haggle.export_user'), '') as person,
    nullif(current_setting('haggle.export_since'), '')::timestamptz as since
)
select
  c.id, c.type, c.buyer_id, c.buyer_names[1] as buyer_name, c.supplier_id,
  c.supplier_names[1] as supplier_name, c.admin_id, c.admin_names[1] as admin_name,
  c.product_id, c.product_name, c.product_key, c.admin_key, c.subject, c.created_at, c.last_seq
from haggle.named_conversations c
cross join wanted w
where (w.conversation is null or c.id = w.conversation)
  and (
    w.person is null
    or w.person in (c.buyer_id, c.supplier_id, c.admin_id)
    or exists (select from haggle.message_rows m where m.sender_id = w.person and m.conversation_id = c.id)
  )
  and (w.since is null or c.created_at >= w.since or c.last_message_at >= w.since)
order by c.id collate \"C\"";

const FETCH: &str = "fetch 100 from export_conversations";

impl Export {
    /// Begins to read. There may be no such person or conversation: then nothing is found.
    pub async fn begin(options: &PgOptions, scope: &ExportScope) -> Result<Self, PgError> {
        let mut session = Own::open(options).await?;
        let since = scope.since.map(Timestamp::date_time);
        let db = session.db();
        db.execute(BEGIN).await?;
        let settings = "
            select
              set_config('haggle.export_conversation', $1, true),
              set_config('haggle.export_user', $2, true),
              set_config('haggle.export_since', coalesce($3::timestamptz::text, ''), true)";
        sqlx::query(settings)
            .bind(scope.conversation.as_deref().unwrap_or_default())
            .bind(scope.user.as_deref().unwrap_or_default())
            .bind(since)
            .execute(&mut *db)
            .await?;
        db.execute(CONVERSATIONS).await?;
        Ok(Self { session, since })
    }

    /// The next conversations; nothing behind the last.
    pub async fn conversations(&mut self) -> Result<Vec<ExportedConversation>, PgError> {
        let rows = sqlx::query_as(FETCH).persistent(false);
        Ok(rows.fetch_all(self.session.db()).await?)
    }

    /// Where the messages of these conversations are read.
    pub fn stretches(&self, conversations: &[ExportedConversation]) -> Stretches {
        let all = conversations.iter();
        let left = all.map(|conversation| (conversation.id.clone(), 0, conversation.last_seq));
        Stretches(left.collect())
    }

    /// The next messages of these conversations, in the order of both; nothing behind the last.
    pub async fn messages(
        &mut self,
        stretches: &mut Stretches,
    ) -> Result<Option<Vec<ExportedMessage>>, PgError> {
        let (ids, above, up_to) = stretches.take();
        if ids.is_empty() {
            return Ok(None);
        }
        let rows = sqlx::query_as!(
            ExportedMessage,
            r#"
            select
              m.id, m.conversation_id, m.seq, m.sender_id, m.sender_type, m.receiver_id, m.message,
              m.client_message_id, m.created_at, m.is_former_user, m.edited_at, m.deleted_at,
              case when m.deleted_at is null then m.attachments else '{}' end as "files!: Vec<String>",
              array_remove(
                array[
                  case when c.buyer_read_seq >= m.seq then c.buyer_id end,
                  case when c.supplier_read_seq >= m.seq then c.supplier_id end,
                  case when c.admin_read_seq >= m.seq then c.admin_id end
                ],
                null
              ) as "read_by!: Vec<String>"
            from unnest($1::varchar[], $2::bigint[], $3::bigint[])
              with ordinality as stretch (id, above, up_to, place)
            join haggle.conversations c on c.id = stretch.id
            join haggle.message_rows m
              on m.conversation_id = stretch.id and m.seq > stretch.above and m.seq <= stretch.up_to
            where $4::timestamptz is null or m.created_at >= $4
            order by stretch.place, m.seq
            "#,
            &ids,
            &above,
            &up_to,
            self.since
        )
        .fetch_all(self.session.db())
        .await?;
        Ok(Some(rows))
    }

    /// What is known of these files.
    pub async fn files(&mut self, ids: &[String]) -> Result<Vec<ExportedFile>, PgError> {
        let rows = sqlx::query_as!(
            ExportedFile,
            r#"
            select id, name, type as kind, size, width, height, url
            from haggle.attachments
            where id = any($1) and not given_up
            "#,
            ids
        )
        .fetch_all(self.session.db())
        .await?;
        Ok(rows)
    }

    pub async fn close(self) {
        self.session.close().await;
    }
}

/// Messages that are still to be read: conversation, the `seq` before the first, and that of the last.
#[derive(Debug)]
pub struct Stretches(VecDeque<(String, i64, i64)>);

impl Stretches {
    /// The next ones, no more messages than are read at a time.
    fn take(&mut self) -> (Vec<String>, Vec<i64>, Vec<i64>) {
        let (mut ids, mut above, mut up_to) = (Vec::new(), Vec::new(), Vec::new());
        let mut room = MESSAGES;
        while room > 0
            && let Some((id, from, to)) = self.0.pop_front()
        {
            let end = to.min(from + room);
            room -= end - from;
            if end < to {
                self.0.push_front((id.clone(), end, to));
            }
            ids.push(id);
            above.push(from);
            up_to.push(end);
        }
        (ids, above, up_to)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::Stretches;

    #[test]
    fn stretches_are_read_once_each_and_few_at_a_time() {
        let mut left = Stretches(VecDeque::from([
            ("a".into(), 0, 0),
            ("b".into(), 0, 499),
            ("c".into(), 0, 700),
        ]));
        let (ids, above, up_to) = left.take();
        assert_eq!(ids, ["a", "b", "c"]);
        assert_eq!((above, up_to), (vec![0, 0, 0], vec![0, 499, 1]));
        assert_eq!(left.take(), (vec!["c".into()], vec![1], vec![501]));
        assert_eq!(left.take(), (vec!["c".into()], vec![501], vec![700]));
        assert_eq!(left.take().0, Vec::<String>::new());
    }
}
