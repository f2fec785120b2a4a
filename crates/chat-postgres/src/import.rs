//! Filling an empty database with whole conversations, as the demo does.

use chat::{conversation::Kind, timestamp::Timestamp};
use sqlx::types::time::OffsetDateTime;

use crate::{PgError, PgStorage, write::append::folded};

/// Messages that one statement inserts.
const CHUNK: usize = 5_000;

/// A conversation with its history. The people and the product exist.
#[derive(Clone, Debug)]
pub struct ImportConversation {
    pub id: String,
    pub kind: Kind,
    pub buyer: String,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    pub product: Option<String>,
    pub created_at: Timestamp,
    /// Read marks of buyer, supplier and administrator.
    pub read_seqs: [i64; 3],
    /// In order, `seq` 1 first, times not running backwards.
    pub messages: Vec<ImportMessage>,
}

#[derive(Clone, Debug)]
pub struct ImportMessage {
    pub id: String,
    pub sender: String,
    pub text: String,
    pub created_at: Timestamp,
}

impl PgStorage {
    /// Inserts these conversations in one transaction, unless there is any conversation already.
    /// Returns whether it did.
    pub async fn import(&self, conversations: &[ImportConversation]) -> Result<bool, PgError> {
        let mut transaction = self.pool.begin().await?;
        let any =
            sqlx::query_scalar!(r#"select exists (select from haggle.conversations) as "any!""#)
                .fetch_one(&mut *transaction)
                .await?;
        if any {
            return Ok(false);
        }
        insert_conversations(&mut transaction, conversations).await?;
        let all = conversations.iter().flat_map(|conversation| {
            let numbered = conversation.messages.iter().zip(1_i64..);
            numbered.map(move |(message, seq)| (conversation, seq, message))
        });
        let all: Vec<_> = all.collect();
        for chunk in all.chunks(CHUNK) {
            insert_messages(&mut transaction, chunk).await?;
        }
        transaction.commit().await?;
        // A fresh table without statistics gets bad plans until the autovacuum comes by.
        sqlx::query("analyze haggle.conversations, haggle.message_rows")
            .execute(&self.pool)
            .await?;
        Ok(true)
    }
}

async fn insert_conversations(
    db: &mut sqlx::PgConnection,
    all: &[ImportConversation],
) -> Result<(), PgError> {
    let ids: Vec<String> = all.iter().map(|c| c.id.clone()).collect();
    let kinds: Vec<String> = all.iter().map(|c| c.kind.as_str().to_owned()).collect();
    let buyers: Vec<String> = all.iter().map(|c| c.buyer.clone()).collect();
    let suppliers: Vec<Option<String>> = all.iter().map(|c| c.supplier.clone()).collect();
    let admins: Vec<Option<String>> = all.iter().map(|c| c.admin.clone()).collect();
    let products: Vec<Option<String>> = all.iter().map(|c| c.product.clone()).collect();
    let created: Vec<OffsetDateTime> = all.iter().map(|c| c.created_at.date_time()).collect();
    let read = |place: usize| all.iter().map(|c| c.read_seqs[place]).collect::<Vec<i64>>();
    let last: Vec<i64> = all
        .iter()
        .map(|c| i64::try_from(c.messages.len()).unwrap_or(0))
        .collect();
    let last_at: Vec<Option<OffsetDateTime>> = all
        .iter()
        .map(|c| c.messages.last().map(|m| m.created_at.date_time()))
        .collect();
    let preview =
        |c: &ImportConversation| c.messages.last().map(|m| chat::content::preview(&m.text));
    let previews: Vec<Option<String>> = all.iter().map(preview).collect();
    let folded = previews.iter().map(|preview| folded(preview.as_deref()?));
    let folded: Vec<Option<String>> = folded.collect();
    sqlx::query!(
        r#"
        insert into haggle.conversations (
          id, type, buyer_id, supplier_id, admin_id, product_id, product_key, admin_key, created_at,
          buyer_read_seq, supplier_read_seq, admin_read_seq, last_seq, rev, last_message_at, last_message,
          last_message_folded
        )
        select
          id, type, buyer_id, supplier_id, admin_id, product_id, product_id,
          case when type = 'buyer_admin' then admin_id end,
          created_at, buyer_read, supplier_read, admin_read, last_seq, 1 + last_seq, last_at, preview, folded
        from unnest(
          $1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::varchar[], $6::varchar[],
          $7::timestamptz[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
          $12::timestamptz[], $13::text[], $14::text[]
        ) as c (
          id, type, buyer_id, supplier_id, admin_id, product_id,
          created_at, buyer_read, supplier_read, admin_read, last_seq, last_at, preview, folded
        )
        "#,
        &ids,
        &kinds,
        &buyers,
        &suppliers as &[Option<String>],
        &admins as &[Option<String>],
        &products as &[Option<String>],
        &created,
        &read(0),
        &read(1),
        &read(2),
        &last,
        &last_at as &[Option<OffsetDateTime>],
        &previews as &[Option<String>],
        &folded as &[Option<String>]
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_messages(
    db: &mut sqlx::PgConnection,
    rows: &[(&ImportConversation, i64, &ImportMessage)],
) -> Result<(), PgError> {
    let conversations: Vec<String> = rows.iter().map(|(c, _, _)| c.id.clone()).collect();
    let seqs: Vec<i64> = rows.iter().map(|(_, seq, _)| *seq).collect();
    let ids: Vec<String> = rows.iter().map(|(_, _, m)| m.id.clone()).collect();
    let senders: Vec<String> = rows.iter().map(|(_, _, m)| m.sender.clone()).collect();
    let texts: Vec<String> = rows.iter().map(|(_, _, m)| m.text.clone()).collect();
    let created: Vec<OffsetDateTime> = rows
        .iter()
        .map(|(_, _, m)| m.created_at.date_time())
        .collect();
    sqlx::query!(
        r#"
        insert into haggle.message_rows (
          id, conversation_id, seq, sender_id, receiver_id, sender_type, message, created_at
        )
        select
          m.id, m.conversation_id, m.seq, m.sender_id,
          case when m.sender_id = c.buyer_id then coalesce(c.supplier_id, c.admin_id) else c.buyer_id end,
          case m.sender_id when c.buyer_id then 'buyer' when c.supplier_id then 'supplier' else 'admin' end,
          m.message, m.created_at
        from unnest(
          $1::varchar[], $2::bigint[], $3::varchar[], $4::varchar[], $5::text[], $6::timestamptz[]
        ) as m (conversation_id, seq, id, sender_id, message, created_at)
        join haggle.conversations c on c.id = m.conversation_id
        "#,
        &conversations,
        &seqs,
        &ids,
        &senders,
        &texts,
        &created
    )
    .execute(db)
    .await?;
    Ok(())
}
