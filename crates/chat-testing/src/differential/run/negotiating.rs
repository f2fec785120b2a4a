//! People offering and answering. Storage is asked directly: what is overdue is so by its clock, and no other.

use super::{Answer as Said, Run, said};
use crate::{
    differential::{Bid, Reply},
    negotiation,
};
use chat::{
    answer_offer::expire_offers,
    ids::{ConversationId, OfferId},
    person::Person,
    storage::{Append, Make},
};

impl Run<'_> {
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
