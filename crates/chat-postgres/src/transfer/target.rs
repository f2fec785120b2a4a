//! A conversation into which a batch goes, and how far it has come.

use std::collections::HashSet;

use chat::{content, conversation::Kind, timestamp::Timestamp};
use sqlx::types::{JsonValue, time::OffsetDateTime};

use super::source_message::Row;
use crate::{bulk::BulkConversation, places::Places};

#[derive(Clone, sqlx::FromRow)]
pub(super) struct Target {
    pub place: i64,
    pub id: String,
    pub messages: i64,
    pub buyer_id: String,
    pub supplier_id: Option<String>,
    pub admin_id: Option<String>,
    pub product_id: Option<String>,
    pub r#type: String,
    pub subject: Option<String>,
    pub product_key: Option<String>,
    pub admin_key: Option<String>,
    pub created_at: OffsetDateTime,
    pub is_there: bool,
}

pub(super) const TARGETS: &str = "
select
  t.place, t.id, t.messages, c.buyer_id, c.supplier_id, c.admin_id, c.product_id, c.type, c.subject,
  c.product_key, c.admin_key, c.created_at,
  exists (select from haggle.conversations x where x.id = t.id) as is_there
from pg_temp.import_targets t
join lateral (
  select i.*
  from pg_temp.import_conversations i
  where i.target = t.id
  order by i.id <> t.id, i.place
  limit 1
) c on true
where t.place > $1
order by t.place
limit 1000";

#[derive(sqlx::FromRow)]
pub(super) struct There {
    pub id: String,
    pub buyer_id: String,
    pub supplier_id: Option<String>,
    pub admin_id: Option<String>,
    pub last_seq: i64,
    pub last_message_at: Option<OffsetDateTime>,
}

/// What happens to one conversation in a batch.
pub(super) struct State {
    pub target: Target,
    pub places: Places,
    /// It was made meanwhile, or its purpose was.
    pub is_lost: bool,
    pub last_seq: i64,
    pub last_at: Option<Timestamp>,
    /// Up to where each place has read without a gap, and whether there was one.
    pub read: [(i64, bool); 3],
    pub sent: HashSet<u64>,
}

impl Target {
    fn places(&self) -> Places {
        Places {
            buyer: self.buyer_id.clone(),
            supplier: self.supplier_id.clone(),
            admin: self.admin_id.clone(),
        }
    }

    pub fn conversation(&self) -> BulkConversation {
        BulkConversation {
            id: self.id.clone(),
            kind: Kind::parse(&self.r#type).expect("it was decided"),
            places: self.places(),
            product: self.product_id.clone(),
            subject: self
                .subject
                .as_deref()
                .map(content::clean)
                .filter(|subject| !subject.is_empty()),
            purpose: (self.product_key.clone(), self.admin_key.clone()),
            created_at: self.created_at.into(),
            read_seqs: [0; 3],
            messages: Vec::new(),
        }
    }
}

impl State {
    pub fn new(target: Target, there: Option<&There>, is_lost: bool) -> Self {
        let places = match there {
            Some(there) => Places {
                buyer: there.buyer_id.clone(),
                supplier: there.supplier_id.clone(),
                admin: there.admin_id.clone(),
            },
            None => target.places(),
        };
        Self {
            places,
            is_lost,
            last_seq: there.map_or(0, |there| there.last_seq),
            last_at: there.and_then(|there| there.last_message_at.map(Timestamp::from)),
            read: [(0, false); 3],
            sent: HashSet::new(),
            target,
        }
    }

    /// A place has read up to the first message that it has not read. Sending moves the sender's own
    /// mark, as it does here.
    pub fn see(&mut self, row: &Row, seq: i64) {
        let has_read = |user: &str| {
            let until = row.receipts.get(user).and_then(JsonValue::as_i64);
            let named = row.read_by.as_array().into_iter().flatten();
            row.is_read
                || until.is_some_and(|until| Timestamp::from(row.at).micros() <= until)
                || named.filter_map(JsonValue::as_str).any(|name| name == user)
        };
        let Places {
            buyer,
            supplier,
            admin,
        } = &self.places;
        let people = [Some(buyer), supplier.as_ref(), admin.as_ref()];
        for ((mark, is_over), user) in self.read.iter_mut().zip(people) {
            let Some(user) = user else {
                continue;
            };
            let is_own = row.sender_found.as_ref() == Some(user);
            *is_over = !is_own && (*is_over || !has_read(user));
            if !*is_over {
                *mark = seq;
            }
        }
    }
}
