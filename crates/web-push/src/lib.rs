//! Messages for the push services of browsers, as pure functions: what a browser subscribed with, the
//! encryption that only it can undo (RFC 8291), and the proof of who sends (RFC 8292).
//!
//! Nothing here knows HTTP or the clock.

mod encrypt;
mod subscription;
mod vapid;

pub use encrypt::{MOST_BYTES, NotEncrypted, encrypt};
pub use subscription::{Keys, Subscription, WrongSubscription};
pub use vapid::{Vapid, WrongKey};
