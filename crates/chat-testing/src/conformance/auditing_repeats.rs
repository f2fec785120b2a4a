//! What is done again and again is counted.

use chat::{
    audit::{Action, AuditQuery},
    join_leave,
};
use serde_json::json;

use super::{
    Checks, World,
    auditing::{actor, entries, opened},
};

pub(super) const CHECKS: Checks = &[(
    "auditing_repeats::who_comes_and_goes_again_and_again_is_counted",
    |world| Box::pin(check_who_comes_and_goes_again_and_again_is_counted(world)),
)];

async fn check_who_comes_and_goes_again_and_again_is_counted(world: &World) {
    let chat = &world.chat;
    let (_, id) = opened(world).await;
    world.admin("ann").await;
    let ann = actor(world, "ann").await;
    for _ in 0..10 {
        let joined = join_leave::join(chat, &ann, &id).await;
        joined.expect("the place is free");
        let again = join_leave::join(chat, &ann, &id).await;
        again.expect("she is in");
        join_leave::leave(chat, &ann, &id).await.expect("she is in");
        let again = join_leave::leave(chat, &ann, &id).await;
        again.expect_err("she is out");
    }
    world.clock.advance_seconds(60);
    let counted = chat.audit.write_counts(&*chat.clock, false).await;
    counted.expect("they can be written");
    join_leave::join(chat, &ann, &id).await.expect("it is free");
    for (action, more) in [(Action::Joined, 7), (Action::Left, 7)] {
        let query = AuditQuery {
            action: Some(action),
            ..AuditQuery::default()
        };
        let told = entries(world, query).await;
        let told: Vec<_> = told.into_iter().map(|entry| entry.detail).collect();
        let plain = json!({"lastSeq": 0});
        let repeats = json!({"lastSeq": 0, "count": more});
        let expected = [repeats, plain.clone(), plain.clone(), plain];
        assert_eq!(told, expected, "{action:?}");
    }
    let query = AuditQuery {
        action: Some(Action::Joined),
        ..AuditQuery::default()
    };
    world.clock.advance_seconds(60);
    let counted = chat.audit.write_counts(&*chat.clock, false).await;
    counted.expect("they can be written");
    let told = entries(world, query).await;
    assert_eq!(told[0].detail, json!({"lastSeq": 0, "count": 1}));
}
