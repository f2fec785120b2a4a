//! Who there is in a world, and whom they talk with.

use super::{Persona, World};
use chat::{
    conversation::Kind,
    ids::{ConversationId, UserId},
    person::Role,
    storage::{NewConversation, Put, UserRecord},
};

impl World {
    pub async fn buyer(&self, id: &str) -> Persona<'_> {
        self.put_user(id, Role::Buyer, true).await
    }

    pub async fn supplier(&self, id: &str) -> Persona<'_> {
        self.put_user(id, Role::Supplier, true).await
    }

    pub async fn admin(&self, id: &str) -> Persona<'_> {
        self.put_user(id, Role::Admin, true).await
    }

    /// Puts a user whose name is `Name of {id}`.
    pub async fn put_user(&self, id: &str, role: Role, is_active: bool) -> Persona<'_> {
        let user = UserRecord {
            id: UserId::new(id),
            name: format!("Name of {id}"),
            company: None,
            email: format!("{id}@example.test"),
            role,
            is_active,
            time_zone: None,
        };
        let put = self.chat.directory_editor.put_user(&user).await;
        let put = put.expect("a user can be put");
        assert!(matches!(put, Put::Created | Put::Replaced), "{put:?}");
        Persona::new(self, user.id)
    }

    /// A buyer and a supplier, to be opened.
    pub fn between(&self, buyer: &Persona<'_>, supplier: &Persona<'_>) -> NewConversation {
        NewConversation {
            kind: Kind::BuyerSupplier,
            supplier: Some(supplier.id.clone()),
            assign_admin: false,
            ..self.support(buyer)
        }
    }

    /// A buyer and an administrator, to be opened.
    pub fn with_admin(&self, buyer: &Persona<'_>, admin: &Persona<'_>) -> NewConversation {
        NewConversation {
            kind: Kind::BuyerAdmin,
            admin: Some(admin.id.clone()),
            assign_admin: false,
            ..self.support(buyer)
        }
    }

    /// A buyer and whoever is available, to be opened.
    pub fn support(&self, buyer: &Persona<'_>) -> NewConversation {
        NewConversation {
            id: ConversationId::new(self.chat.clock.new_id()),
            kind: Kind::Support,
            buyer: buyer.id.clone(),
            supplier: None,
            admin: None,
            product: None,
            assign_admin: true,
            now: self.chat.clock.now(),
        }
    }

    /// A buyer, a supplier and the conversation between them.
    pub async fn pair(&self) -> (Persona<'_>, Persona<'_>, ConversationId) {
        let (buyer, supplier) = (self.buyer("bea").await, self.supplier("sol").await);
        let conversation = self.open(self.between(&buyer, &supplier)).await;
        (buyer, supplier, conversation)
    }
}
