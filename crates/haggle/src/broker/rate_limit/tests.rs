use std::sync::Arc;

use chat::{
    ids::UserId,
    rate_limit::{Action, Decision, Quotas, Rates},
};
use chat_testing::{FakeClock, rate_limits};
use test_support::RedisServer;

use super::RedisRates;
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
            let mut rates = broker.rates(quotas, Arc::new(FakeClock::new()));
            rates.clock = Some(clock);
            Arc::new(rates)
        })
        .await;
    }
}

async fn send(rates: &RedisRates) -> bool {
    let ada = UserId::new("ada");
    let taken = rates.take(&ada, Action::SendMessage).await;
    matches!(taken.unwrap(), Decision::Taken(_))
}

const THREE: Quotas = Quotas {
    messages_per_minute: 3,
    conversations_per_hour: 0,
};

#[tokio::test]
async fn servers_share_a_bucket_and_have_their_own_when_redis_is_away() {
    let mut redis = RedisServer::start();
    let rates = async |node| {
        let broker = broker(&redis.url(), node);
        broker.link.wait().await;
        broker.rates(THREE, Arc::new(FakeClock::new()))
    };
    let (one, other) = (rates("n1").await, rates("n2").await);
    assert!(send(&one).await);
    assert!(send(&other).await);
    assert!(send(&one).await);
    assert!(!send(&other).await);
    assert!(!send(&one).await);
    one.give_back(&UserId::new("ada"), Action::SendMessage)
        .await;
    assert!(send(&other).await);
    assert!(!send(&one).await);

    redis.kill9();
    for rates in [&one, &other] {
        for _ in 0..3 {
            assert!(send(rates).await);
        }
        assert!(!send(rates).await);
    }
}
