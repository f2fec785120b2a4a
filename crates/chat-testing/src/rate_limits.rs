//! What every [`RateLimiter`] owes, as a suite that each implementation runs.

use std::{pin::Pin, sync::Arc};

use super::FakeClock;
use chat::{
    ids::UserId,
    rate_limit::{Decision, LimitedAction, Quotas, RateLimitStatus, RateLimiter},
    timestamp::Clock,
};

const QUOTAS: Quotas = Quotas {
    messages_per_minute: 10,
    conversations_per_hour: 5,
};

/// Makes a limiter without history that go by this clock.
pub type Make<'m> = &'m (dyn Fn(Quotas, Arc<dyn Clock>) -> Arc<dyn RateLimiter> + Sync);
type Done<'m> = Pin<Box<dyn Future<Output = ()> + Send + 'm>>;

/// One rule. Each is to be tried with no bucket left from the one before.
pub type CheckFn = for<'m> fn(Make<'m>) -> Done<'m>;

/// Every check by its name.
pub fn all() -> [(&'static str, CheckFn); 7] {
    [
        ("ten messages pass and the eleventh waits", |make| {
            Box::pin(ten_messages_pass_and_the_eleventh_waits_six_seconds(make))
        }),
        ("people and actions have buckets of their own", |make| {
            Box::pin(people_and_actions_have_buckets_of_their_own(make))
        }),
        ("a token given back can be taken again", |make| {
            Box::pin(a_token_given_back_can_be_taken_again(make))
        }),
        ("zero is unlimited", |make| {
            Box::pin(zero_is_unlimited(make))
        }),
        ("a quota gives exactly as much", |make| {
            Box::pin(a_quota_that_does_not_divide_its_window_gives_exactly_as_much(make))
        }),
        ("a clock set back keeps nobody waiting", |make| {
            Box::pin(a_clock_set_back_keeps_nobody_waiting_longer_than_a_window(
                make,
            ))
        }),
        ("a clock set back costs nobody a token", |make| {
            Box::pin(a_clock_set_back_costs_nobody_a_token(make))
        }),
    ]
}

struct Scene {
    limiter: Arc<dyn RateLimiter>,
    clock: Arc<FakeClock>,
}

impl Scene {
    fn new(make: Make<'_>, quotas: Quotas) -> Self {
        let clock = Arc::new(FakeClock::new());
        let limiter = make(quotas, clock.clone());
        Self { limiter, clock }
    }

    async fn send(&self, user: &str) -> Decision {
        let user = UserId::new(user);
        let taken = self.limiter.take(&user, LimitedAction::SendMessage).await;
        taken.expect("limiter that decide")
    }

    async fn give_back(&self, user: &str) {
        let user = UserId::new(user);
        self.limiter
            .give_back(&user, LimitedAction::SendMessage)
            .await;
    }
}

fn status(decision: Decision) -> RateLimitStatus {
    match decision {
        Decision::Taken(status) | Decision::Refused(status) => status,
    }
}

fn is_taken(decision: Decision) -> bool {
    matches!(decision, Decision::Taken(_))
}

async fn ten_messages_pass_and_the_eleventh_waits_six_seconds(make: Make<'_>) {
    let scene = Scene::new(make, QUOTAS);
    for remaining in (0..10).rev() {
        let decision = scene.send("ada").await;
        assert!(is_taken(decision));
        assert_eq!(status(decision).remaining, remaining);
        assert_eq!(status(decision).quota, 10);
        assert_eq!(status(decision).window_seconds, 60);
    }
    let refused = scene.send("ada").await;
    assert!(!is_taken(refused));
    assert_eq!(status(refused).remaining, 0);
    assert_eq!(status(refused).retry_after_seconds, 6);
    assert_eq!(status(refused).reset_seconds, 60);

    scene.clock.advance_micros(5_999_999);
    assert_eq!(status(scene.send("ada").await).retry_after_seconds, 1);
    scene.clock.advance_micros(1);
    assert!(is_taken(scene.send("ada").await));
    assert!(!is_taken(scene.send("ada").await));
}

async fn people_and_actions_have_buckets_of_their_own(make: Make<'_>) {
    let scene = Scene::new(make, QUOTAS);
    for _ in 0..10 {
        scene.send("ada").await;
    }
    assert!(!is_taken(scene.send("ada").await));
    assert!(is_taken(scene.send("bea").await));

    let ada = UserId::new("ada");
    let opened = scene
        .limiter
        .take(&ada, LimitedAction::OpenConversation)
        .await;
    let opened = opened.expect("limiter that decide");
    assert_eq!(status(opened).remaining, 4);
    assert_eq!(status(opened).reset_seconds, 720);
}

async fn a_token_given_back_can_be_taken_again(make: Make<'_>) {
    let scene = Scene::new(make, QUOTAS);
    scene.give_back("ada").await;
    for _ in 0..10 {
        scene.send("ada").await;
    }
    assert!(!is_taken(scene.send("ada").await));
    scene.give_back("ada").await;
    assert!(is_taken(scene.send("ada").await));
    assert!(!is_taken(scene.send("ada").await));

    // A full bucket takes none.
    for _ in 0..20 {
        scene.give_back("ada").await;
    }
    assert_eq!(status(scene.send("ada").await).remaining, 9);
}

async fn zero_is_unlimited(make: Make<'_>) {
    let scene = Scene::new(make, Quotas::UNLIMITED);
    for _ in 0..1_000 {
        let decision = scene.send("ada").await;
        assert!(is_taken(decision));
        assert_eq!(status(decision).quota, 0);
    }
}

async fn a_quota_that_does_not_divide_its_window_gives_exactly_as_much(make: Make<'_>) {
    let quotas = Quotas {
        messages_per_minute: 7,
        conversations_per_hour: 0,
    };
    let scene = Scene::new(make, quotas);
    let mut taken = 0;
    for _ in 0..=600 {
        taken += u32::from(is_taken(scene.send("ada").await));
        scene.clock.advance_micros(1_000_000);
    }
    assert_eq!(taken, 7 + 70, "a full bucket, and seven each minute");
}

async fn a_clock_set_back_keeps_nobody_waiting_longer_than_a_window(make: Make<'_>) {
    let scene = Scene::new(make, QUOTAS);
    while is_taken(scene.send("ada").await) {}
    scene.clock.advance_seconds(-365 * 86_400);
    let refused = status(scene.send("ada").await);
    assert_eq!(refused.retry_after_seconds, 6);
    assert_eq!(refused.reset_seconds, 60);
    // They are not locked out until the clock has caught up.
    for _ in 0..20 {
        scene.clock.advance_seconds(6);
        assert!(is_taken(scene.send("ada").await));
        assert!(!is_taken(scene.send("ada").await));
    }
}

async fn a_clock_set_back_costs_nobody_a_token(make: Make<'_>) {
    let scene = Scene::new(make, QUOTAS);
    for remaining in (0..10).rev() {
        scene.clock.advance_seconds(-86_400);
        assert_eq!(status(scene.send("ada").await).remaining, remaining);
    }
    // Given back after the clock was set back, and before anybody looked.
    scene.clock.advance_seconds(-30);
    scene.give_back("ada").await;
    assert!(is_taken(scene.send("ada").await));
    assert!(!is_taken(scene.send("ada").await));
    scene.clock.advance_seconds(-30);
    assert!(!is_taken(scene.send("ada").await));
    scene.clock.advance_seconds(6);
    assert!(is_taken(scene.send("ada").await));
}
