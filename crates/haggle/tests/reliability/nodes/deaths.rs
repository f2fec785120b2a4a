//! A server dies, and its people go elsewhere.

use sqlx::query;
use test_support::{Person, eventually};

use crate::{
    crowd::Crowd,
    market::Market,
    reader::{Reader, Return},
    talk::Talk,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_at_a_killed_server_resumes_at_another_without_loss() {
    let mut market = Market::of_several(3, &[]).await;
    let conversation = market.steel().await;
    let (anna, sofia) = (market.person_at(0, "anna"), market.person_at(2, "sofia"));
    let mut reader = Reader::new(&sofia, &[&conversation]).await;
    assert!(reader.come_back(Return::WHOLE).await);
    reader.until_ready().await;
    anna.say(&conversation, "before").await;

    market.others[1].0.kill9();
    anna.say(&conversation, "meanwhile").await;
    while reader.is_connected() {
        reader.follow().await;
        if !reader.is_ready() {
            break;
        }
    }
    reader.person.base = market.bases()[1].clone();
    assert!(reader.come_back(Return::WHOLE).await);
    reader.until_ready().await;
    anna.say(&conversation, "after").await;
    let fresh = reader.fetch().await;
    reader.until_it_sees(&fresh).await;
    reader.expect(&fresh);
    assert_eq!(reader.seen[&conversation].messages.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_come_back_is_offline_for_everybody() {
    let mut market = Market::of_several(3, &[]).await;
    market.steel().await;
    let (anna, sofia) = (market.person_at(0, "anna"), market.person_at(2, "sofia"));
    let _lost = sofia.online().await;
    let mut screen = anna.online().await;
    market.others[1].0.kill9();

    // The dead server's heartbeat grows old; here by hand, since it takes its time.
    let aged = query(
        "update haggle.nodes set expires_at = clock_timestamp() - interval '1 second' \
         where id in (select node_id from haggle.leases where user_id = 'sofia')",
    );
    let aged = aged.execute(&market.sql().await).await;
    assert_eq!(aged.expect("the node is there").rows_affected(), 1);
    let left = screen.until("online_status").await.pop().expect("the news");
    assert_eq!(left.payload["userId"], "sofia");
    assert_eq!(left.payload["isOnline"], false);
    for server in 0..2 {
        let anna = market.person_at(server, "anna");
        eventually("she is offline", async || {
            let status = anna.get("/api/chat/users/sofia/status").await.expect(200);
            status["isOnline"] == false
        })
        .await;
    }
}

/// The message is in the database, but the server died before it told anybody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_server_told_nobody_is_found_by_the_others() {
    let mut market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    let mut reader = Reader::new(&market.person_at(0, "anna"), &[&conversation]).await;
    assert!(reader.come_back(Return::WHOLE).await);
    reader.until_ready().await;
    // What such a server leaves behind.
    let change = "with said as (
           insert into haggle.message_rows (conversation_id, seq, sender_id, sender_type, message)
           values ($1, 1, 'sofia', 'supplier', 'Did you hear?')
         )
         update haggle.conversations
         set last_seq = 1, rev = rev + 1, changed_at = clock_timestamp(), supplier_read_seq = 1,
           last_message = 'Did you hear?', last_message_at = clock_timestamp()
         where id = $1";
    let done = query(change).bind(&conversation);
    done.execute(&market.sql().await).await.expect("it is done");
    market.others[0].0.kill9();
    let fresh = reader.fetch().await;
    assert_eq!(fresh[&conversation].messages.len(), 1);
    reader.until_it_sees(&fresh).await;
    reader.expect(&fresh);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_when_servers_are_killed_in_turn() {
    let mut market = Market::of_several(3, &[]).await;
    let crowd = Crowd::gather(&market).await;
    for turn in 0..4 {
        crowd.has_sent(60).await;
        if turn % 2 == 0 {
            market.kill_server().await;
        } else {
            market.kill_other(0).await;
        }
        market.is_connected().await;
    }
    crowd.has_sent(60).await;
    crowd.end().await;
    Person::nobody(&market.server.base())
        .get("/readyz")
        .await
        .expect(200);
}
