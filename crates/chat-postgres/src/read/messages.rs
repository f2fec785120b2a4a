//! Messages by their place in the order, with their files, what they answer and the reactions to them.

use std::collections::HashMap;

use chat::{
    attachment::Attachment,
    ids::{AttachmentId, ConversationId, MessageId, UserId},
    message::{
        FORMER_ADMINISTRATOR, FORMER_USER, Message, MessageKind, SYSTEM, SystemEvent, SystemNote,
    },
    offer::Offer,
    person::Role,
    quotation::RequestGlance,
};
use sqlx::{PgConnection, PgExecutor, types::time::OffsetDateTime};

use super::{
    attachments,
    message_extras::{Reactions, Replies, reactions, replies},
    offers,
    source::Source,
};

struct Row {
    id: String,
    conversation_id: String,
    seq: i64,
    sender_id: Option<String>,
    sender_name: Option<String>,
    sender_type: String,
    receiver_id: Option<String>,
    message: String,
    attachments: Vec<String>,
    client_message_id: Option<String>,
    is_read: bool,
    created_at: OffsetDateTime,
    is_former_user: Option<bool>,
    kind: Option<String>,
    system_event: Option<String>,
    system_reason: Option<String>,
    offer_id: Option<String>,
    reply_to: Option<String>,
    edited_at: Option<OffsetDateTime>,
    deleted_at: Option<OffsetDateTime>,
    deleted_by: Option<String>,
    changed_rev: Option<i64>,
}

/// A stretch of one conversation: `above < seq <= up_to`.
pub(crate) struct Stretch {
    pub conversation: String,
    pub above: i64,
    pub up_to: i64,
}

/// The messages of these stretches, each stretch in the order of `seq`.
pub(crate) async fn load(
    db: &mut Source<'_>,
    stretches: &[Stretch],
) -> Result<Vec<Message>, sqlx::Error> {
    let ids: Vec<String> = stretches.iter().map(|s| s.conversation.clone()).collect();
    let above: Vec<i64> = stretches.iter().map(|s| s.above).collect();
    let up_to: Vec<i64> = stretches.iter().map(|s| s.up_to).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"
        select
          m.id as "id!",
          m.conversation_id as "conversation_id!",
          m.seq as "seq!",
          m.sender_id,
          (select p.name from haggle.people p where p.key = haggle.user_key(m.sender_id) limit 1) as sender_name,
          m.sender_type as "sender_type!",
          m.receiver_id,
          m.message as "message!",
          m.attachments as "attachments!",
          m.client_message_id,
          m.is_read as "is_read!",
          m.created_at as "created_at!",
          m.is_former_user,
          m.kind,
          m.system_event,
          m.system_reason,
          m.offer_id,
          m.reply_to,
          m.edited_at,
          m.deleted_at,
          m.deleted_by,
          m.changed_rev
        from unnest($1::varchar[], $2::bigint[], $3::bigint[])
          with ordinality as stretch (conversation_id, above, up_to, place)
        join haggle.messages m
          on m.conversation_id = stretch.conversation_id
          and m.seq > stretch.above
          and m.seq <= stretch.up_to
        order by stretch.place, m.seq
        "#,
        &ids,
        &above,
        &up_to
    )
    .fetch_all(&mut *db)
    .await?;
    let wanted = Wanted::of(&rows);
    let parts = Parts {
        files: match &*wanted.files {
            [] => HashMap::new(),
            files => attachments::files(&mut *db, files).await?,
        },
        replies: match &*wanted.answered {
            [] => HashMap::new(),
            answered => replies(&mut *db, answered).await?,
        },
        reactions: match &*wanted.changed {
            [] => HashMap::new(),
            changed => reactions(&mut *db, changed).await?,
        },
        offers: match &*wanted.offers {
            [] => HashMap::new(),
            offers => offers::of_messages(&mut *db, offers).await?,
        },
        requests: match &*wanted.requests {
            [] => HashMap::new(),
            requests => offers::requests_of_messages(&mut *db, requests).await?,
        },
    };
    Ok(rows.into_iter().map(|row| row.message(&parts)).collect())
}

/// The message that this sender sent here under this `clientMessageId`.
pub(crate) async fn sent(
    db: &mut PgConnection,
    sender: &str,
    conversation: &str,
    client_message_id: &str,
) -> Result<Option<Message>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        r#"
        select id
        from haggle.message_rows
        where sender_id = $1 and conversation_id = $2 and client_message_id = $3
        "#,
        sender,
        conversation,
        client_message_id
    )
    .fetch_optional(&mut *db)
    .await?;
    match id {
        Some(id) => one(db, conversation, &id).await,
        None => Ok(None),
    }
}

/// The message of this conversation.
pub(crate) async fn one(
    db: &mut PgConnection,
    conversation: &str,
    id: &str,
) -> Result<Option<Message>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"
        select
          m.id as "id!",
          m.conversation_id as "conversation_id!",
          m.seq as "seq!",
          m.sender_id,
          (select p.name from haggle.people p where p.key = haggle.user_key(m.sender_id) limit 1) as sender_name,
          m.sender_type as "sender_type!",
          m.receiver_id,
          m.message as "message!",
          m.attachments as "attachments!",
          m.client_message_id,
          m.is_read as "is_read!",
          m.created_at as "created_at!",
          m.is_former_user,
          m.kind,
          m.system_event,
          m.system_reason,
          m.offer_id,
          m.reply_to,
          m.edited_at,
          m.deleted_at,
          m.deleted_by,
          m.changed_rev
        from haggle.messages m
        where m.id = $1 and m.conversation_id = $2
        "#,
        id,
        conversation
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let wanted = Wanted::of(std::slice::from_ref(&row));
    let mut parts = Parts::default();
    if !wanted.files.is_empty() {
        parts.files = attachments::files(&mut *db, &wanted.files).await?;
    }
    if !wanted.answered.is_empty() {
        parts.replies = replies(&mut *db, &wanted.answered).await?;
    }
    if !wanted.changed.is_empty() {
        parts.reactions = reactions(&mut *db, &wanted.changed).await?;
    }
    if !wanted.offers.is_empty() {
        parts.offers = offers::of_messages(&mut *db, &wanted.offers).await?;
    }
    if !wanted.requests.is_empty() {
        parts.requests = offers::requests_of_messages(&mut *db, &wanted.requests).await?;
    }
    Ok(Some(row.message(&parts)))
}

/// Where a message stands in this conversation.
pub(crate) async fn seq_of(
    db: impl PgExecutor<'_>,
    conversation: &str,
    message: &str,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select seq from haggle.message_rows where id = $1 and conversation_id = $2",
        message,
        conversation
    )
    .fetch_optional(db)
    .await
}

/// What is to be looked up beside the rows. Of plain messages it is nothing.
struct Wanted {
    files: Vec<String>,
    answered: Vec<String>,
    /// Only what changed can have reactions.
    changed: Vec<String>,
    /// Messages that are offers.
    offers: Vec<String>,
    /// Messages that ask for some.
    requests: Vec<String>,
}

impl Wanted {
    fn of(rows: &[Row]) -> Self {
        let shown = rows.iter().filter(|row| row.deleted_at.is_none());
        let changed = shown.clone().filter(|row| row.changed_rev.is_some());
        let of = |kind: MessageKind| {
            let of_kind = shown
                .clone()
                .filter(move |row| row.kind.as_deref() == Some(kind.as_str()));
            of_kind.map(|row| row.id.clone()).collect()
        };
        Self {
            offers: of(MessageKind::Offer),
            requests: of(MessageKind::Request),
            files: shown.flat_map(|row| row.attachments.clone()).collect(),
            answered: rows.iter().filter_map(|row| row.reply_to.clone()).collect(),
            changed: changed.map(|row| row.id.clone()).collect(),
        }
    }
}

#[derive(Default)]
struct Parts {
    files: HashMap<AttachmentId, Attachment>,
    replies: Replies,
    reactions: Reactions,
    offers: HashMap<MessageId, Offer>,
    requests: HashMap<MessageId, RequestGlance>,
}
/// Of somebody who may be gone.
pub(crate) fn sender_name(
    sender: Option<&UserId>,
    name: Option<String>,
    is_former_user: Option<bool>,
    kind: MessageKind,
) -> String {
    match sender {
        Some(_) => name.unwrap_or_default(),
        None if is_former_user == Some(true) => FORMER_USER.to_owned(),
        None if kind == MessageKind::System => SYSTEM.to_owned(),
        None => FORMER_ADMINISTRATOR.to_owned(),
    }
}

impl Row {
    fn message(self, parts: &Parts) -> Message {
        let row = self;
        let kind = row.kind.as_deref().and_then(MessageKind::parse);
        let kind = kind.unwrap_or_default();
        let sender = row.sender_id.map(UserId::new);
        let event = row.system_event.as_deref().and_then(SystemEvent::parse);
        let is_deleted = row.deleted_at.is_some();
        let sender_name = sender_name(sender.as_ref(), row.sender_name, row.is_former_user, kind);
        Message {
            offer: parts.offers.get(&*row.id).cloned().map(Box::new),
            request: parts.requests.get(&*row.id).cloned().map(Box::new),
            reactions: parts.reactions.get(&*row.id).cloned().unwrap_or_default(),
            reply_to: row.reply_to.and_then(|id| parts.replies.get(&*id).cloned()),
            id: MessageId::new(row.id),
            conversation: ConversationId::new(row.conversation_id),
            seq: row.seq,
            sender,
            sender_name,
            sender_type: Role::parse(&row.sender_type).expect("a check constraint holds it"),
            receiver: row.receiver_id.map(UserId::new),
            text: row.message,
            files: row
                .attachments
                .iter()
                .filter(|_| !is_deleted)
                .filter_map(|id| parts.files.get(id.as_str()).cloned())
                .collect(),
            client_message_id: row.client_message_id,
            is_read: row.is_read,
            created_at: row.created_at.into(),
            kind,
            system: event.map(|event| SystemNote {
                event,
                offer: row.offer_id,
                reason: row.system_reason,
            }),
            edited_at: row.edited_at.map(Into::into),
            deleted_at: row.deleted_at.map(Into::into),
            deleted_by: row.deleted_by.map(UserId::new),
            changed_rev: row.changed_rev,
        }
    }
}
