//! Jobs of the outbox: each is done by one server at a time, until it is done or given up.

use std::{collections::BTreeSet, time::Duration};

use super::{Checks, World, world::node};
use chat::{
    ids::{JobId, NodeId},
    job::{Claim, Ended, Job, JobLoad, JobQuery, NewJob},
    storage::Jobs,
};
use serde_json::json;

pub(super) const CHECKS: Checks = &[
    ("working::each_job_is_claimed_once", |world| {
        Box::pin(check_each_job_is_claimed_once(world))
    }),
    ("working::a_job_waits_until_it_is_due", |world| {
        Box::pin(check_a_job_waits_until_it_is_due(world))
    }),
    (
        "working::a_lease_that_ends_lets_somebody_else_in",
        |world| Box::pin(check_a_lease_that_ends_lets_somebody_else_in(world)),
    ),
    ("working::how_it_ended", |world| {
        Box::pin(check_how_it_ended(world))
    }),
    ("working::one_of_a_key_waits", |world| {
        Box::pin(check_one_of_a_key_waits(world))
    }),
    ("working::the_dead_are_listed_and_come_back", |world| {
        Box::pin(check_the_dead_are_listed_and_come_back(world))
    }),
    ("working::load", |world| Box::pin(check_load(world))),
];

const LEASE: Duration = Duration::from_secs(30);

fn jobs(world: &World) -> &dyn Jobs {
    &*world.chat.jobs
}

async fn add(world: &World, new: &[NewJob]) {
    jobs(world).add(new).await.expect("jobs can be added");
}

/// A job whose payload says its number.
fn numbered(n: u64) -> NewJob {
    NewJob::new("test", json!({"n": n}))
}

async fn claim(world: &World, node: &NodeId, limit: i64) -> Vec<Job> {
    let claimed = jobs(world).claim(node, "test", LEASE, limit).await;
    claimed.expect("jobs can be claimed")
}

async fn claim_one(world: &World, node: &NodeId) -> Job {
    let claimed = claim(world, node, 10).await;
    let [one] = claimed.as_slice() else {
        panic!("one job is due: {claimed:?}")
    };
    one.clone()
}

async fn end(world: &World, node: &NodeId, job: &Job, ended: Ended) -> bool {
    let ended = jobs(world).end(&Claim::of(job, node), &ended).await;
    ended.expect("a claim can end")
}

async fn listed(world: &World, dead: bool) -> Vec<Job> {
    let query = JobQuery {
        dead,
        after: None,
        limit: 100,
    };
    let listed = jobs(world).list(&query).await;
    listed.expect("jobs can be listed")
}

fn numbers(jobs: &[Job]) -> BTreeSet<u64> {
    let number = |job: &Job| job.payload["n"].as_u64().expect("a number");
    jobs.iter().map(number).collect()
}

async fn check_each_job_is_claimed_once(world: &World) {
    let all: Vec<NewJob> = (0..20).map(numbered).collect();
    add(world, &all).await;
    add(world, &[NewJob::new("other", json!({}))]).await;
    let (one, other) = (node("one"), node("other"));
    let (ones, others) =
        futures_util::future::join(claim(world, &one, 12), claim(world, &other, 12)).await;
    assert!(ones.len() <= 12 && others.len() <= 12);
    let rest = claim(world, &one, 100).await;
    let claimed = [ones, others, rest].concat();
    assert_eq!(claimed.len(), 20, "each once");
    assert_eq!(numbers(&claimed), (0..20).collect());
    assert!(claimed.iter().all(|job| job.attempts == 1));
    assert_eq!(claim(world, &other, 100).await, []);
}

async fn check_a_job_waits_until_it_is_due(world: &World) {
    let one = node("one");
    add(world, &[numbered(1).after(Duration::from_mins(1))]).await;
    assert_eq!(claim(world, &one, 10).await, []);
    world.pass_seconds(50).await;
    assert_eq!(claim(world, &one, 10).await, []);
    world.pass_seconds(11).await;
    claim_one(world, &one).await;
}

async fn check_a_lease_that_ends_lets_somebody_else_in(world: &World) {
    let (one, other) = (node("one"), node("other"));
    add(world, &[numbered(1)]).await;
    let late = claim_one(world, &one).await;
    world.pass_seconds(20).await;
    assert_eq!(claim(world, &other, 10).await, []);
    world.pass_seconds(11).await;
    let next = claim_one(world, &other).await;
    assert_eq!((&next.id, next.attempts), (&late.id, 2));
    for ended in [
        Ended::Done,
        Ended::Later(Duration::ZERO),
        Ended::Again(Duration::ZERO, "late".to_owned()),
        Ended::Dead("late".to_owned()),
    ] {
        assert!(
            !end(world, &one, &late, ended).await,
            "the first claim is over"
        );
    }
    assert!(end(world, &other, &next, Ended::Done).await);
    assert_eq!(listed(world, false).await, []);
}

async fn check_how_it_ended(world: &World) {
    let one = node("one");
    add(world, &[numbered(1)]).await;
    let first = claim_one(world, &one).await;
    assert!(end(world, &one, &first, Ended::Later(Duration::ZERO)).await);
    let again = claim_one(world, &one).await;
    assert_eq!(again.attempts, 1, "that was no attempt");

    let pause = Duration::from_mins(1);
    assert!(
        end(
            world,
            &one,
            &again,
            Ended::Again(pause, "refused".to_owned())
        )
        .await
    );
    assert_eq!(claim(world, &one, 10).await, []);
    world.pass_seconds(61).await;
    let second = claim_one(world, &one).await;
    assert_eq!(
        (second.attempts, second.last_error.as_deref()),
        (2, Some("refused"))
    );

    assert!(end(world, &one, &second, Ended::Later(pause)).await);
    assert_eq!(claim(world, &one, 10).await, []);
    world.pass_seconds(61).await;
    let fresh = claim_one(world, &one).await;
    assert_eq!(fresh.attempts, 2, "it was only too early");

    assert!(end(world, &one, &fresh, Ended::Done).await);
    assert!(!end(world, &one, &fresh, Ended::Done).await);
    assert_eq!(listed(world, false).await, []);
    assert_eq!(listed(world, true).await, []);
}

async fn check_one_of_a_key_waits(world: &World) {
    let one = node("one");
    let keyed = |n| numbered(n).with_key("ann");
    add(world, &[keyed(1), keyed(2)]).await;
    add(world, &[keyed(3), numbered(4), numbered(5)]).await;
    add(
        world,
        &[NewJob::new("other", json!({"n": 6})).with_key("ann")],
    )
    .await;
    let waiting = listed(world, false).await;
    assert_eq!(numbers(&waiting), BTreeSet::from([1, 4, 5, 6]));

    let claimed = claim(world, &one, 10).await;
    let first = claimed.iter().find(|job| job.key.is_some()).expect("it");
    assert!(end(world, &one, first, Ended::Dead("gone".to_owned())).await);
    add(world, &[keyed(7)]).await;
    assert!(numbers(&listed(world, false).await).contains(&7));
    let replayed = jobs(world).replay(Some(&first.id)).await;
    assert_eq!(
        replayed.expect("it can be asked"),
        0,
        "another one waits in its place"
    );
}

async fn check_the_dead_are_listed_and_come_back(world: &World) {
    let one = node("one");
    add(world, &[numbered(1), numbered(2), numbered(3)]).await;
    for job in claim(world, &one, 10).await {
        assert!(end(world, &one, &job, Ended::Dead("no".to_owned())).await);
    }
    assert_eq!(claim(world, &one, 10).await, []);
    let dead = listed(world, true).await;
    assert_eq!(numbers(&dead), BTreeSet::from([1, 2, 3]));
    assert!(dead.iter().all(|job| job.dead_at.is_some()));
    let query = JobQuery {
        dead: true,
        after: Some(dead[0].id.clone()),
        limit: 1,
    };
    let page = jobs(world).list(&query).await.expect("a page");
    assert_eq!(page, [dead[1].clone()]);

    let replay = async |id: Option<&JobId>| {
        let replayed = jobs(world).replay(id).await;
        replayed.expect("the dead can come back")
    };
    assert_eq!(replay(Some(&dead[0].id)).await, 1);
    assert_eq!(replay(Some(&dead[0].id)).await, 0, "it is not dead");
    assert_eq!(replay(Some(&JobId::new("nothing"))).await, 0);
    let back = claim_one(world, &one).await;
    assert_eq!((&back.id, back.attempts), (&dead[0].id, 1));
    assert_eq!(replay(None).await, 2);
    assert_eq!(claim(world, &one, 10).await.len(), 2);
    assert_eq!(listed(world, true).await, []);

    let back = listed(world, false).await;
    let back = back.iter().find(|job| job.id == dead[1].id).expect("it");
    assert!(end(world, &one, back, Ended::Dead("no".to_owned())).await);
    let forget = async || {
        let forgotten = jobs(world).forget_dead(Duration::from_hours(1)).await;
        forgotten.expect("the dead can be forgotten")
    };
    world.pass_seconds(3_500).await;
    assert_eq!(forget().await, 0);
    world.pass_seconds(101).await;
    assert_eq!(forget().await, 1);
}

async fn check_load(world: &World) {
    let one = node("one");
    let load = async || jobs(world).load().await.expect("the load can be asked");
    assert_eq!(load().await, JobLoad::default());
    add(world, &[numbered(1).after(Duration::from_mins(1))]).await;
    let early = load().await;
    assert_eq!((early.waiting, early.failed, early.oldest), (1, 0, None));
    world.pass_seconds(120).await;
    add(
        world,
        &[numbered(2), NewJob::new("other:part", json!({"n": 3}))],
    )
    .await;
    let due_at = listed(world, false).await[0].due_at;
    let late = load().await;
    assert_eq!(
        (late.waiting, late.failed, late.oldest),
        (3, 0, Some(due_at))
    );
    let claimed = claim(world, &one, 1).await;
    assert!(end(world, &one, &claimed[0], Ended::Dead("no".to_owned())).await);
    let after = load().await;
    assert_eq!((after.waiting, after.failed), (2, 1));
    let kinds = jobs(world).load_by_kind().await.expect("the load");
    let kinds: Vec<_> = kinds
        .iter()
        .map(|kind| (kind.kind.as_str(), kind.load.waiting, kind.load.failed))
        .collect();
    assert_eq!(kinds, [("other", 1, 0), ("test", 1, 1)]);
}
