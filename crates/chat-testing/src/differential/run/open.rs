//! Opening conversations, and looking them up by their purpose.

use super::{Answer, Run, nobody, said};
use crate::differential::{Named, cast};
use chat::{
    conversation::Kind,
    ids::{ConversationId, UserId},
    open_conversation::{Request, open_conversation},
    storage::NewConversation,
    timestamp::Clock,
};

impl Run<'_> {
    pub(super) async fn open(&mut self, user: &UserId, named: Named) -> Answer {
        let Some(person) = self.person(user).await? else {
            return Ok(nobody());
        };
        let opened = open_conversation(&self.world.chat, &person.into(), request(named)).await;
        if let Ok(opened) = &opened {
            self.remember_conversation(&opened.conversation);
        }
        Ok(said(&opened))
    }

    pub(super) async fn find(&self, named: Named) -> Answer {
        let kind = named.kind.unwrap_or(Kind::BuyerSupplier);
        let supplier = named.supplier.filter(|_| kind == Kind::BuyerSupplier);
        let admin = named.admin.filter(|_| kind != Kind::Support);
        let purpose = NewConversation {
            id: ConversationId::new(cast::NO_SUCH_ID),
            kind,
            buyer: cast::user(named.buyer.unwrap_or(0)),
            supplier: supplier.map(cast::user),
            admin: admin.map(cast::user),
            product: named.product.map(cast::product),
            assign_admin: kind == Kind::Support,
            now: self.world.clock.now(),
        };
        Ok(said(&self.world.chat.membership.find(&purpose).await?))
    }
}

fn request(named: Named) -> Request {
    let supplier = |number: usize| {
        if named.by_company {
            cast::company(number)
        } else {
            cast::user(number).to_string()
        }
    };
    Request {
        buyer: named.buyer.map(cast::user),
        supplier: named.supplier.map(supplier),
        admin: named.admin.map(cast::user),
        product: named.product.map(cast::product),
        kind: named.kind,
    }
}
