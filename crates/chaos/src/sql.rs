//! What is really stored, asked of PostgreSQL itself.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{PgPool, Row as _, postgres::PgPoolOptions, postgres::PgRow, query};

use crate::{
    frame::{Said, shorten},
    history::{Deal, Row, Stored},
};

const CONVERSATIONS: &str = "
select id, buyer_id, supplier_id, admin_id, coalesce(product_key, '') as purpose, last_seq, rev,
  buyer_read_seq, supplier_read_seq, admin_read_seq,
  unread_count_buyer, unread_count_supplier, unread_count_admin,
  array(
    select seat
    from unnest(array[buyer_id, supplier_id, admin_id]) as seat
    where seat is not null and haggle.is_muted_by(seat, c)
  ) as muted
from haggle.conversations c
where product_key like $1 || '-%'";

const OFFERS: &str = "
select o.conversation_id, o.id, o.chain_id, o.state
from haggle.offers o
join haggle.conversations c on c.id = o.conversation_id
where c.product_key like $1 || '-%'
order by o.conversation_id, o.seq";

/// What webhooks are still to be told. What waits for a later try is tried at once.
const UNTOLD: &str = "
with hurried as (
  update haggle.jobs
  set due_at = clock_timestamp()
  where claimed_by is null and dead_at is null and due_at > clock_timestamp()
    and (kind = 'event' or kind like 'webhook:%')
)
select count(*) as untold
from haggle.jobs
where kind = 'event' or kind like 'webhook:%'";

const MESSAGES: &str = "
select m.conversation_id, m.seq, m.id, coalesce(m.sender_id, '') as sender, m.message,
  coalesce(m.changed_rev, 0) as changed,
  coalesce((
    select string_agg(r.emoji || ' ' || r.user_id, ',' order by (r.emoji || ' ' || r.user_id) collate \"C\")
    from haggle.reactions r
    where r.message_id = m.id
  ), '') as reactions,
  coalesce(m.client_message_id, '') as key,
  coalesce(m.kind = 'system', false) as is_system,
  (extract(epoch from m.created_at) * 1000000)::bigint as created_micros
from haggle.message_rows m
join haggle.conversations c on c.id = m.conversation_id
where c.product_key like $1 || '-%'
order by m.conversation_id, m.seq";

/// What is unread of the conversations of other rounds.
const UNREAD_ELSEWHERE: &str = "
select coalesce(sum(
  case when buyer_id = $1 then last_seq - buyer_read_seq else 0 end
  + case when supplier_id = $1 then last_seq - supplier_read_seq else 0 end
  + case when admin_id = $1 then last_seq - admin_read_seq else 0 end
), 0)::bigint as unread
from haggle.conversations c
where product_key not like $2 || '-%' and not haggle.is_muted_by($1, c)";

const REVS: &str =
    "select coalesce(sum(rev), 0)::bigint as revs, coalesce(sum(last_seq), 0)::bigint as seqs
from haggle.conversations";

const COMPANIONS: &str = "
with seats as (
  select id, unnest(array[buyer_id, supplier_id, admin_id]) as person
  from haggle.conversations
)
select distinct a.person as one, b.person as other
from seats a
join seats b on b.id = a.id
where a.person <> b.person";

#[derive(Debug)]
pub struct Sql(PgPool);

impl Sql {
    /// Not through a proxy, and only while nobody hits PostgreSQL.
    pub async fn connect(url: &str) -> Self {
        let pool = PgPoolOptions::new().max_connections(2).connect(url).await;
        Self(pool.expect("PostgreSQL answers"))
    }

    /// The conversations of a round.
    pub async fn stored(&self, round: &str) -> BTreeMap<String, Stored> {
        let rows = query(CONVERSATIONS).bind(round).fetch_all(&self.0).await;
        let mut conversations: BTreeMap<String, Stored> = BTreeMap::new();
        for row in rows.expect("the conversations can be read") {
            conversations.insert(row.get("id"), conversation(&row));
        }
        let rows = query(MESSAGES).bind(round).fetch_all(&self.0).await;
        for row in rows.expect("the messages can be read") {
            let stored = conversations.entry(row.get("conversation_id")).or_default();
            stored.messages.push(message(&row));
        }
        let rows = query(OFFERS).bind(round).fetch_all(&self.0).await;
        for row in rows.expect("the offers can be read") {
            let stored = conversations.entry(row.get("conversation_id")).or_default();
            stored.offers.push(Deal {
                id: row.get("id"),
                chain: row.get("chain_id"),
                state: row.get("state"),
            });
        }
        conversations
    }

    pub async fn unread_elsewhere(&self, person: &str, round: &str) -> i64 {
        let counted = query(UNREAD_ELSEWHERE).bind(person).bind(round);
        let row = counted.fetch_one(&self.0).await;
        row.expect("marks can be read").get("unread")
    }

    /// Who shares a conversation with whom, in both directions.
    pub async fn companions(&self) -> BTreeSet<(String, String)> {
        let rows = query(COMPANIONS).fetch_all(&self.0).await;
        let rows = rows.expect("the conversations can be read");
        let pair = |row: &PgRow| (row.get("one"), row.get("other"));
        rows.iter().map(pair).collect()
    }

    /// How much webhooks are still to be told.
    pub async fn untold(&self) -> i64 {
        let row = query(UNTOLD).fetch_one(&self.0).await;
        row.expect("jobs can be read").get("untold")
    }

    /// Two numbers that stay the same while nothing happens.
    pub async fn moves(&self) -> (i64, i64) {
        let row = query(REVS).fetch_one(&self.0).await;
        let row = row.expect("conversations can be read");
        (row.get("revs"), row.get("seqs"))
    }
}

fn conversation(row: &PgRow) -> Stored {
    let places = [
        ("buyer_id", "buyer_read_seq", "unread_count_buyer"),
        ("supplier_id", "supplier_read_seq", "unread_count_supplier"),
        ("admin_id", "admin_read_seq", "unread_count_admin"),
    ];
    let mut stored = Stored {
        purpose: row.get("purpose"),
        last_seq: row.get("last_seq"),
        rev: row.get("rev"),
        muted: row.get::<Vec<String>, _>("muted").into_iter().collect(),
        ..Stored::default()
    };
    for (place, mark, unread) in places {
        let Some(user) = row.get::<Option<String>, _>(place) else {
            continue;
        };
        stored.marks.insert(user.clone(), row.get(mark));
        let unread = i64::from(row.get::<i32, _>(unread));
        stored.unread.insert(user.clone(), unread);
        if place == "admin_id" {
            stored.admin = Some(user);
        } else {
            stored.participants.push(user);
        }
    }
    stored
}

fn message(row: &PgRow) -> Row {
    Row {
        seq: row.get("seq"),
        said: Said {
            id: row.get("id"),
            sender: row.get("sender"),
            text: shorten(row.get("message")),
            reactions: row.get("reactions"),
            changed: row.get("changed"),
            is_system: row.get("is_system"),
        },
        key: row.get("key"),
        created_micros: row.get("created_micros"),
    }
}
