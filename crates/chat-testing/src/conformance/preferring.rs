//! How people want to hear of messages.

use super::{Checks, World};
use chat::{
    preferences::{EmailFrequency, Preferences},
    quiet_hours::{QuietHours, TimeOfDay},
    storage::PreferenceStore,
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("preferring::the_default_and_ones_own", |world| {
        Box::pin(check_the_default_and_ones_own(world))
    }),
    ("preferring::they_go_with_their_person", |world| {
        Box::pin(check_they_go_with_their_person(world))
    }),
    ("preferring::addresses_that_fail", |world| {
        Box::pin(check_addresses_that_fail(world))
    }),
];

fn night() -> Preferences {
    Preferences {
        email: EmailFrequency::Daily,
        push: false,
        quiet_hours: Some(QuietHours {
            from: TimeOfDay::parse("22:30").expect("a time"),
            to: TimeOfDay::parse("00:00").expect("a time"),
            time_zone: "Asia/Kolkata".to_owned(),
        }),
        language: "ar-EG".to_owned(),
    }
}

async fn check_the_default_and_ones_own(world: &World) {
    let (buyer, other) = (world.buyer("bea").await, world.buyer("bob").await);
    let store: &dyn PreferenceStore = &*world.chat.preferences;
    let of = |user| async move { store.preferences(user).await.expect("they can be read") };
    assert_eq!(of(&buyer.id).await, Preferences::default());
    let plain = Preferences {
        email: EmailFrequency::Off,
        ..Preferences::default()
    };
    for wanted in [night(), plain] {
        let set = store.set_preferences(&buyer.id, &wanted).await;
        set.expect("they can be set");
        assert_eq!(of(&buyer.id).await, wanted);
    }
    assert_eq!(of(&other.id).await, Preferences::default(), "nobody else's");
}

async fn check_they_go_with_their_person(world: &World) {
    let buyer = world.buyer("bea").await;
    let store = &world.chat.preferences;
    store
        .set_preferences(&buyer.id, &night())
        .await
        .expect("set");
    let deleted = world.chat.directory_editor.delete_user(&buyer.id).await;
    deleted.expect("a person can be deleted");
    let left = store.preferences(&buyer.id).await.expect("read");
    assert_eq!(left, Preferences::default());
    store
        .set_preferences(&buyer.id, &night())
        .await
        .expect("passed over");
    let left = store.preferences(&buyer.id).await.expect("read");
    assert_eq!(left, Preferences::default(), "of nobody");
}

async fn check_addresses_that_fail(world: &World) {
    let mailboxes = &world.chat.mailboxes;
    let now = world.clock.now();
    let mut counts = Vec::new();
    for address in [
        "Bea@Buyer.example",
        "bea@buyer.example",
        " BEA@buyer.example ",
    ] {
        let failed = mailboxes.bounced(address, "550 no such user", now).await;
        counts.push(failed.expect("it is counted"));
    }
    assert_eq!(counts, [1, 2, 3], "whatever its case");
    mailboxes
        .bounced("bob@buyer.example", "552 full", now)
        .await
        .expect("counted");
    let state = mailboxes.mail_state(now).await.expect("it is told");
    assert_eq!(
        (state.waiting, state.overdue_since, state.stopped),
        (0, None, 1)
    );
    let named: Vec<_> = state
        .unreachable
        .iter()
        .map(|one| (&*one.address, one.failures, &*one.reason, one.failed_at))
        .collect();
    let expected = [
        ("bea@buyer.example", 3, "550 no such user", now),
        ("bob@buyer.example", 1, "552 full", now),
    ];
    assert_eq!(named, expected);
    mailboxes
        .reached("BEA@buyer.example")
        .await
        .expect("forgotten");
    let state = mailboxes.mail_state(now).await.expect("it is told");
    assert_eq!((state.stopped, state.unreachable.len()), (0, 1));
}
