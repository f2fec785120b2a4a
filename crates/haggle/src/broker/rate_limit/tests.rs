use std::sync::Arc;

use chat::{
    ids::UserId,
    rate_limit::{Decision, LimitedAction, Quotas, RateLimiter},
};
use chat_testing::{FakeClock, rate_limits};
use test_support::RedisServer;

use super::RedisRateLimiter;
use crate::broker::testing::broker;

#[tokio::test]
async fn they_are_the_buckets_of_one_server() {
    let mut redis = RedisServer::start();
    let mut broker = broker(&redis.url(), "n1");
    broker.link.wait().await;
    for (name, check) in rate_limits::all() {
        eprintln!("{name}");
        redis.restart();
        broker = self::broker(&redis.url(), "n1");
        broker.link.wait().await;
        check(&|quotas, clock| {
            let mut limiter = broker.rate_limiter(quotas, Arc::new(FakeClock::new()));
            limiter.clock = Some(clock);
            Arc::new(limiter)
        })
        .await;
    }
}

async fn send(limiter: &RedisRateLimiter) -> bool {
    let ada = UserId::new("ada");
    let taken = limiter.take(&ada, LimitedAction::SendMessage).await;
    matches!(taken.unwrap(), Decision::Taken(_))
}

const THREE: Quotas = Quotas {
    messages_per_minute: 3,
    conversations_per_hour: 0,
};

#[tokio::test]
async fn servers_share_a_bucket_and_have_their_own_when_redis_is_away() {
    let mut redis = RedisServer::start();
    let limiter = async |node| {
        let broker = broker(&redis.url(), node);
        broker.link.wait().await;
        broker.rate_limiter(THREE, Arc::new(FakeClock::new()))
    };
    let (one, other) = (limiter("n1").await, limiter("n2").await);
    assert!(send(&one).await);
    assert!(send(&other).await);
    assert!(send(&one).await);
    assert!(!send(&other).await);
    assert!(!send(&one).await);
    one.give_back(&UserId::new("ada"), LimitedAction::SendMessage)
        .await;
    assert!(send(&other).await);
    assert!(!send(&one).await);

    redis.kill9();
    for limiter in [&one, &other] {
        for _ in 0..3 {
            assert!(send(limiter).await);
        }
        assert!(!send(limiter).await);
    }
}
