//! The server and its PostgreSQL are killed under load, again and again, in any order.

use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};
use test_support::{PrivateCluster, ServerProcess, eventually};

use crate::{crowd::Crowd, folder::Folder, market::Market};

#[derive(Clone, Copy, Debug)]
enum Blow {
    Server,
    Postgres,
    /// In this order, at once.
    ServerThenPostgres,
    PostgresThenServer,
}

/// Each of them twice, in the order of the seed.
fn blows(random: &mut StdRng) -> Vec<Blow> {
    let all = [
        Blow::Server,
        Blow::Postgres,
        Blow::ServerThenPostgres,
        Blow::PostgresThenServer,
    ];
    let mut blows = all.repeat(2);
    blows.shuffle(random);
    blows
}

/// So many messages between two blows.
fn breath(random: &mut StdRng) -> usize {
    random.random_range(10..60)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_when_server_and_database_are_killed() {
    let mut random = StdRng::seed_from_u64(8);
    let mut cluster = PrivateCluster::start();
    let mut market = Market::on(&cluster).await;
    let crowd = Crowd::gather(&market).await;
    for blow in blows(&mut random) {
        crowd.has_sent(breath(&mut random)).await;
        eprintln!("{blow:?}");
        match blow {
            Blow::Server => market.kill_server().await,
            Blow::Postgres => {
                cluster.kill9();
                cluster.start_again();
            }
            Blow::ServerThenPostgres | Blow::PostgresThenServer => {
                if matches!(blow, Blow::ServerThenPostgres) {
                    market.server.kill9();
                    cluster.kill9();
                } else {
                    cluster.kill9();
                    market.server.kill9();
                }
                cluster.start_again();
                market.server = ServerProcess::spawn(&market.options).await;
            }
        }
    }
    crowd.has_sent(breath(&mut random)).await;
    crowd.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_when_the_database_is_the_servers_own_which_starts_it_again() {
    let mut random = StdRng::seed_from_u64(80);
    let folder = Folder::new();
    let mut market = Market::embedded_in(folder.path()).await;
    let crowd = Crowd::gather(&market).await;
    for blow in blows(&mut random) {
        crowd.has_sent(breath(&mut random)).await;
        eprintln!("{blow:?}");
        let before = folder.postgres();
        match blow {
            Blow::Server => {
                market.kill_server().await;
                assert_eq!(folder.postgres(), before, "it is taken over");
            }
            Blow::Postgres => {
                folder.kill_postgres();
                eventually("the server starts PostgreSQL again", async || {
                    folder.postgres().is_some_and(|pid| Some(pid) != before)
                })
                .await;
            }
            Blow::ServerThenPostgres => {
                market.server.kill9();
                folder.kill_postgres();
                market.server = ServerProcess::spawn(&market.options).await;
            }
            Blow::PostgresThenServer => {
                folder.kill_postgres();
                market.kill_server().await;
            }
        }
    }
    crowd.has_sent(breath(&mut random)).await;
    crowd.end().await;
    assert!(market.server.sigterm_and_wait().await.success());
}
