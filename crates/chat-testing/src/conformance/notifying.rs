//! One unread notification per person and conversation, with a count.

use super::{Checks, Persona, World, world::node};
use chat::{
    ids::NotificationId, limits::LEASE_SECONDS, notification::Notification, person::Role,
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("notifying::those_who_are_away", |world| {
        Box::pin(check_those_who_are_away(world))
    }),
    ("notifying::of_what_is_unread_when_somebody_goes", |world| {
        Box::pin(check_of_what_is_unread_when_somebody_goes(world))
    }),
    ("notifying::a_lapsed_lease_counts_as_none", |world| {
        Box::pin(check_a_lapsed_lease_counts_as_none(world))
    }),
    ("notifying::reading_lowers_and_then_reads", |world| {
        Box::pin(check_reading_lowers_and_then_reads(world))
    }),
    ("notifying::answering_and_leaving_read", |world| {
        Box::pin(check_answering_and_leaving_read(world))
    }),
    ("notifying::dismissing_reads_ones_own", |world| {
        Box::pin(check_dismissing_reads_ones_own(world))
    }),
    ("notifying::what_was_put_away_does_not_come_back", |world| {
        Box::pin(check_what_was_put_away_does_not_come_back(world))
    }),
    ("notifying::pages_newest_first", |world| {
        Box::pin(check_pages_newest_first(world))
    }),
];

async fn check_those_who_are_away(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    supplier.come(&node("here")).await;
    let first_at = world.clock.now();
    buyer.send(&id, "one").await;
    world.clock.advance_seconds(1);
    buyer.send(&id, "two").await;
    assert_eq!(buyer.notifications().await, [], "not of one's own");
    assert_eq!(supplier.notifications().await, [], "not while online");
    let [row] = admin.notifications().await.try_into().expect("one row");
    assert_eq!((&row.conversation, row.count, row.is_read), (&id, 2, false));
    assert_eq!(
        (row.created_at, row.updated_at),
        (first_at, world.clock.now())
    );
    assert_eq!(
        world.publisher.revisions(&id),
        [1, 2, 3, 4],
        "no change of its own"
    );

    let support = world.open(world.support(&buyer)).await;
    admin.join(&support).await;
    buyer.send(&support, "three").await;
    let rows = admin.notifications().await;
    assert_eq!(rows.len(), 2, "one for each conversation");
    assert_ne!(rows[0].id, rows[1].id);
}

async fn check_of_what_is_unread_when_somebody_goes(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let support = world.open(world.support(&supplier)).await;
    supplier.send(&support, "my own").await;
    let (phone, desk) = (node("phone"), node("desk"));
    supplier.come(&phone).await;
    supplier.come(&desk).await;
    buyer.send(&id, "one").await;
    buyer.send(&id, "two").await;
    supplier.go(&phone).await;
    assert_eq!(
        supplier.waiting().await,
        Vec::<i64>::new(),
        "still at the desk"
    );
    supplier.go(&desk).await;
    assert_eq!(supplier.waiting().await, [2]);
    buyer.send(&id, "three").await;
    assert_eq!(supplier.waiting().await, [3]);
    let before = supplier.notifications().await;
    supplier.come(&desk).await;
    supplier.go(&desk).await;
    assert_eq!(supplier.notifications().await, before, "no news, no change");

    supplier.come(&desk).await;
    buyer.send(&id, "four").await;
    assert_eq!(supplier.waiting().await, [3], "seen on the screen");
    supplier.go(&desk).await;
    assert_eq!(supplier.waiting().await, [4], "and not read");
    supplier.come(&desk).await;
    supplier.read(&id).await;
    supplier.go(&desk).await;
    assert_eq!(
        supplier.waiting().await,
        Vec::<i64>::new(),
        "nothing is unread"
    );
    assert_eq!(supplier.notifications().await.len(), 1);
}

async fn check_a_lapsed_lease_counts_as_none(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    supplier.come(&node("gone")).await;
    buyer.send(&id, "one").await;
    world.pass_seconds(LEASE_SECONDS).await;
    buyer.send(&id, "two").await;
    assert_eq!(supplier.waiting().await, [1]);
    let expired = world.chat.leases.expire().await;
    assert_eq!(expired.expect("leases can expire").len(), 1);
    assert_eq!(supplier.waiting().await, [2], "what was unread before too");
}

async fn check_reading_lowers_and_then_reads(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let mut sent = Vec::new();
    for text in ["one", "two", "three", "four"] {
        sent.push(buyer.send(&id, text).await);
    }
    supplier.read_up_to(&sent[0]).await;
    assert_eq!(supplier.waiting().await, [3]);
    let before = supplier.notifications().await;
    let said = (
        &*before[0].title,
        &*before[0].sender_name,
        &*before[0].preview,
    );
    assert_eq!(said, (&*sent[3].sender_name, &*sent[3].sender_name, "four"));
    world.clock.advance_seconds(1);
    supplier.read_up_to(&sent[0]).await;
    assert_eq!(supplier.notifications().await, before, "nothing moved");
    supplier.read(&id).await;
    let rows = supplier.notifications().await;
    let expected = Notification {
        is_read: true,
        updated_at: world.clock.now(),
        ..before[0].clone()
    };
    assert_eq!(rows, [expected]);

    let five = buyer.send(&id, "five").await;
    let rows = supplier.notifications().await;
    assert_eq!(rows.len(), 1, "in place of the row that was read");
    assert_ne!(rows[0].id, before[0].id, "it tells of something else");
    assert_eq!(rows[0].created_at, five.created_at);
    assert_eq!(supplier.waiting().await, [1]);

    sent.push(buyer.send(&id, "six").await);
    dismiss(world, &supplier, None).await;
    for text in ["seven", "eight"] {
        sent.push(buyer.send(&id, text).await);
    }
    assert_eq!(supplier.waiting().await, [2], "what came after dismissing");
    supplier.read_up_to(&five).await;
    assert_eq!(supplier.unread().await, 3);
    assert_eq!(supplier.waiting().await, [2], "never more than before");
    supplier.read_up_to(&sent[5]).await;
    assert_eq!(supplier.waiting().await, [1]);
}

async fn check_answering_and_leaving_read(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    let support = world.open(world.support(&buyer)).await;
    ann.join(&id).await;
    art.join(&support).await;
    buyer.send(&id, "one").await;
    buyer.send(&support, "two").await;
    supplier.send(&id, "an answer").await;
    assert_eq!(supplier.waiting().await, Vec::<i64>::new());
    assert_eq!(
        (ann.waiting().await, art.waiting().await),
        (vec![2], vec![1])
    );
    ann.leave(&id).await;
    assert_eq!(ann.waiting().await, Vec::<i64>::new());
    assert_eq!(ann.notifications().await.len(), 1, "it is read, not gone");
    world.put_user("art", Role::Buyer, true).await;
    let vacated = world.chat.membership.vacate_demoted().await;
    assert_eq!(vacated.expect("places can be emptied"), 1);
    assert_eq!(art.waiting().await, Vec::<i64>::new());
}

async fn dismiss(world: &World, user: &Persona<'_>, ids: Option<&[NotificationId]>) -> u64 {
    let (notifications, now) = (&world.chat.notifications, world.clock.now());
    let changed = notifications.mark_read(&user.id, ids, now).await;
    changed.expect("notifications can be read")
}

async fn check_dismissing_reads_ones_own(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    let support = world.open(world.support(&supplier)).await;
    admin.join(&id).await;
    admin.join(&support).await;
    buyer.send(&id, "one").await;
    supplier.send(&support, "two").await;
    admin.send(&support, "three").await;
    let theirs = supplier.notifications().await;
    assert_eq!(theirs.len(), 2);
    let unknown = NotificationId::new("no id at all");
    let [one, two] = [theirs[0].id.clone(), theirs[1].id.clone()];
    let named = [one.clone(), unknown, one.clone()];
    assert_eq!(dismiss(world, &admin, Some(&named)).await, 0, "not theirs");
    assert_eq!(dismiss(world, &supplier, Some(&[])).await, 0);
    world.clock.advance_seconds(1);
    let before = (world.conversation(&id).await, world.publisher.count());
    assert_eq!(dismiss(world, &supplier, Some(&named)).await, 1);
    let rows = supplier.notifications().await;
    let read = rows.iter().find(|row| row.id == one).expect("it is there");
    assert_eq!((read.is_read, read.updated_at), (true, world.clock.now()));
    let other = rows.iter().find(|row| row.id == two).expect("it is there");
    assert!(!other.is_read);
    assert_eq!(dismiss(world, &supplier, Some(&[one])).await, 0, "it was");
    assert_eq!(dismiss(world, &supplier, None).await, 1, "all the others");
    assert_eq!(dismiss(world, &supplier, None).await, 0);
    assert_eq!(supplier.unread().await, 2, "a notification is no read mark");
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );
    assert_eq!(admin.waiting().await, [1], "nobody else's");
}

async fn check_what_was_put_away_does_not_come_back(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let desk = node("desk");
    buyer.send(&id, "one").await;
    dismiss(world, &supplier, None).await;
    supplier.come(&desk).await;
    supplier.go(&desk).await;
    assert_eq!(supplier.waiting().await, Vec::<i64>::new());
    assert_eq!(supplier.unread().await, 1, "put away is not read");

    supplier.come(&desk).await;
    buyer.send(&id, "two").await;
    supplier.go(&desk).await;
    assert_eq!(
        supplier.waiting().await,
        [2],
        "something new brings all back"
    );
}

async fn check_pages_newest_first(world: &World) {
    let supplier = world.supplier("sol").await;
    let mut last = None;
    for index in 0..12 {
        let buyer = world.buyer(&format!("b{index:02}")).await;
        let id = world.open(world.between(&buyer, &supplier)).await;
        buyer.send(&id, "hello").await;
        if index % 4 == 3 {
            world.clock.advance_seconds(1);
        }
        if index % 3 == 0 {
            supplier.read(&id).await;
        }
        last = Some(supplier.notifications().await.remove(0).id);
    }
    let all = supplier.notifications().await;
    assert_eq!(all.len(), 12);
    let order = |row: &Notification| (row.updated_at, row.id.clone());
    assert!(all.is_sorted_by(|one, next| order(one) > order(next)));
    let unread: Vec<Notification> = all.iter().filter(|row| !row.is_read).cloned().collect();
    assert_eq!(unread.len(), 8);
    for limit in [1, 4, 5, 12] {
        assert_eq!(walk(world, &supplier, false, limit).await, all);
        assert_eq!(walk(world, &supplier, true, limit).await, unread);
    }
    let stranger = world.buyer("bob").await;
    let notifications = &world.chat.notifications;
    for cursor in [
        last.expect("there is one"),
        NotificationId::new("no id at all"),
    ] {
        let page = notifications
            .page(&stranger.id, false, Some(&cursor), 5)
            .await;
        assert_eq!(page.expect("notifications can be read"), None);
    }
    assert_eq!(stranger.notifications().await, []);
}

async fn walk(
    world: &World,
    user: &Persona<'_>,
    unread_only: bool,
    limit: i64,
) -> Vec<Notification> {
    let mut all: Vec<Notification> = Vec::new();
    loop {
        let after = all.last().map(|row| row.id.clone());
        let notifications = &world.chat.notifications;
        let page = notifications
            .page(&user.id, unread_only, after.as_ref(), limit)
            .await;
        let page = page.expect("notifications can be read");
        let (rows, has_more) = page.expect("the cursor is theirs");
        assert!(!has_more || rows.len() == usize::try_from(limit).unwrap_or(0));
        assert!(all.is_empty() || !rows.is_empty(), "there was more");
        all.extend(rows);
        if !has_more {
            return all;
        }
    }
}
