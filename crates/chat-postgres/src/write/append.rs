//! The statement that appends messages.

use chat::{
    event::{Event, EventKind},
    ids::UserId,
    message::{Draft, Message, MessageKind},
    person::Role,
    search,
    storage::Append,
};
use sqlx::{PgConnection, types::time::OffsetDateTime};

use super::{attachments, audited::ip, outcome::Outcome, replies};
use crate::read::messages;

/// Every row is found by its key or its place, whatever the planner believed of the tables when
/// it made the plan: what looks as if it could be a plain join was one, and went through a whole
/// table for each message when that had grown since.
///
/// Appends drafts to conversations that the transaction has locked. For each draft, in
/// their order: access, `seq`, message, conversation, the sender's mark, notifications.
/// No two drafts share sender, conversation and `clientMessageId`, and none a file.
pub(crate) async fn append(
    db: &mut PgConnection,
    drafts: &[Draft],
) -> Result<Vec<Outcome<Append>>, sqlx::Error> {
    if drafts.iter().any(|draft| draft.reply_to.is_some()) {
        return append_replies(db, drafts).await;
    }
    append_files(db, drafts).await
}

/// Messages that answer none do not come here: they pay for nothing of it.
async fn append_replies(
    db: &mut PgConnection,
    drafts: &[Draft],
) -> Result<Vec<Outcome<Append>>, sqlx::Error> {
    let answered = replies::answered(db, drafts).await?;
    let whole = drafts.iter().zip(&answered);
    let whole = whole.filter(|(_, answered)| answered.is_ok());
    let whole: Vec<Draft> = whole.map(|(draft, _)| draft.clone()).collect();
    let mut appended = match &*whole {
        [] => Vec::new(),
        whole => append_files(db, whole).await?,
    };
    let known: Vec<_> = answered.iter().flatten().cloned().collect();
    replies::note(db, &known, &mut appended).await?;
    let mut appended = appended.into_iter();
    let outcome = |answered: Result<_, ()>| match answered {
        Ok(_) => appended.next().expect("one outcome for each draft"),
        Err(()) => Outcome::silent(Append::NoSuchReply),
    };
    Ok(answered.into_iter().map(outcome).collect())
}

async fn append_files(
    db: &mut PgConnection,
    drafts: &[Draft],
) -> Result<Vec<Outcome<Append>>, sqlx::Error> {
    if drafts.iter().any(|draft| !draft.files.is_empty()) {
        return append_with_files(db, drafts).await;
    }
    append_held(db, drafts).await
}

/// Messages without files do not come here: they pay for nothing of it.
async fn append_with_files(
    db: &mut PgConnection,
    drafts: &[Draft],
) -> Result<Vec<Outcome<Append>>, sqlx::Error> {
    let held = attachments::hold(db, drafts).await?;
    let whole: Vec<Draft> = held.iter().flatten().cloned().collect();
    let appended = append_held(db, &whole).await?;
    let created = appended.iter().filter_map(|outcome| match &outcome.answer {
        Append::Created(message) => Some(message.as_ref()),
        _ => None,
    });
    attachments::send(db, &created.collect::<Vec<_>>()).await?;
    let mut appended = appended.into_iter();
    let outcome = |held| match held {
        Ok(_) => appended.next().expect("one outcome for each draft"),
        Err(why) => Outcome::silent(why),
    };
    Ok(held.into_iter().map(outcome).collect())
}

async fn append_held(
    db: &mut PgConnection,
    drafts: &[Draft],
) -> Result<Vec<Outcome<Append>>, sqlx::Error> {
    let rows = insert(db, drafts).await?;
    assert_eq!(rows.len(), drafts.len(), "one row for each draft");
    let mut outcomes = Vec::with_capacity(rows.len());
    for (draft, row) in drafts.iter().zip(rows) {
        outcomes.push(match row {
            Row { known: true, .. } => known(db, draft).await?,
            Row { exists: false, .. } => Outcome::silent(Append::NoConversation),
            row => row.outcome(draft),
        });
    }
    Ok(outcomes)
}

async fn known(db: &mut PgConnection, draft: &Draft) -> Result<Outcome<Append>, sqlx::Error> {
    let id = draft.client_message_id.as_deref().unwrap_or_default();
    let (sender, conversation) = (draft.sender.as_str(), draft.conversation.as_str());
    let message = messages::sent(db, sender, conversation, id).await?;
    let message = message.ok_or(sqlx::Error::RowNotFound)?;
    Ok(Outcome::silent(Append::Known(Box::new(message))))
}

struct Row {
    exists: bool,
    known: bool,
    place: Option<String>,
    seq: Option<i64>,
    rev: Option<i64>,
    created_at: Option<OffsetDateTime>,
    receiver_id: Option<String>,
    buyer_id: Option<String>,
    supplier_id: Option<String>,
    admin_id: Option<String>,
}

impl Row {
    fn outcome(self, draft: &Draft) -> Outcome<Append> {
        let (Some(place), Some(seq), Some(rev), Some(created_at)) =
            (self.place, self.seq, self.rev, self.created_at)
        else {
            return Outcome::silent(Append::NotParticipant);
        };
        let message = Message {
            id: draft.id.clone(),
            conversation: draft.conversation.clone(),
            seq,
            sender: Some(draft.sender.clone()),
            sender_name: draft.sender_name.clone(),
            sender_type: Role::parse(&place).unwrap_or(draft.sender_role),
            receiver: self.receiver_id.map(UserId::new),
            text: draft.text.clone(),
            files: draft.files.clone(),
            client_message_id: draft.client_message_id.clone(),
            is_read: false,
            created_at: created_at.into(),
            kind: MessageKind::Text,
            system: None,
            edited_at: None,
            deleted_at: None,
            deleted_by: None,
            reply_to: None,
            reactions: Vec::new(),
            changed_rev: None,
            offer: None,
            request: None,
        };
        let seats = [self.buyer_id, self.supplier_id, self.admin_id];
        let event = Event {
            audience: seats.into_iter().flatten().map(UserId::new).collect(),
            kind: EventKind::Message {
                rev,
                message: message.clone(),
            },
        };
        Outcome {
            answer: Append::Created(Box::new(message)),
            event: Some(event),
        }
    }
}

/// What a search compares, where that costs anything to find out later.
pub(crate) fn folded(preview: &str) -> Option<String> {
    (!preview.is_ascii()).then(|| search::fold(preview))
}

#[allow(clippy::too_many_lines)] // One statement; cut in two it would be two round trips.
async fn insert(db: &mut PgConnection, drafts: &[Draft]) -> Result<Vec<Row>, sqlx::Error> {
    let column = |of: fn(&Draft) -> String| drafts.iter().map(of).collect::<Vec<String>>();
    let ids = column(|draft| draft.id.to_string());
    let conversations = column(|draft| draft.conversation.to_string());
    let senders = column(|draft| draft.sender.to_string());
    let texts = column(|draft| draft.text.clone());
    let previews = column(|draft| draft.preview.clone());
    let folded: Vec<Option<String>> = drafts.iter().map(|draft| folded(&draft.preview)).collect();
    // Attachment ids are UUIDs, so the array's text form needs no quotes.
    let attachments = column(|draft| {
        let ids = draft.files.iter().map(|file| file.id.as_str());
        format!("{{{}}}", ids.collect::<Vec<_>>().join(","))
    });
    let client_ids: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| draft.client_message_id.clone())
        .collect();
    let admins: Vec<bool> = drafts
        .iter()
        .map(|draft| draft.sender_role == Role::Admin)
        .collect();
    let ips: Vec<Option<String>> = drafts.iter().map(|draft| ip(&draft.source)).collect();
    let user_agents: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| draft.source.user_agent().map(str::to_owned))
        .collect();
    let sent_at: Vec<OffsetDateTime> = drafts.iter().map(|draft| draft.now.date_time()).collect();
    sqlx::query_as!(
        Row,
        r#"
        with draft as (
          select *
          from unnest(
            $1::varchar[], $2::varchar[], $3::varchar[], $4::text[], $5::text[],
            $6::text[], $7::varchar[], $8::boolean[], $9::timestamptz[],
            $10::varchar[], $11::varchar[], $12::text[]
          ) with ordinality as draft (
            id, conversation_id, sender_id, message, preview,
            attachments, client_message_id, is_admin, sent_at, ip, user_agent, folded, ord
          )
        ),
        checked as (
          select
            draft.*,
            c.id is not null as found,
            c.row,
            c.buyer_id,
            c.supplier_id,
            c.admin_id,
            c.last_seq,
            c.rev,
            coalesce(c.last_message_at, c.created_at) as active_at,
            case draft.sender_id
              when c.buyer_id then c.unread_count_buyer
              when c.supplier_id then c.unread_count_supplier
              when c.admin_id then c.unread_count_admin
            end as unread,
            case
              when draft.sender_id = c.buyer_id then 'buyer'
              when draft.sender_id = c.supplier_id then 'supplier'
              when draft.sender_id = c.admin_id and draft.is_admin then 'admin'
            end as place,
            known.id is not null and (
              draft.is_admin
              or draft.sender_id = c.buyer_id
              or draft.sender_id is not distinct from c.supplier_id
            ) as known
          from draft
          left join lateral (
            select conversations.*, ctid as row
            from haggle.conversations
            where id = draft.conversation_id
            limit 1
          ) c on true
          left join lateral (
            select id
            from haggle.message_rows
            where sender_id = draft.sender_id
              and conversation_id = draft.conversation_id
              and client_message_id = draft.client_message_id
            limit 1
          ) known on true
        ),
        judged as (
          select
            checked.*,
            place is not null and not known as is_new,
            count(*) filter (where place is not null and not known) over earlier as step,
            greatest(
              active_at,
              max(sent_at) filter (where place is not null and not known) over earlier
            ) as created_at,
            case when place = 'buyer' then coalesce(supplier_id, admin_id) else buyer_id end as receiver_id
          from checked
          window earlier as (partition by conversation_id order by ord)
        ),
        fresh as (
          select *
          from judged
          where is_new
        ),
        inserted as (
          insert into haggle.message_rows (
            id, conversation_id, seq, sender_id, receiver_id, sender_type,
            message, attachments, client_message_id, created_at
          )
          select
            id, conversation_id, last_seq + step, sender_id, receiver_id, place,
            message, attachments::text[], client_message_id, created_at
          from fresh
        ),
        audited as (
          insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent)
          select id, created_at, sender_id, 'sent', conversation_id, ip, user_agent
          from fresh
        ),
        tally as (
          select
            row,
            max(step) as steps,
            count(*) filter (where place = 'buyer') as buyer_count,
            count(*) filter (where place = 'supplier') as supplier_count,
            count(*) filter (where place = 'admin') as admin_count,
            max(step) filter (where place = 'buyer') as buyer_step,
            max(step) filter (where place = 'supplier') as supplier_step,
            max(step) filter (where place = 'admin') as admin_step,
            bool_or(unread > 0) filter (where place = 'buyer') as buyer_behind,
            bool_or(unread > 0) filter (where place = 'supplier') as supplier_behind,
            bool_or(unread > 0) filter (where place = 'admin') as admin_behind,
            max(created_at) as created_at,
            (array_agg(preview order by step desc))[1] as preview,
            (array_agg(folded order by step desc))[1] as folded
          from fresh
          group by row
        ),
        moved as (
          update haggle.conversations c
          set
            last_seq = c.last_seq + tally.steps,
            rev = c.rev + tally.steps,
            changed_at = clock_timestamp(),
            last_message = tally.preview,
            last_message_folded = tally.folded,
            last_message_at = tally.created_at,
            buyer_read_seq = coalesce(c.last_seq + tally.buyer_step, c.buyer_read_seq),
            supplier_read_seq = coalesce(c.last_seq + tally.supplier_step, c.supplier_read_seq),
            admin_read_seq = coalesce(c.last_seq + tally.admin_step, c.admin_read_seq)
          from tally
          where c.ctid = tally.row
          returning
            c.id, c.last_seq, c.last_message_at, tally.steps,
            c.buyer_id, c.unread_count_buyer, tally.buyer_count, tally.buyer_behind,
            c.supplier_id, c.unread_count_supplier, tally.supplier_count, tally.supplier_behind,
            c.admin_id, c.unread_count_admin, tally.admin_count, tally.admin_behind
        ),
        unread as (
          select
            moved.id as conversation_id,
            moved.last_seq,
            moved.last_message_at as at,
            seat.user_id,
            seat.count,
            seat.was_behind,
            least(seat.count, moved.steps - seat.own) as more
          from moved
          cross join lateral (
            values
              (buyer_id, unread_count_buyer, buyer_count, buyer_behind),
              (supplier_id, unread_count_supplier, supplier_count, supplier_behind),
              (admin_id, unread_count_admin, admin_count, admin_behind)
          ) as seat (user_id, count, own, was_behind)
          where seat.user_id is not null
        ),
        notified as (
          insert into haggle.notifications as n (
            id, user_id, conversation_id, count, up_to_seq, created_at, updated_at
          )
          select haggle.uuidv7(), user_id, conversation_id, more, last_seq, at, at
          from unread
          where count > 0
            -- One look at the index for each, however many are online: `not exists` would be a join.
            and (
              select l.node_id
              from haggle.leases l
              where l.user_id = unread.user_id
                and (select n.expires_at from haggle.nodes n where n.id = l.node_id) > clock_timestamp()
              limit 1
            ) is null
          on conflict (conversation_id, user_id)
          do update set
            id = case when n.is_read then excluded.id else n.id end,
            count = excluded.count + case when n.is_read then 0 else n.count end,
            created_at = case when n.is_read then excluded.created_at else n.created_at end,
            is_read = false,
            up_to_seq = excluded.up_to_seq,
            updated_at = excluded.updated_at
        ),
        outdated as (
          select
            at,
            (
              select ctid
              from haggle.notifications n
              where n.conversation_id = unread.conversation_id
                -- Not by the index on the user, who may have thousands.
                and n.user_id || '' = unread.user_id
                and not n.is_read
              for no key update
            ) as row
          from unread
          where count = 0 and was_behind
        ),
        settled as (
          update haggle.notifications n
          set is_read = true, updated_at = outdated.at
          from outdated
          where n.ctid = outdated.row
        )
        select
          found as "exists!",
          known as "known!",
          case when is_new then place end as "place?",
          last_seq + step as seq,
          rev + step as rev,
          created_at as "created_at?",
          receiver_id as "receiver_id?",
          buyer_id as "buyer_id?",
          supplier_id as "supplier_id?",
          admin_id as "admin_id?"
        from judged
        order by ord
        "#,
        &ids,
        &conversations,
        &senders,
        &texts,
        &previews,
        &attachments,
        &client_ids as &[Option<String>],
        &admins,
        &sent_at,
        &ips as &[Option<String>],
        &user_agents as &[Option<String>],
        &folded as &[Option<String>]
    )
    .fetch_all(db)
    .await
}
