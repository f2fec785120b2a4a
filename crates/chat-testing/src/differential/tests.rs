//! Sequences go where something can go wrong.

use std::fmt::Write;

use super::{generate, run::Run};
use crate::conformance::World;

/// What must be answered or published again and again, or sequences prove little.
const SIGHTS: [&str; 37] = [
    "created: true",
    "created: false",
    "kind: BuyerAdmin",
    "kind: Support",
    "is_read: true",
    "receiver: None",
    "sender_name: \"Former administrator\"",
    "NotParticipant",
    "NotFound(\n        Conversation",
    "NotFound(\n        User",
    "\"content\"",
    "\"upTo\"",
    "\"around\"",
    "\"supplierId\"",
    "\"type\"",
    "Not a user with the role",
    "This user is not active",
    "Another administrator has this place",
    "You have not joined",
    "has_older: true",
    "has_newer: true",
    "Reset(",
    "Caught {",
    "kind: Read {",
    "kind: Typing {",
    "kind: ConversationUpdated(",
    "kind: Reset {",
    "Replaced",
    "Taken(",
    "nobody",
    "Made(",
    "NotOpen(",
    "NotTheirs",
    "state: Accepted",
    "state: Countered",
    "state: Expired",
    "event: OfferExpired",
];

#[tokio::test]
async fn sequences_reach_everything() {
    let mut seen = String::new();
    for seed in 0..60 {
        let world = World::in_memory();
        let mut run = Run::new(&world);
        for command in generate(seed, 400) {
            let answer = run.step(&command).await;
            writeln!(seen, "{answer}").unwrap();
        }
    }
    for sight in SIGHTS {
        let times = seen.matches(sight).count();
        assert!(times >= 10, "{sight:?} was seen {times} times");
    }
}
