//! The adversary: one task for each thing that can be hit, which owns it while a round lasts, and
//! gives it back in working order.

pub(crate) mod flood;
pub(crate) mod node;
pub(crate) mod probe;
mod stores;

use std::{sync::Arc, time::Duration};

use tokio::{
    task::{JoinHandle, JoinSet},
    time::{Instant, sleep, sleep_until},
};

use crate::{
    actor::Topic,
    history::{Recorder, What},
    plan::{Fault, Injection, Target},
    proxy::Proxy,
    setup::{Links, Node, Setup},
};

/// What every task knows.
#[derive(Clone, Debug)]
struct Knows {
    start: Instant,
    recorder: Recorder,
}

impl Knows {
    async fn until(&self, injection: &Injection) {
        sleep_until(self.start + Duration::from_millis(injection.at)).await;
        let Injection { target, fault, .. } = *injection;
        let what = What::Suffers { target, fault };
        self.recorder.note(&target.to_string(), what);
    }

    /// For as long as the injection lasts.
    async fn hold(&self, injection: &Injection) {
        sleep(Duration::from_millis(injection.lasts)).await;
    }

    fn recovers(&self, injection: &Injection) {
        let Injection { target, fault, .. } = *injection;
        let what = What::Recovers { target, fault };
        self.recorder.note(&target.to_string(), what);
    }
}

/// Does to the setup what the plan says, and returns it when all is undone.
pub async fn inject(
    setup: Setup,
    plan: &[Injection],
    recorder: &Recorder,
    topics: &[Topic],
) -> Setup {
    let knows = Knows {
        start: Instant::now(),
        recorder: recorder.clone(),
    };
    let of = |target: Target| -> Vec<Injection> {
        let of_it = plan.iter().filter(|injection| injection.target == target);
        of_it.copied().collect()
    };
    let Setup {
        nodes,
        postgres,
        redis,
        links,
        receiver,
        heard,
    } = setup;
    let floods = nodes.iter().map(|node| {
        let (injections, address) = (of(Target::Readers(node.number)), node.server.address());
        flood::flood(knows.clone(), injections, address, topics.to_vec())
    });
    let floods: JoinSet<()> = floods.collect();
    // They end when this is dropped.
    let probes = nodes
        .iter()
        .map(|node| probe::probe(recorder.clone(), node.number, node.server.address()));
    let _probes: JoinSet<()> = probes.collect();
    let nodes: Vec<JoinHandle<Node>> = nodes
        .into_iter()
        .map(|node| {
            let injections = of(Target::Node(node.number));
            tokio::spawn(node::break_node(
                knows.clone(),
                injections,
                node,
                last(plan),
            ))
        })
        .collect();
    let postgres = stores::break_postgres(knows.clone(), of(Target::Postgres), postgres);
    let postgres = tokio::spawn(postgres);
    let redis = redis
        .map(|redis| tokio::spawn(stores::break_redis(knows.clone(), of(Target::Redis), redis)));
    let links = break_links(knows, links, plan).await;
    floods.join_all().await;
    let postgres = postgres.await.expect("PostgreSQL is given back");
    let redis = match redis {
        Some(redis) => Some(redis.await.expect("Redis is given back")),
        None => None,
    };
    let mut back = Vec::new();
    for node in nodes {
        back.push(node.await.expect("a node is given back"));
    }
    Setup {
        nodes: back,
        postgres,
        redis,
        links,
        receiver,
        heard,
    }
}

/// When the last injection is over.
fn last(plan: &[Injection]) -> Duration {
    let ends = plan.iter().map(|injection| injection.at + injection.lasts);
    Duration::from_millis(ends.max().unwrap_or_default())
}

async fn break_links(knows: Knows, links: Links, plan: &[Injection]) -> Links {
    let links = Arc::new(links);
    let mut tasks = JoinSet::new();
    for &injection in plan {
        let (links, knows) = (links.clone(), knows.clone());
        if link(&links, injection.target).is_some() {
            tasks.spawn(async move {
                knows.until(&injection).await;
                if let Some(proxy) = link(&links, injection.target) {
                    spoil(proxy, injection.fault);
                    knows.hold(&injection).await;
                    proxy.clear();
                }
                knows.recovers(&injection);
            });
        }
    }
    tasks.join_all().await;
    Arc::into_inner(links).expect("every task has ended")
}

fn link(links: &Links, target: Target) -> Option<&Proxy> {
    match target {
        Target::Clients(node) => links.clients.get(node),
        Target::Storage(node) => links.storage.get(node),
        Target::Bus(node) => links.bus.get(node),
        Target::Node(_) | Target::Postgres | Target::Redis | Target::Readers(_) => None,
    }
}

fn spoil(proxy: &Proxy, fault: Fault) {
    match fault {
        Fault::Cut => proxy.cut(),
        Fault::Stall => proxy.stall(),
        Fault::Delay(millis) => proxy.delay(Duration::from_millis(millis)),
        // The plan has no others for links.
        Fault::Kill | Fault::Terminate | Fault::Immediate | Fault::Pause | Fault::Flood(_) => {}
    }
}
