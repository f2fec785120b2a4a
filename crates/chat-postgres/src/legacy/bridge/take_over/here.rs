//! A conversation of Haggle's, and who sits there.

use chat::{ids::UserId, person::Role};
use sqlx::types::time::OffsetDateTime;

use crate::places::Places;

/// The conversation here, which the transaction has locked.
pub(super) struct Here {
    pub id: String,
    pub buyer: String,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    pub product: Option<String>,
    pub last_seq: i64,
    pub rev: i64,
    /// When something was said last, or it was opened.
    pub active_at: OffsetDateTime,
}

impl Here {
    pub fn audience(&self) -> Vec<UserId> {
        let seats = [
            Some(&self.buyer),
            self.supplier.as_ref(),
            self.admin.as_ref(),
        ];
        let seats = seats.into_iter().flatten();
        seats.map(|id| UserId::new(id.as_str())).collect()
    }

    pub fn places(&self) -> Places {
        Places {
            buyer: self.buyer.clone(),
            supplier: self.supplier.clone(),
            admin: self.admin.clone(),
        }
    }

    pub fn place_of(&self, user: &str) -> Option<Role> {
        self.places().of(user)
    }
}
