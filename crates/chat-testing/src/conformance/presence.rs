//! A person is online while some live node holds a lease of theirs.

use super::{Checks, Persona, World, world::node};
use chat::{
    ids::{NodeId, UserId},
    limits::LEASE_SECONDS,
    presence::UserStatus,
};

pub(super) const CHECKS: Checks = &[
    ("presence::several_nodes_are_one_person", |world| {
        Box::pin(check_several_nodes_are_one_person(world))
    }),
    ("presence::a_heartbeat_keeps_leases_alive", |world| {
        Box::pin(check_a_heartbeat_keeps_leases_alive(world))
    }),
    ("presence::a_silent_node_is_forgotten", |world| {
        Box::pin(check_a_silent_node_is_forgotten(world))
    }),
    ("presence::statuses_of_those_who_exist", |world| {
        Box::pin(check_statuses_of_those_who_exist(world))
    }),
    ("presence::companions_sit_together", |world| {
        Box::pin(check_companions_sit_together(world))
    }),
];

async fn statuses(world: &World, users: &[&UserId]) -> Vec<UserStatus> {
    let users: Vec<UserId> = users.iter().map(|user| (*user).clone()).collect();
    let statuses = world.chat.leases.statuses(&users).await;
    let mut statuses = statuses.expect("statuses can be read");
    statuses.sort_by_key(|status| status.user.clone());
    statuses
}

async fn is_online(world: &World, person: &Persona<'_>) -> bool {
    statuses(world, &[&person.id]).await[0].is_online
}

async fn hold(world: &World, node: &NodeId, people: &[&Persona<'_>]) -> Vec<UserId> {
    let users: Vec<UserId> = people.iter().map(|person| person.id.clone()).collect();
    let came = world.chat.leases.hold(node, &users).await;
    let mut came = came.expect("leases can be held");
    came.sort();
    came
}

async fn expire(world: &World) -> Vec<UserId> {
    let gone = world.chat.leases.expire().await.expect("leases can expire");
    assert!(gone.iter().all(|status| !status.is_online));
    assert!(gone.iter().all(|status| status.last_seen.is_some()));
    let mut gone: Vec<UserId> = gone.into_iter().map(|status| status.user).collect();
    gone.sort();
    gone
}

async fn heartbeat(world: &World, node: &NodeId) -> bool {
    let alive = world.chat.leases.heartbeat(node).await;
    alive.expect("a heart can beat")
}

async fn check_several_nodes_are_one_person(world: &World) {
    let (one, two) = (node("one"), node("two"));
    let (bea, sol) = (world.buyer("bea").await, world.supplier("sol").await);
    assert!(!is_online(world, &bea).await);
    assert_eq!(hold(world, &one, &[&bea]).await, [bea.id.clone()]);
    assert!(is_online(world, &bea).await);
    assert_eq!(hold(world, &one, &[&bea]).await, [], "held already");
    let came = hold(world, &two, &[&bea, &sol, &sol]).await;
    assert_eq!(came, [sol.id.clone()], "only those who were offline, once");

    assert_eq!(bea.go(&one).await, [], "still on the other");
    assert_eq!(bea.go(&one).await, [], "not held there any more");
    assert!(is_online(world, &bea).await);
    let [gone] = bea.go(&two).await.try_into().expect("they are offline now");
    assert_eq!((&gone.user, gone.is_online), (&bea.id, false));
    let seen = gone.last_seen.expect("they were here");
    let status = statuses(world, &[&bea.id]).await.remove(0);
    assert_eq!(status, gone);
    assert_eq!(bea.go(&two).await, []);
    assert_eq!(bea.go(&node("unknown")).await, []);
    assert!(is_online(world, &sol).await);

    assert!(bea.come(&one).await, "they were offline");
    let again = bea.go(&one).await.remove(0).last_seen;
    assert!(again >= Some(seen));
}

async fn check_a_heartbeat_keeps_leases_alive(world: &World) {
    let (one, two) = (node("one"), node("two"));
    let (bea, sol) = (world.buyer("bea").await, world.supplier("sol").await);
    hold(world, &one, &[&bea]).await;
    hold(world, &two, &[&sol]).await;
    for _ in 0..3 {
        world.pass_seconds(LEASE_SECONDS - 10).await;
        assert!(heartbeat(world, &one).await);
        assert!(heartbeat(world, &two).await);
        assert_eq!(expire(world).await, []);
    }
    world.pass_seconds(LEASE_SECONDS - 10).await;
    hold(world, &one, &[]).await;
    world.pass_seconds(LEASE_SECONDS - 10).await;
    assert!(is_online(world, &bea).await, "holding is a sign of life");
    assert!(!is_online(world, &sol).await);
    assert_eq!(expire(world).await, [sol.id.clone()]);
}

async fn check_a_silent_node_is_forgotten(world: &World) {
    let (one, two) = (node("one"), node("two"));
    let (bea, sol) = (world.buyer("bea").await, world.supplier("sol").await);
    assert!(!heartbeat(world, &one).await, "nothing was held yet");
    hold(world, &one, &[&bea, &sol]).await;
    world.pass_seconds(LEASE_SECONDS).await;
    hold(world, &two, &[&sol]).await;
    assert!(
        !is_online(world, &bea).await,
        "before anybody cleared it up"
    );
    assert!(is_online(world, &sol).await);

    assert_eq!(
        expire(world).await,
        [bea.id.clone()],
        "not who is elsewhere"
    );
    assert_eq!(expire(world).await, [], "only once");
    let status = statuses(world, &[&bea.id]).await.remove(0);
    assert!(status.last_seen.is_some());

    assert!(!heartbeat(world, &one).await);
    assert!(!is_online(world, &bea).await, "a heartbeat revives nothing");
    assert_eq!(hold(world, &one, &[&bea, &sol]).await, [bea.id.clone()]);
    assert!(heartbeat(world, &one).await);
    assert!(is_online(world, &bea).await);
}

async fn check_statuses_of_those_who_exist(world: &World) {
    let (bea, sol) = (world.buyer("bea").await, world.supplier("sol").await);
    hold(world, &node("one"), &[&sol]).await;
    let unknown = UserId::new("nobody");
    let expected = [
        UserStatus {
            user: bea.id.clone(),
            is_online: false,
            last_seen: None,
        },
        UserStatus {
            user: sol.id.clone(),
            is_online: true,
            last_seen: None,
        },
    ];
    let known = statuses(world, &[&sol.id, &unknown, &bea.id]).await;
    assert_eq!(known, expected);
    assert_eq!(statuses(world, &[]).await, []);
    sol.go(&node("one")).await;
    sol.come(&node("two")).await;
    assert!(statuses(world, &[&sol.id]).await[0].last_seen.is_some());
    let deleted = world.chat.directory_editor.delete_user(&sol.id);
    deleted.await.expect("a user can be deleted");
    assert_eq!(statuses(world, &[&sol.id]).await, []);
    world.supplier("sol").await;
    let namesake = UserStatus {
        user: sol.id.clone(),
        ..expected[0].clone()
    };
    assert_eq!(statuses(world, &[&sol.id]).await, [namesake]);
}

async fn check_companions_sit_together(world: &World) {
    let (bea, sol, id) = world.pair().await;
    let (bob, ann) = (world.buyer("bob").await, world.admin("ann").await);
    let other = world.open(world.between(&bob, &sol)).await;
    world.open(world.support(&bea)).await;
    ann.join(&id).await;
    let companions = |of: UserId| async move {
        let companions = world.chat.leases.companions(&of).await;
        let mut companions = companions.expect("companions can be read");
        companions.sort();
        companions
    };
    let all = [ann.id.clone(), bea.id.clone(), bob.id.clone()];
    assert_eq!(companions(sol.id.clone()).await, all);
    let others = [ann.id.clone(), sol.id.clone()];
    assert_eq!(companions(bea.id.clone()).await, others);
    assert_eq!(companions(bob.id.clone()).await, [sol.id.clone()]);
    assert_eq!(companions(UserId::new("nobody")).await, []);

    ann.join(&other).await;
    ann.leave(&id).await;
    let pairs = [
        (&bea, &sol, true),
        (&bob, &ann, true),
        (&bea, &bob, false),
        (&bea, &ann, false),
    ];
    for (one, two, expected) in pairs {
        for (one, two) in [(one, two), (two, one)] {
            let share = world
                .chat
                .leases
                .share_a_conversation(&one.id, &two.id)
                .await;
            let share = share.expect("it can be asked");
            assert_eq!(share, expected, "{:?} {:?}", one.id, two.id);
        }
    }
}
