//! People, suppliers and products as the marketplace's own tables have them.

use serde::{Deserialize, Serialize};

use crate::ids::{ProductId, UserId};

/// What a person is in the marketplace, and which place they take in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Buyer,
    Supplier,
    Admin,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Buyer, Self::Supplier, Self::Admin];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Supplier => "supplier",
            Self::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// A user of the marketplace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub id: UserId,
    /// The supplier's company name where there is one, else the user's own.
    pub name: String,
    pub role: Role,
    pub is_active: bool,
}

/// What a conversation is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: ProductId,
    pub name: String,
    /// A URL, empty when the marketplace has no picture.
    pub image: String,
}
