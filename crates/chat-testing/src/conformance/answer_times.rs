//! When the other side is there, and how fast they answer.

use std::time::Duration;

use super::{Checks, Persona, World};
use chat::{
    conversation::Habits,
    ids::{ConversationId, UserId},
    person::Role,
    storage::{SupplierRecord, UserRecord},
};

pub(super) const CHECKS: Checks = &[
    ("answer_times::the_median_is_shown", |world| {
        Box::pin(check_the_median_is_shown(world))
    }),
    ("answer_times::what_is_not_understood_is_unknown", |world| {
        Box::pin(check_what_is_not_understood_is_unknown(world))
    }),
];

async fn work_out(world: &World) {
    let worked = world.chat.answer_times.work_out(Duration::ZERO).await;
    worked.expect("they can be worked out");
}

async fn habits(world: &World, id: &ConversationId) -> Habits {
    let supplier = world.conversation(id).await.supplier;
    supplier.expect("there is one").habits
}

/// The buyer asks twice, and so many minutes after the first time the supplier answers twice.
async fn answer(
    world: &World,
    buyer: &Persona<'_>,
    supplier: &Persona<'_>,
    id: &ConversationId,
    minutes: i64,
) {
    buyer.send(id, "How much?").await;
    world.clock.advance_micros(minutes * 20_000_000);
    buyer.send(id, "Hello?").await;
    world.clock.advance_micros(minutes * 40_000_000);
    supplier.send(id, "EUR 4").await;
    world.clock.advance_micros(86_400_000_000);
    supplier.send(id, "Are you there?").await;
    world.clock.advance_micros(86_400_000_000);
}

async fn check_the_median_is_shown(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let other = world.buyer("bob").await;
    let others = world.open(world.between(&other, &supplier)).await;
    let minutes = async || habits(world, &id).await.answers_within_minutes;
    answer(world, &buyer, &supplier, &id, 600).await;
    answer(world, &other, &supplier, &others, 3).await;
    work_out(world).await;
    assert_eq!(minutes().await, None, "two say nothing");
    answer(world, &buyer, &supplier, &id, 9).await;
    assert_eq!(minutes().await, None, "no send knows of it");
    work_out(world).await;
    assert_eq!(minutes().await, Some(9));
    let rev = world.conversation(&id).await.rev;
    work_out(world).await;
    assert_eq!(world.conversation(&id).await.rev, rev, "it is no change");
    // Only the newest count.
    for _ in 0..30 {
        answer(world, &buyer, &supplier, &id, 60).await;
    }
    work_out(world).await;
    assert_eq!(minutes().await, Some(60));
    let buyers = world.conversation(&id).await.buyer.habits;
    assert_eq!(buyers, Habits::default());
}

async fn check_what_is_not_understood_is_unknown(world: &World) {
    let (_, _, id) = world.pair().await;
    let put = async |zone: Option<&str>, hours: Option<&str>| {
        let user = UserRecord {
            id: UserId::new("sol"),
            name: "Sol".to_owned(),
            company: None,
            email: String::new(),
            role: Role::Supplier,
            is_active: true,
            time_zone: zone.map(str::to_owned),
        };
        let company = SupplierRecord {
            id: "c1".to_owned(),
            user_id: user.id.clone(),
            name: "Solar Works".to_owned(),
            working_hours: hours.map(str::to_owned),
        };
        let editor = &world.chat.directory_editor;
        editor.put_user(&user).await.expect("a user can be put");
        let put = editor.put_supplier(&company).await;
        put.expect("a supplier can be put");
    };
    let zone_and_hours = async || {
        let habits = habits(world, &id).await;
        (habits.time_zone, habits.working_hours)
    };
    assert_eq!(zone_and_hours().await, (None, None));
    let (zone, hours) = ("Asia/Tokyo", "Mo-Fr 09:00-18:00");
    put(Some(zone), Some(hours)).await;
    let known = (Some(zone.to_owned()), Some(hours.to_owned()));
    assert_eq!(zone_and_hours().await, known);
    put(Some("+09:00"), Some("always")).await;
    assert_eq!(zone_and_hours().await, (None, None));
}
