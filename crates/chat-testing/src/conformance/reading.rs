//! Read marks move forward only, and everything about unread follows from them.

use super::{Checks, World};
use chat::{
    event::{Event, EventKind},
    ids::MessageId,
    storage::Mark,
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("reading::everything", |world| {
        Box::pin(check_everything(world))
    }),
    ("reading::up_to_a_message_and_never_back", |world| {
        Box::pin(check_up_to_a_message_and_never_back(world))
    }),
    ("reading::a_message_of_elsewhere_is_unknown", |world| {
        Box::pin(check_a_message_of_elsewhere_is_unknown(world))
    }),
    ("reading::from_a_lost_place_is_refused", |world| {
        Box::pin(check_from_a_lost_place_is_refused(world))
    }),
    ("reading::is_read_means_every_other", |world| {
        Box::pin(check_is_read_means_every_other(world))
    }),
    ("reading::is_read_follows_who_sits_there", |world| {
        Box::pin(check_is_read_follows_who_sits_there(world))
    }),
    ("reading::badges_count_what_is_behind_the_mark", |world| {
        Box::pin(check_badges_count_what_is_behind_the_mark(world))
    }),
];

async fn check_everything(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    for text in ["one", "two", "three"] {
        buyer.send(&id, text).await;
    }
    world.publisher.take();
    world.clock.advance_seconds(5);
    let all = Mark::At {
        last_read_seq: 3,
        unread: 0,
        moved: true,
    };
    assert_eq!(supplier.read(&id).await, all);
    let now = world.conversation(&id).await;
    assert_eq!((now.rev, now.last_read_seq(&supplier.id)), (5, Some(3)));
    let read = Event {
        audience: vec![buyer.id.clone(), supplier.id.clone()],
        kind: EventKind::Read {
            conversation: id.clone(),
            rev: 5,
            user: supplier.id.clone(),
            last_read_seq: 3,
            read_at: world.clock.now(),
        },
    };
    assert_eq!(world.publisher.take(), [read]);

    let still = Mark::At {
        last_read_seq: 3,
        unread: 0,
        moved: false,
    };
    assert_eq!(supplier.read(&id).await, still);
    assert_eq!(buyer.read(&id).await, still, "sending has read it");
    assert_eq!(world.conversation(&id).await, now);
    assert!(
        world.publisher.events().is_empty(),
        "a mark that stays is no news"
    );
}

async fn check_up_to_a_message_and_never_back(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let one = buyer.send(&id, "one").await;
    let two = buyer.send(&id, "two").await;
    buyer.send(&id, "three").await;
    let at = |last_read_seq, moved| Mark::At {
        last_read_seq,
        unread: 3 - last_read_seq,
        moved,
    };
    assert_eq!(supplier.read_up_to(&two).await, at(2, true));
    assert_eq!(supplier.unread().await, 1);
    let before = (world.conversation(&id).await, world.publisher.count());
    assert_eq!(supplier.read_up_to(&one).await, at(2, false));
    assert_eq!(supplier.read_up_to(&two).await, at(2, false));
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );
    assert_eq!(supplier.read(&id).await, at(3, true));
}

async fn check_a_message_of_elsewhere_is_unknown(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let support = world.open(world.support(&buyer)).await;
    let elsewhere = buyer.send(&support, "one").await;
    buyer.send(&id, "one").await;
    let before = (world.conversation(&id).await, world.publisher.count());
    let reader = supplier.participant(&id).await;
    for message in [
        elsewhere.id,
        world.message_id(),
        MessageId::new("no id at all"),
    ] {
        let mark = supplier.mark(&reader, Some(&message)).await;
        assert_eq!(mark, Mark::UnknownMessage);
    }
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );

    let empty = world.supplier("sue").await;
    let empty_id = world.open(world.between(&buyer, &empty)).await;
    let nothing = Mark::At {
        last_read_seq: 0,
        unread: 0,
        moved: false,
    };
    assert_eq!(empty.read(&empty_id).await, nothing);
}

async fn check_from_a_lost_place_is_refused(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    ann.join(&id).await;
    let message = buyer.send(&id, "one").await;
    let lost = ann.participant(&id).await;
    ann.leave(&id).await;
    assert_eq!(ann.mark(&lost, None).await, Mark::NotParticipant);
    art.join(&id).await;
    buyer.send(&id, "two").await;
    let before = (world.conversation(&id).await, world.publisher.count());
    assert_eq!(ann.mark(&lost, None).await, Mark::NotParticipant);
    let named = ann.mark(&lost, Some(&message.id)).await;
    assert_eq!(named, Mark::NotParticipant);
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );
    assert_eq!(art.unread().await, 1, "another's mark did not move");

    let lost = supplier.participant(&id).await;
    let deleted = world.chat.directory_editor.delete_user(&buyer.id);
    deleted.await.expect("a user can be deleted");
    assert_eq!(supplier.mark(&lost, None).await, Mark::NotParticipant);
}

async fn check_is_read_means_every_other(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    let first = buyer.send(&id, "one").await;
    supplier.send(&id, "two").await;
    world.expect_read(&id, &[true, false]).await;
    buyer.read(&id).await;
    world.expect_read(&id, &[true, true]).await;

    admin.join(&id).await;
    world.expect_read(&id, &[true, true]).await;
    buyer.send(&id, "three").await;
    supplier.read(&id).await;
    world.expect_read(&id, &[true, true, false]).await;
    admin.read_up_to(&first).await;
    world.expect_read(&id, &[true, true, false]).await;
    admin.read(&id).await;
    world.expect_read(&id, &[true, true, true]).await;
}

async fn check_is_read_follows_who_sits_there(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    admin.send(&id, "one").await;
    buyer.send(&id, "two").await;
    supplier.read(&id).await;
    world.expect_read(&id, &[true, false]).await;
    admin.leave(&id).await;
    world.expect_read(&id, &[true, true]).await;

    let support = world.open(world.support(&buyer)).await;
    buyer.send(&support, "anybody?").await;
    buyer.read(&support).await;
    world.expect_read(&support, &[false]).await;
    admin.join(&support).await;
    world.expect_read(&support, &[true]).await;
    admin.send(&support, "here").await;
    admin.leave(&support).await;
    world.expect_read(&support, &[false, false]).await;
    world.admin("art").await.join(&support).await;
    world.expect_read(&support, &[true, false]).await;
    buyer.read(&support).await;
    world.expect_read(&support, &[true, true]).await;
}

async fn check_badges_count_what_is_behind_the_mark(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (admin, stranger) = (world.admin("ann").await, world.buyer("bob").await);
    let support = world.open(world.support(&buyer)).await;
    buyer.send(&id, "one").await;
    admin.join(&id).await;
    supplier.send(&id, "two").await;
    admin.send(&id, "three").await;
    buyer.send(&support, "four").await;
    let counts = [
        buyer.unread().await,
        supplier.unread().await,
        admin.unread().await,
        stranger.unread().await,
    ];
    assert_eq!(counts, [2, 1, 0, 0]);
    admin.join(&support).await;
    buyer.send(&support, "five").await;
    buyer.send(&id, "six").await;
    assert_eq!(admin.unread().await, 2, "over all conversations");
    admin.leave(&id).await;
    assert_eq!(
        admin.unread().await,
        1,
        "what is left behind does not count"
    );
    buyer.read(&support).await;
    assert_eq!((buyer.unread().await, supplier.unread().await), (0, 2));
}
