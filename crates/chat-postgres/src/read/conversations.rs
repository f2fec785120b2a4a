//! Conversations with the names that people see.

use std::collections::HashMap;

use chat::{
    conversation::{Closed, Conversation, Habits, Kind, Seat},
    ids::{ConversationId, OfferId, ProductId, UserId},
    offer::{Glance, State},
    own_settings::OwnSettings,
    person::{Product, Role},
};
use sqlx::{PgExecutor, types::time::OffsetDateTime};

/// A person's name, company, time zone and working hours. Nothing: there is no such person.
type Names = Option<Vec<Option<String>>>;

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column of the answer"
)]
struct Row {
    id: String,
    kind: String,
    buyer_id: String,
    buyer_names: Names,
    buyer_read_seq: i64,
    supplier_id: Option<String>,
    supplier_names: Names,
    supplier_read_seq: i64,
    admin_id: Option<String>,
    admin_names: Names,
    admin_read_seq: i64,
    product_id: Option<String>,
    product_name: Option<String>,
    product_image: Option<String>,
    subject: Option<String>,
    last_message: Option<String>,
    last_message_at: Option<OffsetDateTime>,
    last_seq: i64,
    rev: i64,
    offer_id: Option<String>,
    offer_state: Option<String>,
    offer_role: Option<String>,
    messages_rev: Option<i64>,
    created_at: OffsetDateTime,
    buyer_archived_seq: Option<i64>,
    buyer_is_pinned: bool,
    buyer_muted_until: Option<OffsetDateTime>,
    buyer_unread_seq: Option<i64>,
    supplier_archived_seq: Option<i64>,
    supplier_is_pinned: bool,
    supplier_muted_until: Option<OffsetDateTime>,
    supplier_unread_seq: Option<i64>,
    admin_archived_seq: Option<i64>,
    admin_is_pinned: bool,
    admin_muted_until: Option<OffsetDateTime>,
    admin_unread_seq: Option<i64>,
    supplier_minutes: Option<i32>,
    buyer_blocks: bool,
    supplier_blocks: bool,
    closed_at: Option<OffsetDateTime>,
    closed_reason: Option<String>,
}

/// Those of these conversations that exist, in the order of the ids.
pub(crate) async fn load(
    db: impl PgExecutor<'_>,
    ids: &[String],
) -> Result<Vec<Conversation>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select
          id as "id!",
          type as "kind!",
          buyer_id as "buyer_id!",
          buyer_names as "buyer_names: Vec<Option<String>>",
          buyer_read_seq as "buyer_read_seq!",
          supplier_id,
          supplier_names as "supplier_names: Vec<Option<String>>",
          supplier_read_seq as "supplier_read_seq!",
          admin_id,
          admin_names as "admin_names: Vec<Option<String>>",
          admin_read_seq as "admin_read_seq!",
          product_id,
          product_name,
          product_image,
          subject,
          last_message,
          last_message_at,
          last_seq as "last_seq!",
          rev as "rev!",
          offer_id,
          offer_state,
          offer_role,
          messages_rev,
          created_at as "created_at!",
          (buyer_settings).archived_seq as buyer_archived_seq,
          coalesce((buyer_settings).is_pinned, false) as "buyer_is_pinned!",
          case when haggle.is_muted(buyer_settings) then (buyer_settings).muted_until end as buyer_muted_until,
          (buyer_settings).unread_seq as buyer_unread_seq,
          (supplier_settings).archived_seq as supplier_archived_seq,
          coalesce((supplier_settings).is_pinned, false) as "supplier_is_pinned!",
          case when haggle.is_muted(supplier_settings) then (supplier_settings).muted_until end as supplier_muted_until,
          (supplier_settings).unread_seq as supplier_unread_seq,
          (admin_settings).archived_seq as admin_archived_seq,
          coalesce((admin_settings).is_pinned, false) as "admin_is_pinned!",
          case when haggle.is_muted(admin_settings) then (admin_settings).muted_until end as admin_muted_until,
          (admin_settings).unread_seq as admin_unread_seq,
          (select t.minutes from haggle.answer_times t where t.user_id = supplier_id) as supplier_minutes,
          buyer_blocks as "buyer_blocks!",
          supplier_blocks as "supplier_blocks!",
          closed_at,
          closed_reason
        from haggle.named_conversations
        where id = any($1)
        "#,
        ids
    )
    .fetch_all(db)
    .await?;
    let found = rows.into_iter().map(|row| (row.id.clone(), row));
    let mut found: HashMap<String, Row> = found.collect();
    let ordered = ids.iter().filter_map(|id| found.remove(id));
    Ok(ordered.map(Conversation::from).collect())
}

pub(crate) async fn load_one(
    db: impl PgExecutor<'_>,
    id: &str,
) -> Result<Option<Conversation>, sqlx::Error> {
    Ok(load(db, &[id.to_owned()]).await?.pop())
}

fn glance(id: Option<String>, state: Option<&str>, role: Option<&str>) -> Option<Glance> {
    Some(Glance {
        id: OfferId::new(id?),
        state: State::parse(state?)?,
        role: Role::parse(role?)?,
    })
}

impl From<Row> for Conversation {
    fn from(row: Row) -> Self {
        let settings =
            |archived_seq, is_pinned, muted_until: Option<OffsetDateTime>, unread_seq| {
                let muted_until = muted_until.map(Into::into);
                OwnSettings {
                    archived_seq,
                    is_pinned,
                    muted_until,
                    unread_seq,
                }
            };
        let buyer_settings = settings(
            row.buyer_archived_seq,
            row.buyer_is_pinned,
            row.buyer_muted_until,
            row.buyer_unread_seq,
        );
        let supplier_settings = settings(
            row.supplier_archived_seq,
            row.supplier_is_pinned,
            row.supplier_muted_until,
            row.supplier_unread_seq,
        );
        let admin_settings = settings(
            row.admin_archived_seq,
            row.admin_is_pinned,
            row.admin_muted_until,
            row.admin_unread_seq,
        );
        let taken = |id: String, names: Names, last_read_seq, settings| {
            let mut names = names.into_iter().flatten();
            Seat {
                user: UserId::new(id),
                name: names.next().flatten().unwrap_or_default(),
                company: names.next().flatten(),
                last_read_seq,
                settings,
                habits: Habits::new(names.next().flatten(), names.next().flatten(), None),
            }
        };
        let seat =
            |id: Option<String>, names, seq, settings| id.map(|id| taken(id, names, seq, settings));
        let blockers = [
            (row.buyer_blocks, Role::Buyer),
            (row.supplier_blocks, Role::Supplier),
        ];
        let supplier = seat(
            row.supplier_id,
            row.supplier_names,
            row.supplier_read_seq,
            supplier_settings,
        );
        let minutes = row.supplier_minutes.map(i64::from);
        let supplier = supplier.map(|mut seat| {
            seat.habits.answers_within_minutes = minutes;
            seat
        });
        let product = row.product_id.map(|id| Product {
            id: ProductId::new(id),
            name: row.product_name.unwrap_or_default(),
            image: row.product_image.unwrap_or_default(),
        });
        Self {
            id: ConversationId::new(row.id),
            kind: Kind::parse(&row.kind).expect("a check constraint holds the type"),
            buyer: taken(
                row.buyer_id,
                row.buyer_names,
                row.buyer_read_seq,
                buyer_settings,
            ),
            supplier,
            admin: seat(
                row.admin_id,
                row.admin_names,
                row.admin_read_seq,
                admin_settings,
            ),
            product,
            subject: row.subject,
            last_message: row.last_message,
            last_message_at: row.last_message_at.map(Into::into),
            last_seq: row.last_seq,
            rev: row.rev,
            offer: glance(
                row.offer_id,
                row.offer_state.as_deref(),
                row.offer_role.as_deref(),
            ),
            messages_rev: row.messages_rev.unwrap_or(0),
            created_at: row.created_at.into(),
            blocked_by: blockers
                .into_iter()
                .filter_map(|(blocks, place)| blocks.then_some(place))
                .collect(),
            closed: row.closed_at.map(|at| Closed {
                at: at.into(),
                reason: row.closed_reason.unwrap_or_default(),
            }),
        }
    }
}
