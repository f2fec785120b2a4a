//! Offers, and the requests that they answer.

use async_trait::async_trait;
use serde_json::json;

use super::{
    MemoryWriter,
    rows::{AskedRow, OfferRow, RequestRow},
    state::State,
};
use chat::{
    audit::{Act, Action},
    conversation::Conversation,
    event::{Event, EventKind},
    ids::{AuditId, ConversationId, MessageId, OfferId, RequestId, UserId},
    message::{Draft, Message, MessageKind, SystemDraft, SystemEvent, SystemNote},
    offer::{Answer, Offer, State as Standing, Verdict, outcome_in_words},
    person::Role,
    quotation::{Asked, Quotation, RequestGlance, Standing as Progress},
    storage::{
        AnswerDraft, Answered, Append, Make, NewQuotation, OfferDraft, OfferFilter, Offers, Result,
    },
    timestamp::Timestamp,
    webhook::Happened,
};

#[async_trait]
impl Offers for MemoryWriter {
    async fn make(&self, draft: OfferDraft) -> Result<Make> {
        Ok(self.change(|state| state.make_offer(draft)))
    }

    async fn answer(&self, answer: AnswerDraft) -> Result<Answered> {
        Ok(self.change(|state| state.answer_offer(answer)))
    }

    async fn overdue(&self, limit: i64) -> Result<Vec<OfferId>> {
        let state = self.state();
        let mut overdue: Vec<&Offer> = state
            .offers()
            .filter(|offer| offer.is_overdue(state.now))
            .collect();
        overdue.sort_by_key(|offer| offer.valid_until);
        overdue.truncate(usize::try_from(limit).unwrap_or(0));
        Ok(overdue.into_iter().map(|offer| offer.id.clone()).collect())
    }

    async fn expire(&self, offer: &OfferId, message: MessageId, act: Act) -> Result<bool> {
        Ok(self.change(|state| {
            let found = state.offer(offer);
            let found = found.filter(|offer| offer.is_overdue(state.now));
            found.is_some_and(|offer| {
                state.expire_offer(&offer, &message, &act);
                true
            })
        }))
    }

    async fn offer(&self, id: &OfferId) -> Result<Option<Offer>> {
        Ok(self.state().offer(id))
    }

    async fn chain(&self, id: &OfferId) -> Result<Vec<Offer>> {
        Ok(self.state().chain(id))
    }

    async fn request(&self, new: NewQuotation) -> Result<(Quotation, bool)> {
        Ok(self.change(|state| state.request(new)))
    }

    async fn requested(
        &self,
        buyer: &UserId,
        client_message_id: &str,
    ) -> Result<Option<Quotation>> {
        Ok(self.state().requested(buyer, client_message_id))
    }

    async fn ask(&self, request: &RequestId, draft: Draft, act: Act) -> Result<Append> {
        Ok(self.change(|state| state.ask(request, draft, act)))
    }

    async fn quotation(&self, id: &RequestId) -> Result<Option<Quotation>> {
        Ok(self.state().quotation(id))
    }

    async fn close(
        &self,
        id: &RequestId,
        accepted: Option<&OfferId>,
        now: Timestamp,
    ) -> Result<Option<Quotation>> {
        Ok(self.change(|state| {
            if let Some(row) = state.requests.get_mut(id)
                && row.closed_at.is_none()
            {
                row.closed_at = Some(now);
                row.accepted = accepted.cloned();
            }
            state.quotation(id)
        }))
    }

    async fn tell_closed(
        &self,
        request: &RequestId,
        draft: SystemDraft,
    ) -> Result<Option<Message>> {
        Ok(self.change(|state| {
            let mut asked = state.asked.iter_mut();
            let asked = asked.find(|asked| {
                asked.request == *request && asked.conversation == draft.conversation
            })?;
            if asked.is_told || !state.conversations.contains_key(&draft.conversation) {
                return None;
            }
            asked.is_told = true;
            state.append_system(draft)
        }))
    }
}

impl State {
    /// Those of conversations that are there.
    fn offers(&self) -> impl Iterator<Item = &Offer> {
        let offers = self.offers.values().map(|row| &row.offer);
        offers.filter(|offer| self.conversations.contains_key(&offer.conversation))
    }

    fn offer(&self, id: &OfferId) -> Option<Offer> {
        self.offers().find(|offer| offer.id == *id).cloned()
    }

    /// The offer that this message is.
    pub fn offer_of(&self, message: &MessageId) -> Option<Offer> {
        self.offers()
            .find(|offer| offer.message == *message)
            .cloned()
    }

    /// The offers of a conversation, in the order of their messages.
    pub fn offers_in(&self, conversation: &ConversationId) -> Vec<Offer> {
        let offers = self
            .offers()
            .filter(|offer| offer.conversation == *conversation);
        let mut offers: Vec<Offer> = offers.cloned().collect();
        let row = &self.conversations[conversation];
        offers.sort_by_key(|offer| row.seq_of(&offer.message));
        offers
    }

    /// Whether the list shows it by this filter.
    pub fn has_offer(&self, conversation: &Conversation, wanted: OfferFilter) -> bool {
        let state = match wanted {
            OfferFilter::Open => Standing::Open,
            OfferFilter::Accepted => Standing::Accepted,
        };
        let offers = self.offers_in(&conversation.id);
        offers.iter().any(|offer| offer.state == state)
    }

    fn chain(&self, id: &OfferId) -> Vec<Offer> {
        let Some(offer) = self.offer(id) else {
            return Vec::new();
        };
        let chain = &self.offers[id].chain;
        let mut offers = self.offers_in(&offer.conversation);
        offers.retain(|offer| self.offers[&offer.id].chain == *chain);
        offers
    }

    fn make_offer(&mut self, draft: OfferDraft) -> Make {
        let (id, sender) = (
            draft.message.conversation.clone(),
            draft.message.sender.clone(),
        );
        if let Some(client) = &draft.message.client_message_id
            && let Some(first) = self.sent(&sender, &id, client)
        {
            return Make::NotAppended(Append::Known(Box::new(first)));
        }
        let Some(row) = self.conversations.get(&id) else {
            return Make::NotAppended(Append::NoConversation);
        };
        let place = match row.place_of(&sender) {
            None => return Make::NotAppended(Append::NotParticipant),
            Some(Role::Admin) => return Make::NoDeal,
            Some(_) if row.supplier.is_none() => return Make::NoDeal,
            Some(place) => place,
        };
        if let Some(barrier) = self.conversation(row).barrier(place) {
            return Make::NotAppended(Append::Barred(barrier));
        }
        let mut countered = None;
        if let Some(counters) = &draft.counters {
            let found = self
                .offer(counters)
                .filter(|offer| offer.conversation == id);
            let Some(found) = found else {
                return Make::NoOffer;
            };
            match found.judge(Answer::Counter, &sender, place, None, self.now) {
                Verdict::Taken => countered = Some(found),
                Verdict::NotTheirs => return Make::NotTheirs,
                Verdict::Overdue => {
                    let expired = self.expire_offer(&found, &draft.expiry, &draft.act);
                    return Make::NotOpen(Box::new(expired));
                }
                _ => return Make::NotOpen(Box::new(found)),
            }
        } else if let Some(open) = self.open_offer(&id) {
            if !open.is_overdue(self.now) {
                return Make::Open(Box::new(open));
            }
            self.expire_offer(&open, &draft.expiry, &draft.act);
        }
        if let Some(countered) = &countered {
            let row = self.offers.get_mut(&countered.id);
            row.expect("it was found").offer.superseded_by = Some(draft.id.clone());
            let told_by = draft.message.id.clone();
            self.end_offer(
                countered,
                Standing::Countered,
                Some(&sender),
                told_by,
                &draft.act,
            );
        }
        let request = match &countered {
            Some(countered) => countered.request.clone(),
            None => self.open_request_in(&id),
        };
        let chain = countered.map(|countered| self.offers[&countered.id].chain.clone());
        let message = match self.append(draft.message) {
            Append::Created(message) => *message,
            refused => return Make::NotAppended(refused),
        };
        let offer = Offer {
            id: draft.id.clone(),
            conversation: id.clone(),
            message: message.id,
            rev: 1,
            by: sender,
            role: place,
            state: Standing::Open,
            terms: draft.terms,
            totals: draft.totals,
            valid_until: draft.valid_until,
            created_at: message.created_at,
            answered_at: None,
            answered_by: None,
            supersedes: draft.counters,
            superseded_by: None,
            request,
        };
        self.audit_offer(&offer, draft.act);
        let row = OfferRow {
            chain: chain.unwrap_or_else(|| draft.id.clone()),
            offer,
            told_by: None,
        };
        let offer = row.offer.clone();
        self.offers.insert(draft.id, row);
        let message = self.publish_whole(&id, MessageKind::Offer);
        self.beside_the_newest(&offer);
        Make::Made(Box::new(message))
    }

    /// The newest message is more than the text that was published.
    fn publish_whole(&mut self, id: &ConversationId, kind: MessageKind) -> Message {
        self.events.pop();
        let row = self.conversations.get_mut(id);
        if let Some(newest) = row.and_then(|row| row.messages.last_mut()) {
            newest.kind = kind;
        }
        self.publish_newest(id)
    }

    pub fn open_offer(&self, conversation: &ConversationId) -> Option<Offer> {
        let offers = self.offers_in(conversation).into_iter();
        offers.rev().find(|offer| offer.state == Standing::Open)
    }

    fn answer_offer(&mut self, draft: AnswerDraft) -> Answered {
        let Some(offer) = self.offer(&draft.offer) else {
            return Answered::NoOffer;
        };
        let row = &self.conversations[&offer.conversation];
        let Some(place) = row.place_of(&draft.by.id) else {
            return Answered::NotParticipant;
        };
        let by = &draft.by.id;
        let verdict = offer.judge(draft.answer, by, place, draft.rev, self.now);
        if let Some(barrier) = self.conversation(row).barrier(place)
            && draft.answer != Answer::Withdraw
            && verdict != Verdict::Again
        {
            return Answered::Barred(barrier);
        }
        match verdict {
            Verdict::NotTheirs => Answered::NotTheirs,
            Verdict::NotOpen => Answered::NotOpen(Box::new(offer)),
            Verdict::Changed => Answered::Changed(Box::new(offer)),
            Verdict::Overdue => {
                let expired = self.expire_offer(&offer, &draft.message, &draft.act);
                Answered::NotOpen(Box::new(expired))
            }
            Verdict::Again => {
                let told_by = self.offers[&offer.id].told_by.as_ref();
                let seq = told_by.and_then(|message| row.seq_of(message));
                let seq = seq.expect("an answer is told");
                let told = self.messages(row, seq, seq).remove(0);
                Answered::Again(Box::new(told), Box::new(offer))
            }
            Verdict::Taken => {
                let (state, told_by) = (draft.answer.leads_to(), draft.message.clone());
                let ended = self.end_offer(&offer, state, Some(by), told_by, &draft.act);
                let who = Some((by.clone(), place));
                let told = self.tell_of(
                    &ended,
                    who,
                    &draft.by.name,
                    draft.note,
                    draft.message,
                    draft.act.at,
                );
                self.audit_offer(&ended, draft.act);
                Answered::Given(Box::new(told), Box::new(ended))
            }
        }
    }

    fn expire_offer(&mut self, offer: &Offer, message: &MessageId, act: &Act) -> Offer {
        let expired = self.end_offer(offer, Standing::Expired, None, message.clone(), act);
        self.tell_of(&expired, None, "", None, message.clone(), act.at);
        let act = Act {
            id: AuditId::new(message.as_str()),
            actor: None,
            ..act.clone()
        };
        self.audit_offer(&expired, act);
        expired
    }

    pub(super) fn end_offer(
        &mut self,
        offer: &Offer,
        state: Standing,
        by: Option<&UserId>,
        told_by: MessageId,
        act: &Act,
    ) -> Offer {
        let row = self.offers.get_mut(&offer.id).expect("it was found");
        row.offer = row.offer.changed(state, by, act.at);
        row.told_by = Some(told_by);
        let ended = row.offer.clone();
        let id = &offer.conversation;
        let row = self.conversations.get_mut(id).expect("an offer's is there");
        row.rev += 1;
        row.messages_rev = row.rev;
        let (rev, message) = (
            row.rev,
            row.messages.iter_mut().find(|row| row.id == offer.message),
        );
        message.expect("an offer is a message").changed_rev = Some(rev);
        let row = &self.conversations[id];
        let seq = row.seq_of(&offer.message).unwrap_or_default();
        let event = Event {
            audience: row.places().map(|(_, place)| place.user.clone()).collect(),
            kind: EventKind::MessageUpdated {
                rev,
                message: self.messages(row, seq, seq).remove(0),
            },
        };
        self.events.push(event);
        self.beside_the_newest(&ended);
        ended
    }

    /// Webhooks hear that the offer has become so with the newest event.
    fn beside_the_newest(&mut self, offer: &Offer) {
        let newest = self.events.last();
        let happened = newest.and_then(|event| Happened::offered(offer, &event.kind));
        self.beside.extend(happened);
    }

    pub(super) fn tell_of(
        &mut self,
        ended: &Offer,
        by: Option<(UserId, Role)>,
        name: &str,
        note: Option<String>,
        message: MessageId,
        now: Timestamp,
    ) -> Message {
        let draft = SystemDraft {
            id: message,
            conversation: ended.conversation.clone(),
            actor_role: by.as_ref().map_or(Role::Admin, |(_, place)| *place),
            actor: by.map(|(user, _)| user),
            actor_name: name.to_owned(),
            text: outcome_in_words(ended.state, name, ended.totals, note.as_deref()),
            note: SystemNote {
                event: match ended.state {
                    Standing::Accepted => SystemEvent::OfferAccepted,
                    Standing::Declined => SystemEvent::OfferDeclined,
                    Standing::Withdrawn => SystemEvent::OfferWithdrawn,
                    _ => SystemEvent::OfferExpired,
                },
                offer: Some(ended.id.to_string()),
                reason: note,
            },
            now,
        };
        let told = self.append_system(draft);
        told.expect("an offer's conversation is there")
    }

    pub(super) fn audit_offer(&mut self, offer: &Offer, act: Act) {
        let detail = json!({"offer": offer.id.as_str(), "state": offer.state.as_str()});
        self.audit
            .push(act.entry(Action::Negotiated, &offer.conversation, detail));
    }

    fn open_request_in(&self, conversation: &ConversationId) -> Option<RequestId> {
        let mut asked = self.asked.iter().rev();
        let asked = asked.find(|asked| {
            asked.conversation == *conversation
                && self.requests[&asked.request].closed_at.is_none()
                && !self.has_deal(asked)
        })?;
        Some(asked.request.clone())
    }

    fn has_deal(&self, asked: &AskedRow) -> bool {
        self.offers_in(&asked.conversation).iter().any(|offer| {
            offer.request.as_ref() == Some(&asked.request) && offer.state == Standing::Accepted
        })
    }

    /// When the first of the requests was put that wait for the supplier's offer.
    pub fn waits_since(&self, conversation: &ConversationId) -> Option<Timestamp> {
        let row = &self.conversations[conversation];
        let asked = self
            .asked
            .iter()
            .filter(|asked| asked.conversation == *conversation);
        let asked = asked.filter(|asked| self.is_waiting(asked));
        asked
            .filter_map(|asked| row.messages.iter().find(|row| row.id == asked.message))
            .filter(|message| !message.is_deleted())
            .map(|message| message.created_at)
            .min()
    }

    fn is_waiting(&self, asked: &AskedRow) -> bool {
        let Some(quotation) = self.quotation(&asked.request) else {
            return false;
        };
        let until = quotation.terms.valid_until;
        let answers = quotation.answers.iter();
        let mut here = answers.filter(|answer| answer.conversation == asked.conversation);
        until.is_none_or(|until| until > self.now)
            && here.any(|answer| quotation.standing(answer) == Progress::Waiting)
    }

    fn request(&mut self, new: NewQuotation) -> (Quotation, bool) {
        if let Some(id) = &new.client_message_id
            && let Some(first) = self.requested(&new.buyer, id)
        {
            return (first, false);
        }
        let id = new.id.clone();
        let row = RequestRow {
            buyer: new.buyer,
            suppliers: new.suppliers,
            terms: new.terms,
            words: new.words,
            client_message_id: new.client_message_id,
            created_at: new.now,
            closed_at: None,
            accepted: None,
        };
        self.requests.insert(id.clone(), row);
        (self.quotation(&id).expect("it was put in"), true)
    }

    fn requested(&self, buyer: &UserId, client_message_id: &str) -> Option<Quotation> {
        let mut requests = self.requests.iter();
        let (id, _) = requests.find(|(_, row)| {
            row.buyer == *buyer && row.client_message_id.as_deref() == Some(client_message_id)
        })?;
        self.quotation(id)
    }

    fn ask(&mut self, request: &RequestId, draft: Draft, act: Act) -> Append {
        let id = draft.conversation.clone();
        match self.append(draft) {
            Append::Created(message) => {
                let row = &self.conversations[&id];
                if let Some(supplier) = &row.supplier {
                    self.asked.push(AskedRow {
                        request: request.clone(),
                        conversation: id.clone(),
                        supplier: supplier.user.clone(),
                        message: message.id.clone(),
                        is_told: false,
                    });
                }
                let detail = json!({"request": request.as_str(), "state": "requested"});
                self.audit.push(act.entry(Action::Negotiated, &id, detail));
                Append::Created(Box::new(self.publish_whole(&id, MessageKind::Request)))
            }
            other => other,
        }
    }

    /// The request that this message puts.
    pub fn request_of(&self, message: &MessageId) -> Option<RequestGlance> {
        let asked = self.asked.iter().find(|asked| asked.message == *message)?;
        Some(RequestGlance {
            id: asked.request.clone(),
            terms: self.requests[&asked.request].terms.clone(),
        })
    }

    /// `None` too once the buyer is gone.
    fn quotation(&self, id: &RequestId) -> Option<Quotation> {
        let row = self.requests.get(id)?;
        self.users.get(&row.buyer)?;
        let asked = self.asked.iter().filter(|asked| asked.request == *id);
        let asked = asked.filter(|asked| self.conversations.contains_key(&asked.conversation));
        let answers = asked.map(|asked| Asked {
            supplier: asked.supplier.clone(),
            conversation: asked.conversation.clone(),
            offer: {
                let offers = self.offers_in(&asked.conversation).into_iter();
                let offers = offers.filter(|offer| offer.request.as_ref() == Some(id));
                // The last of the greatest.
                offers.max_by_key(|offer| offer.state == Standing::Accepted)
            },
            is_told: asked.is_told,
        });
        Some(Quotation {
            id: id.clone(),
            buyer: row.buyer.clone(),
            suppliers: row.suppliers.clone(),
            words: row.words.clone(),
            terms: row.terms.clone(),
            created_at: row.created_at,
            closed_at: row.closed_at,
            accepted: row.accepted.clone(),
            answers: answers.collect(),
        })
    }
}
