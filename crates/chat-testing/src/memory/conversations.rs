//! Conversations, and their list.

use std::{cmp::Reverse, time::Duration};

use async_trait::async_trait;

use super::{
    MemoryStorage,
    rows::{ConversationRow, MessageRow, number},
    state::State,
};
use chat::{
    conversation::{Conversation, Kind},
    ids::{ConversationId, UserId},
    message::{MessageKind, SystemEvent},
    person::Role,
    search::{fold, words},
    storage::{
        Conversations, ListCounts, ListCursor, ListPage, ListPart, ListQuery, Result, Scope, Sort,
    },
    timestamp::Timestamp,
};

#[async_trait]
impl Conversations for MemoryStorage {
    async fn get(&self, id: &ConversationId) -> Result<Option<Conversation>> {
        Ok(self.state().view(id))
    }

    async fn list(&self, query: &ListQuery) -> Result<ListPage> {
        Ok(self.state().list(query))
    }

    async fn counts(&self, query: &ListQuery) -> Result<ListCounts> {
        Ok(self.state().list_counts(query))
    }

    async fn changed_within(&self, users: &[UserId], _: Duration) -> Result<Vec<Conversation>> {
        // Nothing here knows when something changed, and there may be others among them.
        Ok(self.state().of_any(users))
    }
}

impl State {
    pub fn list(&self, query: &ListQuery) -> ListPage {
        let found = self
            .found(query)
            .filter(|found| self.is_wanted(found, query));
        let mut found: Vec<(ListCursor, Conversation)> = found
            .filter_map(|found| Some((self.place(&found, query)?, found)))
            .collect();
        found.sort_by_key(|(place, _)| order(place));
        if let Some(cursor) = &query.cursor {
            found.retain(|(place, _)| order(place) > order(cursor));
        }
        let has_more = number(found.len()) > query.limit;
        found.truncate(usize::try_from(query.limit).unwrap_or(0));
        let last = found.last().filter(|_| has_more);
        ListPage {
            next: last.map(|(place, _)| place.clone()),
            conversations: found.into_iter().map(|(_, found)| found).collect(),
        }
    }

    fn is_wanted(&self, found: &Conversation, query: &ListQuery) -> bool {
        let reader = &query.reader;
        let is_archived = found.is_archived(reader);
        let sits = !query.is_of_reader() || found.place_of(reader).is_some();
        sits && query.kind.is_none_or(|kind| found.kind == kind)
            && (!query.waiting || found.is_waiting())
            && query.archived.is_none_or(|wanted| wanted == is_archived)
            && (!query.pinned || found.is_pinned(reader))
            && (!query.unread || found.is_unread(reader))
            && query
                .offers
                .is_none_or(|wanted| self.has_offer(found, wanted))
            && (!query.needs_reply || self.asked_at(found, reader).is_some())
    }

    /// Where it stands in the list; `None`: nowhere.
    fn place(&self, found: &Conversation, query: &ListQuery) -> Option<ListCursor> {
        let (part, at) = match query.sort {
            Sort::Waiting => (ListPart::Waiting, self.asked_at(found, &query.reader)?),
            Sort::Activity if found.is_pinned(&query.reader) => {
                (ListPart::Pinned, found.active_at())
            }
            Sort::Activity => (ListPart::Unpinned, found.active_at()),
        };
        Some(ListCursor {
            part,
            at,
            id: found.id.clone(),
        })
    }

    /// Since when somebody waits for this reader, who may write: the first text of the other side's that nothing of
    /// theirs followed, an offer that they can answer, a request that is open.
    fn asked_at(&self, found: &Conversation, reader: &UserId) -> Option<Timestamp> {
        let place = found.place_of(reader)?;
        if found.barrier(place).is_some() {
            return None;
        }
        let is_theirs = |row: &MessageRow| (row.place == Role::Buyer) == (place == Role::Buyer);
        let messages = self.conversations[&found.id].messages.iter().rev();
        let texts = messages
            .take_while(|row| !(is_theirs(row) && is_word(row)))
            .filter(|row| row.kind == MessageKind::Text && !row.is_deleted() && !is_theirs(row));
        let text = texts.last().map(|row| row.created_at);
        let offer = self.open_offer(&found.id);
        let offer = offer.filter(|offer| place != Role::Admin && offer.role != place);
        let request = self.waits_since(&found.id);
        let request = request.filter(|_| place == Role::Supplier);
        let offer = offer.map(|offer| offer.created_at);
        [text, offer, request].into_iter().flatten().min()
    }

    pub fn list_counts(&self, query: &ListQuery) -> ListCounts {
        let mut counts = ListCounts::default();
        for conversation in self.found(query) {
            let reader = &query.reader;
            let is_archived = conversation.is_archived(reader);
            counts.archived += i64::from(is_archived);
            if is_archived && query.search.is_none() {
                continue;
            }
            counts.pinned += i64::from(conversation.is_pinned(reader));
            counts.unread += i64::from(conversation.is_unread(reader));
            counts.needs_reply += i64::from(self.asked_at(&conversation, reader).is_some());
            counts.all += 1;
            counts.waiting += i64::from(conversation.is_waiting());
            *match conversation.kind {
                Kind::BuyerSupplier => &mut counts.buyer_supplier,
                Kind::BuyerAdmin => &mut counts.buyer_admin,
                Kind::Support => &mut counts.support,
            } += 1;
        }
        counts
    }

    /// In the scope, and found by the search.
    fn found(&self, query: &ListQuery) -> impl Iterator<Item = Conversation> {
        self.conversations
            .values()
            .filter(|row| is_in_scope(row, &query.scope))
            .filter(|row| self.is_found(row, query.search.as_deref()))
            .map(|row| self.conversation(row))
    }

    fn is_found(&self, row: &ConversationRow, search: Option<&str>) -> bool {
        let Some(search) = search else {
            return true;
        };
        let mut shown: Vec<&str> = Vec::new();
        for (_, place) in row.places() {
            let user = self.users.get(&place.user);
            shown.extend(user.map(|user| user.name.as_str()));
            shown.extend(user.and_then(|user| user.company.as_deref()));
            let companies = self.suppliers.values();
            let companies = companies.filter(|company| company.user_id == place.user);
            shown.extend(companies.map(|company| company.name.as_str()));
        }
        let product = row.product.as_ref().and_then(|id| self.products.get(id));
        shown.extend(product.map(|product| product.name.as_str()));
        shown.extend(row.messages.last().map(|newest| newest.preview.as_str()));
        let shown = fold(&shown.join("\n"));
        words(search).all(|word| shown.contains(&fold(word)))
    }

    pub fn of_any(&self, users: &[UserId]) -> Vec<Conversation> {
        self.conversations
            .values()
            .filter(|row| users.iter().any(|user| row.place_of(user).is_some()))
            .map(|row| self.conversation(row))
            .collect()
    }

    pub fn unread_count(&self, user: &UserId) -> i64 {
        self.conversations
            .values()
            .filter_map(|row| {
                let place = row.place_of(user).and_then(|role| row.place(role))?;
                let is_muted = place
                    .settings
                    .muted_until
                    .is_some_and(|until| until > self.now);
                (!is_muted).then(|| row.unread_of(place))
            })
            .sum()
    }
}

/// Something that somebody said, or did about an offer or a request; not what an administrator ended.
fn is_word(row: &MessageRow) -> bool {
    row.system.as_ref().is_none_or(|note| {
        row.place != Role::Admin
            && matches!(
                note.event,
                SystemEvent::OfferAccepted
                    | SystemEvent::OfferDeclined
                    | SystemEvent::OfferWithdrawn
                    | SystemEvent::RequestClosed
            )
    })
}

fn is_in_scope(row: &ConversationRow, scope: &Scope) -> bool {
    match scope {
        Scope::Of(user) => row.place_of(user).is_some(),
        Scope::All => true,
    }
}

/// Who waits longest comes first, and otherwise what is newest.
fn order(place: &ListCursor) -> (bool, i64, Option<Reverse<ConversationId>>, ConversationId) {
    let micros = place.at.micros();
    match place.part {
        ListPart::Waiting => (false, micros, None, place.id.clone()),
        part => (
            part == ListPart::Unpinned,
            -micros,
            Some(Reverse(place.id.clone())),
            place.id.clone(),
        ),
    }
}
