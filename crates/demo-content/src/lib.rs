//! Makes the demo marketplace: people, products, pictures and conversations, the same each time.
//!
//! People write the files under `demo/source`. From these and one seed, this crate makes the other
//! files under `demo`, which the server contains: `cargo xtask demo-content`. There is no clock
//! and no randomness from outside.
//!
//! - [`marketplace`] is the directory: people, suppliers, products, requests for quotation.
//! - [`picture`] and [`avatar`] draw a product and a person as SVG.
//! - [`conversations`] is what these people have said to each other, made from the scripts.
//! - [`deals`] is what they offer each other.
//! - [`everyday`] is what else they do there.
//! - [`files`] is all of it as files.

mod avatar;
mod catalogue;
mod deals;
mod drawing;
mod everyday;
mod files;
mod language;
mod marketplace;
mod money;
mod number;
mod people;
mod picture;
mod random;
mod source;
mod talk;
mod units;

pub use catalogue::{Product, Rfq, RfqStatus};
pub use deals::{Answer, Deal, Deals, Item, Request, Side, Step, Terms, deals};
pub use everyday::{Act, Deed, Everyday, Judged, SavedReply, Scene, everyday};
pub use files::files;
pub use marketplace::{Marketplace, marketplace};
pub use people::{Person, Role, Supplier, avatar};
pub use picture::picture;
pub use talk::{Conversation, ConversationKind, Last, Marks, Message, Speaker, conversations};
