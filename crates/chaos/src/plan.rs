//! What the adversary will do in a round, made of the seed alone.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::rng::Rng;

/// One thing that is done, and undone after a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Injection {
    /// Milliseconds since the beginning of the round, and how long it lasts.
    pub at: u64,
    pub lasts: u64,
    pub target: Target,
    pub fault: Fault,
}

/// What can be hit. One thing at a time happens to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Target {
    Node(usize),
    Postgres,
    Redis,
    /// Between the clients and this node.
    Clients(usize),
    /// Between this node and PostgreSQL.
    Storage(usize),
    /// Between this node and Redis.
    Bus(usize),
    /// Everybody who listens at this node.
    Readers(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fault {
    /// `kill -9`; started again at the end.
    Kill,
    /// SIGTERM, or PostgreSQL's fast shutdown.
    Terminate,
    /// PostgreSQL's immediate shutdown.
    Immediate,
    /// SIGSTOP, then SIGCONT.
    Pause,
    /// Every connection is reset, and none is let in.
    Cut,
    /// Nothing passes; nobody is told.
    Stall,
    /// Every piece comes so many milliseconds late.
    Delay(u64),
    /// So many sockets that do not read, and somebody who talks a lot.
    Flood(usize),
}

/// The cluster that is hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub nodes: usize,
    pub has_redis: bool,
}

/// What the adversary is after. Some promises can only be judged when something is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Everything,
    /// Servers and PostgreSQL are left alone: nobody may be turned away.
    Bus,
    /// Servers are ended in an orderly way, and everything else is left alone: nobody may be cut.
    Rolling,
}

/// Blows in the order of their beginning, all over before the end.
pub fn plan(seed: u64, shape: Shape, millis: u64) -> Vec<Injection> {
    let mut rng = Rng::new(seed, "the adversary", 0);
    let mood = rng.weighted(&[
        (60, Mood::Everything),
        (20 * u64::from(shape.has_redis), Mood::Bus),
        (20, Mood::Rolling),
    ]);
    let mut free_at: BTreeMap<Target, u64> = BTreeMap::new();
    let mut injections = Vec::new();
    let mut at = rng.between(500, 1_500);
    while at < millis {
        let (target, fault, most) = draw(&mut rng, shape, mood);
        // Now and then until others notice: leases, timeouts and queues end.
        let most = if rng.percent(15) {
            most.max(millis / 3)
        } else {
            most
        };
        // Before that nobody is too slow.
        let least = match fault {
            Fault::Flood(_) => most / 2,
            _ => 100,
        };
        let lasts = rng.between(least, most).min(millis - at);
        let free = free_at.entry(target).or_default();
        if at >= *free {
            // The target needs a moment to be itself again.
            *free = at + lasts + 500;
            injections.push(Injection {
                at,
                lasts,
                target,
                fault,
            });
        }
        at += rng.between(200, 1_500 + 3_000 / u64::try_from(shape.nodes).unwrap_or(1));
    }
    injections
}

/// What, how, and for how many milliseconds at most.
fn draw(rng: &mut Rng, shape: Shape, mood: Mood) -> (Target, Fault, u64) {
    let node = rng.index(shape.nodes);
    let delay = Fault::Delay(rng.between(5, 300));
    let flood = Fault::Flood(rng.index(4) + 2);
    let is_for = |moods: &[Mood]| u64::from(moods.contains(&mood));
    let all = is_for(&[Mood::Everything]);
    let net = is_for(&[Mood::Everything, Mood::Bus]);
    let roll = is_for(&[Mood::Everything, Mood::Rolling]);
    let redis = u64::from(shape.has_redis) * net;
    let node_is = |fault, most| (Target::Node(node), fault, most);
    let link = |link: fn(usize) -> Target, fault, most| (link(node), fault, most);
    rng.weighted(&[
        (all * 12, node_is(Fault::Kill, 4_000)),
        (roll * 5, node_is(Fault::Terminate, 2_000)),
        (all * 6, node_is(Fault::Pause, 8_000)),
        (all * 5, (Target::Postgres, Fault::Kill, 2_000)),
        (all * 4, (Target::Postgres, Fault::Immediate, 2_000)),
        (all * 2, (Target::Postgres, Fault::Terminate, 2_000)),
        (all * 3, (Target::Postgres, Fault::Pause, 4_000)),
        (redis * 6, (Target::Redis, Fault::Kill, 6_000)),
        (redis * 4, (Target::Redis, Fault::Pause, 6_000)),
        (net * 8, link(Target::Clients, Fault::Cut, 800)),
        (net * 6, link(Target::Clients, Fault::Stall, 10_000)),
        (net * 6, link(Target::Clients, delay, 8_000)),
        (all * 5, link(Target::Storage, Fault::Cut, 1_500)),
        (all * 5, link(Target::Storage, Fault::Stall, 6_000)),
        (all * 4, link(Target::Storage, delay, 4_000)),
        (redis * 6, link(Target::Bus, Fault::Cut, 1_500)),
        (redis * 6, link(Target::Bus, Fault::Stall, 8_000)),
        (redis * 4, link(Target::Bus, delay, 6_000)),
        (5, link(Target::Readers, flood, 8_000)),
    ])
}

impl fmt::Display for Injection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            at,
            lasts,
            target,
            fault,
        } = self;
        write!(f, "{at:>7} ms, for {lasts:>5} ms: {fault} of {target}")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kill => f.write_str("kill"),
            Self::Terminate => f.write_str("orderly end"),
            Self::Immediate => f.write_str("immediate shutdown"),
            Self::Pause => f.write_str("pause"),
            Self::Cut => f.write_str("cut"),
            Self::Stall => f.write_str("stall"),
            Self::Delay(millis) => write!(f, "delay by {millis} ms"),
            Self::Flood(sockets) => write!(f, "flood with {sockets} slow readers"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(node) => write!(f, "node {node}"),
            Self::Postgres => f.write_str("PostgreSQL"),
            Self::Redis => f.write_str("Redis"),
            Self::Clients(node) => write!(f, "the clients of node {node}"),
            Self::Storage(node) => write!(f, "node {node} and PostgreSQL"),
            Self::Bus(node) => write!(f, "node {node} and Redis"),
            Self::Readers(node) => write!(f, "the readers of node {node}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Injection, Shape, Target, plan};

    const SHAPE: Shape = Shape {
        nodes: 3,
        has_redis: true,
    };

    #[test]
    fn a_seed_is_a_plan() {
        assert_eq!(plan(7, SHAPE, 60_000), plan(7, SHAPE, 60_000));
        assert_ne!(plan(7, SHAPE, 60_000), plan(8, SHAPE, 60_000));
    }

    #[test]
    fn one_thing_at_a_time_happens_to_a_target_and_all_is_over_in_time() {
        for seed in 0..50 {
            let mut free_at: BTreeMap<Target, u64> = BTreeMap::new();
            for injection in plan(seed, SHAPE, 60_000) {
                let end = injection.at + injection.lasts;
                assert!(end <= 60_000, "{injection}");
                let free = free_at.insert(injection.target, end);
                assert!(free.is_none_or(|free| free < injection.at), "{injection}");
            }
        }
    }

    #[test]
    fn now_and_then_something_is_left_alone() {
        let hits =
            |seed, is_one: fn(&Injection) -> bool| plan(seed, SHAPE, 60_000).iter().any(is_one);
        let is_of_storage = |injection: &Injection| {
            matches!(injection.target, Target::Postgres | Target::Storage(_))
        };
        let is_of_node = |injection: &Injection| matches!(injection.target, Target::Node(_));
        let is_of_redis =
            |injection: &Injection| matches!(injection.target, Target::Redis | Target::Bus(_));
        let nets = (0..200).filter(|seed| !hits(*seed, is_of_storage) && !hits(*seed, is_of_node));
        assert!(nets.filter(|seed| hits(*seed, is_of_redis)).count() > 4);
        let rolls = (0..200).filter(|seed| !hits(*seed, is_of_storage) && hits(*seed, is_of_node));
        assert!(rolls.filter(|seed| !hits(*seed, is_of_redis)).count() > 4);
    }

    #[test]
    fn without_redis_it_is_left_alone() {
        let alone = Shape {
            nodes: 1,
            has_redis: false,
        };
        let injections = plan(3, alone, 600_000);
        let hits_redis = |target| matches!(target, Target::Redis | Target::Bus(_));
        assert!(
            !injections
                .iter()
                .any(|injection| hits_redis(injection.target))
        );
    }
}
