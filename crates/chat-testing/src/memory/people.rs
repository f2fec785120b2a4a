//! Users and suppliers.

use super::state::State;
use chat::{
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
    person::{Person, Role},
    reply::Owner,
    storage::{Delete, Put, SupplierRecord, UserRecord},
    webhook::{Happened, Left},
};

impl State {
    pub fn supplier_user(&self, supplier_or_user: &str) -> Option<Person> {
        match self.suppliers.get(supplier_or_user) {
            Some(supplier) => self.person(&supplier.user_id),
            None => self.person(&UserId::new(supplier_or_user)),
        }
    }

    pub fn changed(&self, known: &[(UserId, Role)]) -> Vec<(UserId, Option<Person>)> {
        known
            .iter()
            .map(|(id, role)| (id, role, self.person(id)))
            .filter(|(_, role, person)| {
                let as_known = |person: &Person| person.role == **role && person.is_active;
                !person.as_ref().is_some_and(as_known)
            })
            .map(|(id, _, person)| (id.clone(), person))
            .collect()
    }

    pub fn put_user(&mut self, user: &UserRecord) -> Put {
        match self.users.insert(user.id.clone(), user.clone()) {
            Some(_) => Put::Replaced,
            None => Put::Created,
        }
    }

    pub fn put_supplier(&mut self, supplier: &SupplierRecord) -> Put {
        if !self.users.contains_key(&supplier.user_id) {
            return Put::Unknown("userId");
        }
        let mut others = self.suppliers.values().filter(|row| row.id != supplier.id);
        if others.any(|row| row.user_id == supplier.user_id) {
            return Put::Taken("userId");
        }
        match self.suppliers.insert(supplier.id.clone(), supplier.clone()) {
            Some(_) => Put::Replaced,
            None => Put::Created,
        }
    }

    pub fn delete_supplier(&mut self, id: &str) -> Delete {
        if self.suppliers.remove(id).is_none() {
            return Delete::NotFound;
        }
        for product in self.products.values_mut() {
            if product.supplier_id.as_deref() == Some(id) {
                product.supplier_id = None;
            }
        }
        Delete::Deleted
    }

    pub fn delete_user(&mut self, id: &UserId) -> Delete {
        if self.users.remove(id).is_none() {
            return Delete::NotFound;
        }
        let company = self.suppliers.values().find(|row| row.user_id == *id);
        if let Some(company) = company.map(|supplier| supplier.id.clone()) {
            self.delete_supplier(&company);
        }
        self.last_seen.remove(id);
        self.reach.forget(id);
        for node in self.nodes.values_mut() {
            node.leases.remove(id);
        }
        self.answer_times.remove(id);
        self.notifications.retain(|row| row.user != *id);
        let own = Owner::Person(id.clone());
        self.replies.retain(|row| row.reply.owner != own);
        for report in &mut self.reports {
            report.reporter.take_if(|reporter| *reporter == *id);
        }
        for conversation in self.conversations_where(|row| row.place_of(id).is_some()) {
            match self.conversations[&conversation].place_of(id) {
                Some(Role::Buyer | Role::Supplier) => {
                    self.delete_conversation(&conversation, id);
                }
                Some(Role::Admin) | None => {
                    self.audit_departure(&conversation, "deleted");
                    self.empty_admin_place(&conversation, None);
                    self.announce_left(&conversation, id, Some(Left::Deleted));
                }
            }
        }
        self.forget_in_messages(id);
        self.announce(&Happened::UserErased { user: id.clone() });
        Delete::Deleted
    }

    /// Told to the others even when there are none: administrators' lists showed it too.
    fn delete_conversation(&mut self, id: &ConversationId, deleted: &UserId) {
        let Some(row) = self.conversations.remove(id) else {
            return;
        };
        self.notifications
            .retain(|row| row.notification.conversation != *id);
        self.reports.retain(|report| report.conversation != *id);
        self.reach.digests.retain(|(_, of), _| of != id);
        let audience = row
            .places()
            .map(|(_, place)| place.user.clone())
            .filter(|user| user != deleted)
            .collect();
        let kind = EventKind::Reset {
            conversation: Some(id.clone()),
        };
        self.events.push(Event { audience, kind });
    }

    fn forget_in_messages(&mut self, id: &UserId) {
        let rows = self.conversations.values_mut();
        for message in rows.flat_map(|row| &mut row.messages) {
            for user in [
                &mut message.sender,
                &mut message.receiver,
                &mut message.deleted_by,
            ] {
                if user.as_ref() == Some(id) {
                    *user = None;
                }
            }
            message.reactions.retain(|(_, user)| user != id);
        }
    }
}
