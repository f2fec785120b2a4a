//! Who sits in a conversation.

use chat::person::Role;

/// Users, by the places that they take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub buyer: String,
    pub supplier: Option<String>,
    pub admin: Option<String>,
}

impl Places {
    pub fn of(&self, user: &str) -> Option<Role> {
        let is = |place: Option<&str>| place == Some(user);
        if self.buyer == user {
            Some(Role::Buyer)
        } else if is(self.supplier.as_deref()) {
            Some(Role::Supplier)
        } else if is(self.admin.as_deref()) {
            Some(Role::Admin)
        } else {
            None
        }
    }

    /// The main recipient of what is sent from a place.
    pub fn receiver(&self, from: Role) -> Option<&str> {
        match from {
            Role::Buyer => self.supplier.as_deref().or(self.admin.as_deref()),
            Role::Supplier | Role::Admin => Some(&self.buyer),
        }
    }
}
