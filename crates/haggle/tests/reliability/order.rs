//! Many speak at once; everybody hears the same.

use futures_util::future::join_all;
use serde_json::json;
use sqlx::{query_as, query_scalar};
use test_support::{Person, Socket};

use crate::{
    market::Market,
    talk::{Talk, id, number},
};

const SENDERS: usize = 50;
const EACH: usize = 6;
const ALL: usize = SENDERS * EACH;

/// What a socket heard: `rev`, `seq` and id of each message, in the order of arrival.
async fn messages(mut socket: Socket) -> Vec<(i64, i64, String)> {
    let mut heard = Vec::new();
    while heard.len() < ALL {
        let frame = socket.next().await;
        if frame.kind == "message" {
            let message = &frame.payload["message"];
            let rev = number(&frame.payload["rev"]);
            heard.push((rev, number(&message["seq"]), id(message)));
        }
    }
    heard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_senders_at_once_and_every_reader_sees_one_order() {
    every_reader_sees_one_order(Market::open().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn and_so_do_the_readers_of_two_nodes() {
    every_reader_sees_one_order(Market::of_several(2, &[]).await).await;
}

async fn every_reader_sees_one_order(market: Market) {
    let conversation = market.steel().await;
    let people = market.people(["anna", "sofia", "ada"]);
    people[2].join(&conversation).await;
    let mut sockets = Vec::new();
    for person in people.iter().cycle().take(9) {
        sockets.push(person.online().await);
    }
    let first = people[0].say(&conversation, "first").await;
    for socket in &mut sockets {
        socket.until("message").await;
    }
    let sockets: Vec<_> = sockets
        .into_iter()
        .map(|socket| tokio::spawn(messages(socket)))
        .collect();
    let before = number(&people[0].look_at(&conversation).await["rev"]) - 1;

    // Each on a connection of its own.
    let senders = people.iter().cycle().take(SENDERS).enumerate();
    let senders = senders.map(|(number, person)| {
        let person = Person::with_token(&person.base, &person.id, person.token.clone());
        let conversation = conversation.clone();
        tokio::spawn(async move {
            let mut sent = Vec::new();
            for turn in 0..EACH {
                let text = format!("sender {number}, turn {turn}");
                let message = person.say(&conversation, &text).await;
                sent.push((crate::talk::number(&message["seq"]), id(&message)));
            }
            // One's own messages are in the order in which one sent them.
            assert!(sent.is_sorted(), "{sent:?}");
            sent
        })
    });
    let acknowledged = join_all(senders).await.into_iter();
    let mut acknowledged: Vec<_> = acknowledged.flat_map(|sent| sent.expect("sent")).collect();
    acknowledged.push((number(&first["seq"]), id(&first)));
    acknowledged.sort_unstable();
    let seqs: Vec<i64> = acknowledged.iter().map(|(seq, _)| *seq).collect();
    let all = i64::try_from(ALL).expect("a number");
    assert_eq!(seqs, (1..=all + 1).collect::<Vec<_>>());

    for socket in sockets {
        let heard = socket.await.expect("a reader");
        for (index, (rev, seq, id)) in heard.into_iter().enumerate() {
            let expected = &acknowledged[index + 1];
            assert_eq!((seq, id), *expected, "every reader sees one order");
            assert_eq!(rev, before + seq, "every change raises rev by one");
        }
    }

    let fetched = people[1].history(&conversation).await;
    let fetched: Vec<_> = fetched.iter().map(|m| (number(&m["seq"]), id(m))).collect();
    assert_eq!(fetched, acknowledged);
    let sql = market.sql().await;
    let rows = query_as("select seq, id from haggle.message_rows order by seq");
    let rows: Vec<(i64, String)> = rows.fetch_all(&sql).await.expect("the rows");
    assert_eq!(rows, acknowledged);
    let backwards = "select count(*) from haggle.message_rows one join haggle.message_rows next \
                     on next.seq = one.seq + 1 where next.created_at < one.created_at";
    let backwards = query_scalar::<_, i64>(backwards).fetch_one(&sql).await;
    assert_eq!(backwards.ok(), Some(0), "created_at never runs backwards");
}

#[tokio::test]
async fn sends_and_reads_at_once_raise_rev_one_by_one() {
    let market = Market::open().await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let mut screen = anna.online().await;
    let before = number(&anna.look_at(&conversation).await["rev"]);
    let rounds = 40;
    let talk = async {
        for number in 0..rounds {
            anna.say(&conversation, &format!("{number}")).await;
        }
    };
    let read = async {
        for _ in 0..rounds {
            sofia.read(&conversation).await;
        }
    };
    tokio::join!(talk, read);
    let after = number(&anna.look_at(&conversation).await["rev"]);
    let mut revs = Vec::new();
    while revs.last() != Some(&after) {
        let frame = screen.next().await;
        if ["message", "read"].contains(&&*frame.kind) {
            assert_eq!(frame.payload["conversationId"], *conversation);
            revs.push(number(&frame.payload["rev"]));
        }
    }
    assert_eq!(revs, (before + 1..=after).collect::<Vec<_>>());
    // A mark that does not move is no change.
    screen
        .send("read", json!({"conversationId": conversation}))
        .await;
    screen.expect_silence_until_pong().await;
}
