//! To whom a mail may be owed, who sees to it, and what was told.

use super::{Checks, Persona, World, world::node};
use chat::{
    digest::{Recipient, Told},
    ids::{ConversationId, UserId},
    preferences::{EmailFrequency, Preferences},
    storage::Claim,
    timestamp::{Clock, Timestamp},
};

pub(super) const CHECKS: Checks = &[
    ("digesting::what_waits_is_claimed_once", |world| {
        Box::pin(check_what_waits_is_claimed_once(world))
    }),
    ("digesting::what_is_told_is_not_told_again", |world| {
        Box::pin(check_what_is_told_is_not_told_again(world))
    }),
    ("digesting::what_was_begun_counts_as_told", |world| {
        Box::pin(check_what_was_begun_counts_as_told(world))
    }),
    ("digesting::what_is_read_does_not_wait", |world| {
        Box::pin(check_what_is_read_does_not_wait(world))
    }),
    ("digesting::nobody_is_told_of_earlier_times", |world| {
        Box::pin(check_nobody_is_told_of_earlier_times(world))
    }),
    ("digesting::one_that_is_deleted_meanwhile", |world| {
        Box::pin(check_one_that_is_deleted_meanwhile(world))
    }),
    ("digesting::a_lost_claim_changes_nothing", |world| {
        Box::pin(check_a_lost_claim_changes_nothing(world))
    }),
];

const GRACE: i64 = 300;

async fn collect(world: &World) {
    let collected = world.chat.digests.collect(world.clock.now(), GRACE).await;
    collected.expect("notifications can be looked through");
}

fn turn(world: &World, id: &str) -> Claim {
    let now = world.clock.now();
    Claim {
        id: id.to_owned(),
        now,
        until: now.plus_seconds(120),
    }
}

async fn claim(world: &World, claim: &Claim) -> Vec<Recipient> {
    let claimed = world.chat.digests.claim(claim, 10).await;
    claimed.expect("people can be claimed")
}

/// After this many seconds, by a new claim.
async fn later(world: &World, seconds: i64) -> Vec<Recipient> {
    world.clock.advance_seconds(seconds);
    collect(world).await;
    let id = world.chat.clock.new_id();
    claim(world, &turn(world, &id)).await
}

fn told(conversation: &ConversationId, up_to_seq: i64) -> Told {
    Told {
        conversation: conversation.clone(),
        up_to_seq,
    }
}

/// `(count, up to, since)` of what waits for the only one who was claimed.
fn waiting(recipients: &[Recipient]) -> Vec<(i64, i64, Timestamp)> {
    let [only] = recipients else {
        panic!("one person: {recipients:?}");
    };
    let rows = only.waiting.iter();
    rows.map(|row| (row.count, row.up_to_seq, row.since))
        .collect()
}

async fn settle(world: &World, claim: &Claim, who: &Persona<'_>, settled: &[Told]) {
    let digests = &world.chat.digests;
    let done = digests.settle(claim, &who.id, settled, None, 0).await;
    done.expect("a claim can be ended");
}

async fn check_what_waits_is_claimed_once(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    collect(world).await;
    let wanted = Preferences {
        email: EmailFrequency::Hourly,
        ..Preferences::default()
    };
    let set = world
        .chat
        .preferences
        .set_preferences(&supplier.id, &wanted)
        .await;
    set.expect("set");
    let first = buyer.send(&id, "one").await;
    world.clock.advance_seconds(10);
    buyer.send(&id, "two").await;
    collect(world).await;
    world.clock.advance_seconds(GRACE - 1);
    assert_eq!(claim(world, &turn(world, "early")).await, []);
    let state = world.chat.mailboxes.mail_state(world.clock.now()).await;
    let state = state.expect("it is told");
    assert_eq!((state.waiting, state.overdue_since), (1, None));

    world.clock.advance_seconds(1);
    let claimed = claim(world, &turn(world, "one")).await;
    assert_eq!(waiting(&claimed), [(2, 2, first.created_at)]);
    let person = supplier.person().await;
    let one = &claimed[0];
    assert_eq!((&one.user, &one.name), (&supplier.id, &person.name));
    assert_eq!(one.preferences, wanted);
    assert!(one.is_active && !one.is_online && !one.is_unreachable);
    assert_eq!((one.mailed_at, one.attempts), (None, 0));
    assert_eq!(claim(world, &turn(world, "two")).await, [], "it is taken");
    world.clock.advance_seconds(120);
    let again = claim(world, &turn(world, "three")).await;
    assert_eq!(
        waiting(&again),
        [(2, 2, first.created_at)],
        "its server died"
    );
}

async fn check_what_is_told_is_not_told_again(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    collect(world).await;
    buyer.send(&id, "one").await;
    let digests = &world.chat.digests;
    world.clock.advance_seconds(GRACE);
    collect(world).await;
    let first = turn(world, "first");
    assert_eq!(claim(world, &first).await.len(), 1);
    let about = [told(&id, 1)];
    let begun = digests
        .begin(&first, &supplier.id, &about, Some("token"))
        .await;
    assert!(begun.expect("it can begin"));
    let mailed_at = world.clock.now();
    let ended = digests.end(&supplier.id, &about, true, mailed_at).await;
    ended.expect("it can end");
    settle(world, &first, &supplier, &[]).await;
    assert_eq!(later(world, 60).await, [], "nothing is left");
    let answers = digests.answers("token").await.expect("it can be looked up");
    assert_eq!(answers, Some((supplier.id.clone(), id.clone())));
    assert_eq!(digests.answers("other").await.expect("looked up"), None);

    let two = buyer.send(&id, "two").await;
    let claimed = later(world, GRACE).await;
    assert_eq!(
        waiting(&claimed),
        [(2, 2, two.created_at)],
        "since the new one"
    );
    assert_eq!(claimed[0].mailed_at, Some(mailed_at));
    assert_eq!(claimed[0].waiting[0].mailed_at, Some(mailed_at));
}

async fn check_what_was_begun_counts_as_told(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    collect(world).await;
    buyer.send(&id, "one").await;
    world.clock.advance_seconds(GRACE);
    collect(world).await;
    let digests = &world.chat.digests;
    let first = turn(world, "first");
    claim(world, &first).await;
    let about = [told(&id, 1)];
    let begun = digests.begin(&first, &supplier.id, &about, None).await;
    assert!(begun.expect("it can begin"));

    // Refused: it is tried again.
    tries_again(world, &first, &supplier.id, &about).await;
    let second = turn(world, "second");
    let again = claim(world, &second).await;
    assert_eq!((again.len(), again[0].attempts), (1, 1));
    assert_eq!(again[0].waiting.len(), 1);

    // And now its server dies.
    let begun = digests.begin(&second, &supplier.id, &about, None).await;
    assert!(begun.expect("it can begin"));
    let left = later(world, 120).await;
    assert_eq!(waiting(&left), [], "it may have gone out");
    assert!(left[0].mailed_at.is_some());
}

/// The mail server has not taken it.
async fn tries_again(world: &World, claim: &Claim, user: &UserId, about: &[Told]) {
    let digests = &world.chat.digests;
    let now = world.clock.now();
    let ended = digests.end(user, about, false, now).await;
    ended.expect("it can end");
    let kept = digests.settle(claim, user, &[], Some(now), 1).await;
    kept.expect("it is kept");
}

async fn check_what_is_read_does_not_wait(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    collect(world).await;
    buyer.send(&id, "one").await;
    collect(world).await;
    supplier.read(&id).await;
    assert_eq!(waiting(&later(world, GRACE).await), []);

    supplier.come(&node("desk")).await;
    buyer.send(&id, "two").await;
    assert_eq!(waiting(&later(world, GRACE).await), [], "they are here");
}

async fn check_nobody_is_told_of_earlier_times(world: &World) {
    let (buyer, _, id) = world.pair().await;
    buyer.send(&id, "long ago").await;
    assert_eq!(later(world, GRACE).await, []);
    assert_eq!(later(world, GRACE).await, []);
}

/// A mail that gathers conversations tells of the others.
async fn check_one_that_is_deleted_meanwhile(world: &World) {
    let supplier = world.supplier("sol").await;
    collect(world).await;
    let mut about = Vec::new();
    for name in ["bea", "bob"] {
        let buyer = world.buyer(name).await;
        let id = world.open(world.between(&buyer, &supplier)).await;
        buyer.send(&id, "one").await;
        about.push((told(&id, 1), buyer));
    }
    world.clock.advance_seconds(GRACE);
    collect(world).await;
    let first = turn(world, "first");
    assert_eq!(waiting(&claim(world, &first).await).len(), 2);
    let deleted = world
        .chat
        .directory_editor
        .delete_user(&about[1].1.id)
        .await;
    deleted.expect("a user can be deleted");

    let about: Vec<Told> = about.into_iter().map(|(told, _)| told).collect();
    let digests = &world.chat.digests;
    let begun = digests.begin(&first, &supplier.id, &about, None).await;
    assert!(begun.expect("it can begin"), "the claim holds");
    tries_again(world, &first, &supplier.id, &about).await;
    let again = claim(world, &turn(world, "second")).await;
    assert_eq!(waiting(&again).len(), 1, "it was not taken");
}

async fn check_a_lost_claim_changes_nothing(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    collect(world).await;
    buyer.send(&id, "one").await;
    world.clock.advance_seconds(GRACE);
    collect(world).await;
    let slow = turn(world, "slow");
    claim(world, &slow).await;
    world.clock.advance_seconds(120);
    let other = turn(world, "other");
    assert_eq!(claim(world, &other).await.len(), 1);
    let about = [told(&id, 1)];
    let begun = world
        .chat
        .digests
        .begin(&slow, &supplier.id, &about, None)
        .await;
    assert!(!begun.expect("it is answered"), "somebody else's by now");
    settle(world, &slow, &supplier, &about).await;
    world.clock.advance_seconds(120);
    let claimed = claim(world, &turn(world, "third")).await;
    assert_eq!(claimed[0].waiting.len(), 1, "still owed");
    settle(world, &other, &supplier, &about).await;
}
