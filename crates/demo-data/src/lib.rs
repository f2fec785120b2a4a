//! The demo marketplace: people, products, pictures and conversations, the same at every start.
//!
//! Everything here is made by this crate from one seed. There is no clock, no randomness from
//! outside and no file to read: whoever needs the conversations to end now says what time it is.
//!
//! - [`marketplace`] is the directory: people, suppliers, products, requests for quotation.
//! - [`picture`] and [`avatar`] draw a product and a person as SVG.
//! - [`conversations`] is what these people have said to each other, made from the scripts under
//!   `scripts/`. The example `read_along` prints it, `contact_sheet` shows the drawings.

mod avatar;
mod catalogue;
mod drawing;
mod language;
mod marketplace;
mod money;
mod number;
mod people;
mod picture;
mod random;
mod talk;
mod units;

pub use avatar::avatar;
pub use catalogue::{Product, Rfq, RfqStatus};
pub use marketplace::{Marketplace, marketplace};
pub use people::{Person, Role, Supplier};
pub use picture::picture;
pub use talk::{Conversation, ConversationKind, Message, conversations, conversations_at};
