use std::{net::IpAddr, sync::Arc, time::Duration};

use chat::ids::UserId;
use futures_util::FutureExt;
use tokio::time::advance;

use super::{Connection, Connections, Limits};

fn address(last: u8) -> IpAddr {
    IpAddr::from([10, 0, 0, last])
}

fn limits() -> Limits {
    Limits {
        most: 20,
        per_address: 4,
        per_person: 6,
        for_strangers: 5,
    }
}

fn is_cut(connection: &Connection) -> bool {
    connection.cut().now_or_never().is_some()
}

fn come(connections: &Arc<Connections>, from: u8) -> Connection {
    let place = connections.admit(address(from), false);
    place.expect("there is room")
}

#[test]
fn what_is_reserved_is_never_given_to_connections() {
    let limits = Limits::of_files(1_024, 200);
    assert_eq!(limits.most, 824);
    assert!(limits.per_address < limits.most && limits.for_strangers < limits.most);
    // A server with hardly any files still answers.
    assert!(Limits::of_files(64, 200).most <= 32);
}

#[tokio::test(start_paused = true)]
async fn an_address_without_a_token_holds_few_slow_connections() {
    let connections = Connections::new(limits());
    let slow: Vec<_> = (0..4).map(|_| come(&connections, 1)).collect();
    advance(Duration::from_secs(11)).await;
    let fifth = come(&connections, 1);
    assert!(is_cut(&slow[0]) && !is_cut(&slow[1]) && !is_cut(&fifth));
    assert_eq!(connections.open(), 4);
    // Somebody else is somebody else.
    let other = come(&connections, 2);
    assert!(!is_cut(&slow[1]) && !is_cut(&other));
}

#[tokio::test(start_paused = true)]
async fn connections_that_rest_or_are_young_are_not_slow() {
    let connections = Connections::new(limits());
    let resting: Vec<_> = (0..4).map(|_| come(&connections, 1)).collect();
    for connection in &resting {
        connection.asks(address(1));
        connection.rests();
    }
    advance(Duration::from_mins(1)).await;
    let young: Vec<_> = (0..8).map(|_| come(&connections, 1)).collect();
    assert!(!resting.iter().chain(&young).any(is_cut));
    // Resting ends with an answer that nobody takes.
    resting[2].is_held_up(true);
    drop(come(&connections, 1));
    assert!(is_cut(&resting[2]));
}

#[tokio::test(start_paused = true)]
async fn without_room_the_one_with_the_most_makes_some() {
    let connections = Connections::new(limits());
    let attacker: Vec<_> = (0..16).map(|_| come(&connections, 1)).collect();
    let anna = come(&connections, 2);
    anna.belongs_to(&UserId::new("anna"));
    let others: Vec<_> = (3..6).map(|from| come(&connections, from)).collect();
    assert_eq!(connections.open(), 20);
    let newcomer = come(&connections, 9);
    assert!(is_cut(&attacker[0]) && !is_cut(&attacker[1]));
    assert!(!is_cut(&anna) && !is_cut(&newcomer) && !others.iter().any(is_cut));
    assert_eq!(connections.open(), 20);
    // A place that was lost is not given back twice.
    drop(attacker);
    assert_eq!(connections.open(), 5);
}

#[tokio::test(start_paused = true)]
async fn people_with_tokens_leave_room_for_strangers_and_for_each_other() {
    let connections = Connections::new(limits());
    let crowd: Vec<_> = (0..20).map(|_| come(&connections, 1)).collect();
    for connection in &crowd {
        connection.belongs_to(&UserId::new("mallory"));
    }
    // 15 are Mallory's, the rest may be cut for anybody.
    let health = come(&connections, 2);
    let anna = come(&connections, 3);
    anna.belongs_to(&UserId::new("anna"));
    assert!(!is_cut(&health) && !is_cut(&anna));
    assert_eq!(connections.open(), 20);
    assert_eq!(crowd.iter().filter(|each| is_cut(each)).count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_person_holds_few_slow_connections_too() {
    let connections = Connections::new(limits());
    let mallory = UserId::new("mallory");
    let slow: Vec<_> = (0..6).map(|_| come(&connections, 1)).collect();
    for connection in &slow {
        connection.asks(address(1));
        connection.belongs_to(&mallory);
    }
    advance(Duration::from_secs(11)).await;
    let seventh = come(&connections, 2);
    seventh.belongs_to(&mallory);
    assert!(is_cut(&slow[0]) && !is_cut(&seventh));
}

#[tokio::test(start_paused = true)]
async fn behind_a_trusted_proxy_each_request_is_somebody_elses() {
    let connections = Connections::new(limits());
    let proxied = || connections.admit(address(100), true).expect("room");
    let slow: Vec<_> = (0..4).map(|_| proxied()).collect();
    for connection in &slow {
        connection.asks(address(1));
    }
    let innocent = proxied();
    innocent.asks(address(2));
    advance(Duration::from_secs(11)).await;
    let fifth = proxied();
    fifth.asks(address(1));
    assert!(is_cut(&slow[0]) && !is_cut(&innocent));
    // Between requests nobody's.
    for connection in &slow[1..] {
        connection.rests();
    }
    fifth.rests();
    advance(Duration::from_secs(11)).await;
    let (sixth, seventh) = (proxied(), proxied());
    sixth.asks(address(1));
    seventh.asks(address(1));
    assert!(!slow[1..].iter().any(is_cut) && !is_cut(&sixth));
}

#[tokio::test(start_paused = true)]
async fn sockets_of_known_people_are_counted_and_left_alone() {
    let connections = Connections::new(limits());
    let sockets: Vec<_> = (0..12).map(|_| come(&connections, 1)).collect();
    for socket in &sockets {
        socket.is_socket();
    }
    advance(Duration::from_mins(1)).await;
    let crowd: Vec<_> = (0..30).map(|_| come(&connections, 1)).collect();
    assert!(!sockets.iter().any(is_cut));
    assert_eq!(crowd.iter().filter(|each| is_cut(each)).count(), 22);
    drop(sockets);
    assert_eq!(connections.open(), 8);
}
