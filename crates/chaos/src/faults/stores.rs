//! PostgreSQL and Redis go and come back.

use test_support::{PrivateCluster, RedisServer};
use tokio::task::block_in_place;

use super::Knows;
use crate::{
    history::What,
    plan::{Blow, Fault},
};

pub(super) async fn break_postgres(
    knows: Knows,
    blows: Vec<Blow>,
    mut postgres: PrivateCluster,
) -> PrivateCluster {
    for blow in blows {
        knows.until(&blow).await;
        if blow.fault == Fault::Pause {
            postgres.freeze();
            knows.hold(&blow).await;
            postgres.go_on();
        } else {
            block_in_place(|| match blow.fault {
                Fault::Kill => postgres.kill9(),
                Fault::Immediate => postgres.stop_immediately(),
                _ => postgres.stop(),
            });
            knows.recorder.note("PostgreSQL", What::Gone);
            knows.hold(&blow).await;
            knows.recorder.note("PostgreSQL", What::Returns);
            block_in_place(|| postgres.start_again());
        }
        knows.recovers(&blow);
    }
    postgres
}

pub(super) async fn break_redis(
    knows: Knows,
    blows: Vec<Blow>,
    mut redis: RedisServer,
) -> RedisServer {
    for blow in blows {
        knows.until(&blow).await;
        if blow.fault == Fault::Pause {
            redis.freeze();
            knows.hold(&blow).await;
            redis.go_on();
        } else {
            block_in_place(|| redis.kill9());
            knows.hold(&blow).await;
            block_in_place(|| redis.restart());
        }
        knows.recovers(&blow);
    }
    redis
}
