//! A conversation of Haggle's, and who sits there.

use chat::{ids::UserId, person::Role};

/// The conversation here, which the transaction has locked.
pub(super) struct Here {
    pub id: String,
    pub buyer: String,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    pub product: Option<String>,
    pub last_seq: i64,
    pub rev: i64,
}

impl Here {
    pub fn audience(&self) -> Vec<UserId> {
        let seats = [
            Some(&self.buyer),
            self.supplier.as_ref(),
            self.admin.as_ref(),
        ];
        seats
            .into_iter()
            .flatten()
            .map(|id| UserId::new(id.as_str()))
            .collect()
    }

    pub fn place_of(&self, user: &str) -> Option<Role> {
        if user == self.buyer {
            Some(Role::Buyer)
        } else if Some(user) == self.supplier.as_deref() {
            Some(Role::Supplier)
        } else if Some(user) == self.admin.as_deref() {
            Some(Role::Admin)
        } else {
            None
        }
    }
}
