//! PostgreSQL and Redis go and come back.

use test_support::{PrivateCluster, RedisServer};
use tokio::task::block_in_place;

use super::Knows;
use crate::{
    history::What,
    plan::{Fault, Injection},
};

pub(super) async fn break_postgres(
    knows: Knows,
    injections: Vec<Injection>,
    mut postgres: PrivateCluster,
) -> PrivateCluster {
    for injection in injections {
        knows.until(&injection).await;
        if injection.fault == Fault::Pause {
            postgres.freeze();
            knows.hold(&injection).await;
            postgres.go_on();
        } else {
            block_in_place(|| match injection.fault {
                Fault::Kill => postgres.kill9(),
                Fault::Immediate => postgres.stop_immediately(),
                _ => postgres.stop(),
            });
            knows.recorder.note("PostgreSQL", What::Gone);
            knows.hold(&injection).await;
            knows.recorder.note("PostgreSQL", What::Returns);
            block_in_place(|| postgres.start_again());
        }
        knows.recovers(&injection);
    }
    postgres
}

pub(super) async fn break_redis(
    knows: Knows,
    injections: Vec<Injection>,
    mut redis: RedisServer,
) -> RedisServer {
    for injection in injections {
        knows.until(&injection).await;
        if injection.fault == Fault::Pause {
            redis.freeze();
            knows.hold(&injection).await;
            redis.go_on();
        } else {
            block_in_place(|| redis.kill9());
            knows.hold(&injection).await;
            block_in_place(|| redis.restart());
        }
        knows.recovers(&injection);
    }
    redis
}
