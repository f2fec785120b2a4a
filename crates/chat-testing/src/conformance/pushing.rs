//! Browsers that show what was missed.

use super::{Checks, World};
use chat::{
    ids::UserId,
    job::JobQuery,
    limits::PUSH_SUBSCRIPTIONS,
    preferences::Preferences,
    push::{JOB, PushJob, PushSubscription},
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("pushing::a_browser_is_its_last_persons", |world| {
        Box::pin(check_a_browser_is_its_last_persons(world))
    }),
    ("pushing::the_oldest_goes", |world| {
        Box::pin(check_the_oldest_goes(world))
    }),
    ("pushing::a_job_for_each_browser", |world| {
        Box::pin(check_a_job_for_each_browser(world))
    }),
];

fn browser(name: &str) -> PushSubscription {
    PushSubscription {
        endpoint: format!("https://push.example/{name}"),
        p256dh: format!("key of {name}"),
        auth: format!("secret of {name}"),
    }
}

async fn subscribe(world: &World, user: &UserId, browser: &PushSubscription) {
    let (subscriptions, now) = (&world.chat.push_subscriptions, world.clock.now());
    let subscribed = subscriptions.subscribe(user, browser, now).await;
    subscribed.expect("a browser can subscribe");
    world.clock.advance_seconds(1);
}

async fn of(world: &World, user: &UserId) -> Vec<PushSubscription> {
    let found = world.chat.push_subscriptions.subscriptions(user).await;
    found.expect("they can be listed")
}

async fn check_a_browser_is_its_last_persons(world: &World) {
    let (bea, bob) = (world.buyer("bea").await, world.buyer("bob").await);
    let subscriptions = &world.chat.push_subscriptions;
    subscribe(world, &bea.id, &browser("desk")).await;
    subscribe(world, &bea.id, &browser("phone")).await;
    assert_eq!(
        of(world, &bea.id).await,
        [browser("phone"), browser("desk")]
    );
    let renewed = PushSubscription {
        auth: "another".to_owned(),
        ..browser("desk")
    };
    subscribe(world, &bob.id, &renewed).await;
    assert_eq!(of(world, &bea.id).await, [browser("phone")]);
    assert_eq!(of(world, &bob.id).await, [renewed.clone()]);

    let gone = async |user, endpoint: &str| {
        let gone = subscriptions.unsubscribe(user, endpoint).await;
        gone.expect("a browser can be forgotten")
    };
    assert!(!gone(Some(&bea.id), &renewed.endpoint).await, "not hers");
    assert!(gone(Some(&bob.id), &renewed.endpoint).await);
    assert!(!gone(Some(&bob.id), &renewed.endpoint).await, "it was");
    assert!(gone(None, &browser("phone").endpoint).await, "anybody's");
    assert_eq!(of(world, &bea.id).await, []);

    subscribe(world, &bea.id, &browser("desk")).await;
    let deleted = world.chat.directory_editor.delete_user(&bea.id).await;
    deleted.expect("a person can be deleted");
    assert_eq!(of(world, &bea.id).await, []);
    subscribe(world, &bea.id, &browser("desk")).await;
    assert_eq!(of(world, &bea.id).await, [], "of nobody");
}

async fn check_the_oldest_goes(world: &World) {
    let (bea, bob) = (world.buyer("bea").await, world.buyer("bob").await);
    subscribe(world, &bob.id, &browser("first")).await;
    for n in 0..PUSH_SUBSCRIPTIONS + 2 {
        subscribe(world, &bea.id, &browser(&n.to_string())).await;
    }
    let left = of(world, &bea.id).await;
    assert_eq!(left.len(), PUSH_SUBSCRIPTIONS);
    assert_eq!(left[0], browser(&(PUSH_SUBSCRIPTIONS + 1).to_string()));
    assert_eq!(left[PUSH_SUBSCRIPTIONS - 1], browser("2"));
    assert_eq!(of(world, &bob.id).await.len(), 1);
}

async fn collect(world: &World) -> u64 {
    let collected = world
        .chat
        .push_subscriptions
        .collect_pushes(world.clock.now())
        .await;
    collected.expect("notifications can be looked through")
}

/// Whom the jobs tell, by which browser.
async fn told(world: &World) -> Vec<PushJob> {
    let query = JobQuery {
        dead: false,
        after: None,
        limit: 100,
    };
    let jobs = world
        .chat
        .jobs
        .list(&query)
        .await
        .expect("jobs can be listed");
    let own = jobs.into_iter().filter(|job| job.kind == JOB);
    let read = |payload| serde_json::from_value(payload).expect("a job says what it is");
    let mut told: Vec<PushJob> = own.map(|job| read(job.payload)).collect();
    told.sort_by(|one, other| one.endpoint.cmp(&other.endpoint));
    told
}

async fn check_a_job_for_each_browser(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    subscribe(world, &supplier.id, &browser("desk")).await;
    subscribe(world, &supplier.id, &browser("phone")).await;
    subscribe(world, &buyer.id, &browser("other")).await;
    buyer.send(&id, "before the first look").await;
    world.clock.advance_seconds(1);
    assert_eq!(collect(world).await, 0);
    world.clock.advance_seconds(1);
    assert_eq!(collect(world).await, 0, "and not by the second either");

    world.clock.advance_seconds(1);
    buyer.send(&id, "one").await;
    assert_eq!(collect(world).await, 2);
    let to = |name: &str| PushJob {
        user: supplier.id.clone(),
        conversation: id.clone(),
        endpoint: browser(name).endpoint,
    };
    assert_eq!(told(world).await, [to("desk"), to("phone")]);
    assert_eq!(collect(world).await, 0, "it is told");
    buyer.send(&id, "two").await;
    assert_eq!(
        collect(world).await,
        0,
        "they still wait, and will say both"
    );

    let quiet = Preferences {
        push: false,
        ..Preferences::default()
    };
    let set = world
        .chat
        .preferences
        .set_preferences(&buyer.id, &quiet)
        .await;
    set.expect("set");
    supplier.send(&id, "an answer").await;
    assert_eq!(collect(world).await, 0, "unwanted");
}
