//! Who knocks.

use test_support::{Person, SECRET, token};
use time::Duration;

use super::stage::Stage;
use crate::world::World;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Nobody,
    /// The buyer, an hour too late.
    Expired,
    /// The buyer of the conversation, whom the marketplace has switched off since.
    Deactivated,
    Buyer,
    Supplier,
    OtherBuyer,
    OtherSupplier,
    /// An administrator who has not joined.
    Admin,
    /// An administrator who has.
    Joined,
    /// The marketplace's own server, which is no person.
    Key,
}

/// In the order of the columns.
pub const ACTORS: [Actor; 10] = [
    Actor::Nobody,
    Actor::Expired,
    Actor::Deactivated,
    Actor::Buyer,
    Actor::Supplier,
    Actor::OtherBuyer,
    Actor::OtherSupplier,
    Actor::Admin,
    Actor::Joined,
    Actor::Key,
];

impl Actor {
    pub fn person(self, world: &World, stage: &Stage) -> Person {
        let base = world.server.base();
        match self {
            Self::Nobody | Self::Key => world.nobody(),
            Self::Expired => {
                let old = token(&stage.buyer.id, SECRET, Duration::hours(-1));
                Person::with_token(&base, &stage.buyer.id, Some(old))
            }
            Self::Deactivated | Self::Buyer => Person::new(&base, &stage.buyer.id),
            Self::Supplier => world.sofia.clone(),
            Self::OtherBuyer => world.bert.clone(),
            Self::OtherSupplier => world.tom.clone(),
            Self::Admin => world.ada.clone(),
            Self::Joined => world.alan.clone(),
        }
    }
}
