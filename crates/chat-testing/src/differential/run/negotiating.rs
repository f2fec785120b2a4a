//! People offering and answering. Storage is asked directly: what is overdue is so by its clock, and no other.

use super::{Answer as Said, Run, nobody, said};
use crate::{
    differential::{Bid, Reply},
    negotiation,
};
use chat::{
    answer_offer::expire_offers,
    ids::{ConversationId, OfferId, RequestId},
    offer::Title,
    person::{Person, Role},
    storage::{Append, Make, NewQuotation},
    timestamp::Clock,
};

impl Run<'_> {
    /// Only a buyer's is put; the use case asks for no other.
    pub(super) async fn request(&mut self, person: &Person, id: &ConversationId) -> Said {
        let (chat, clock) = (&self.world.chat, &*self.world.clock);
        let found = chat.conversations.get(id).await?;
        let place = found.and_then(|found| found.place_of(&person.id));
        if place != Some(Role::Buyer) {
            return Ok(nobody());
        }
        let new = NewQuotation {
            id: RequestId::new(clock.new_id()),
            buyer: person.id.clone(),
            suppliers: Vec::new(),
            terms: negotiation::wanted(),
            words: String::new(),
            client_message_id: None,
            now: clock.now(),
        };
        let (request, _) = chat.offers.request(new).await?;
        let draft = negotiation::message(clock, person, id, Title::Request, &request.terms);
        let act = negotiation::act(clock, person);
        let asked = chat.offers.ask(&request.id, draft, act).await?;
        if let Append::Created(message) = &asked {
            self.remember_message(message);
            self.requests.push(request.id);
        }
        Ok(said(&asked))
    }

    pub(super) async fn close_request(&self, number: usize) -> Said {
        let known = self.requests.get(number % self.requests.len().max(1));
        let id = known.map_or_else(|| RequestId::new(super::NO_SUCH_ID), Clone::clone);
        let offers = &self.world.chat.offers;
        Ok(said(
            &offers.close(&id, None, self.world.clock.now()).await?,
        ))
    }

    pub(super) async fn bid(&mut self, person: &Person, id: &ConversationId, bid: Bid) -> Said {
        let (world, counters) = (
            self.world,
            bid.counters.map(|number| self.offer(id, number)),
        );
        let terms = negotiation::terms(bid.cents, bid.is_overdue);
        let mut draft = negotiation::offer(&*world.clock, person, id, terms, counters);
        let client_message_id = bid.client_message_id;
        draft.message.client_message_id = client_message_id.map(|number| format!("k{number}"));
        let made = world.chat.offers.make(draft).await?;
        if let Make::Made(message) = &made {
            self.remember_message(message);
            let offer = message
                .offer
                .as_ref()
                .map(|offer| (id.clone(), offer.id.clone()));
            self.offers.extend(offer);
        }
        if let Make::NotAppended(Append::Known(message)) = &made {
            self.remember_message(message);
        }
        Ok(said(&made))
    }

    pub(super) async fn reply(&self, person: &Person, id: &ConversationId, reply: Reply) -> Said {
        let (chat, clock) = (&self.world.chat, &*self.world.clock);
        let offer = self.offer(id, reply.offer);
        let draft = negotiation::answer(clock, person, &offer, reply.answer, reply.rev);
        let answered = chat.offers.answer(draft).await?;
        let chain = chat.offers.chain(&offer).await?;
        Ok(format!("{} {}", said(&answered), said(&chain)))
    }

    pub(super) async fn expire(&self) -> Said {
        Ok(said(&expire_offers(&self.world.chat).await?))
    }

    /// The offer of this number in this conversation; one in eight is any offer.
    fn offer(&self, conversation: &ConversationId, number: usize) -> OfferId {
        let offers = self.offers.iter();
        let offers = offers.filter(|(of, _)| of == conversation || number % 8 == 7);
        let offers: Vec<&OfferId> = offers.map(|(_, offer)| offer).collect();
        // The newest is the one that matters.
        let known = offers.iter().rev().nth(number % offers.len().clamp(1, 3));
        let nothing = || OfferId::new(super::NO_SUCH_ID);
        known.map_or_else(nothing, |offer| (*offer).clone())
    }
}
