//! Redis goes away and comes back.

use std::time::{Duration, Instant};

use serde_json::json;
use test_support::{Person, eventually};

use crate::{
    crowd::Crowd,
    market::{Market, figure_of},
    reader::{Reader, Return},
    talk::Talk,
};

/// What is promised, and what a busy machine may add.
const CONVERGED_WITHIN: Duration = Duration::from_secs(10 + 5);

/// Two readers of the conversation, one at each server.
async fn readers(market: &Market, conversation: &str) -> Vec<Reader> {
    let mut readers = Vec::new();
    for (server, id) in [(0, "anna"), (1, "sofia")] {
        let person = market.person_at(server, id);
        let mut reader = Reader::new(&person, &[conversation]).await;
        reader.scene = id.to_owned();
        assert!(reader.come_back(Return::WHOLE).await);
        reader.until_ready().await;
        readers.push(reader);
    }
    readers
}

/// Each sees what a fetch says, by what its socket told it alone.
async fn converge(readers: &mut [Reader]) {
    let start = Instant::now();
    for reader in readers {
        let fresh = reader.fetch().await;
        reader.until_it_sees(&fresh).await;
        reader.expect(&fresh);
        assert!(reader.is_connected(), "nobody lost a socket");
    }
    assert!(start.elapsed() < CONVERGED_WITHIN, "{:?}", start.elapsed());
}

async fn is_up(base: &str, up: bool) {
    eventually("the server knows how Redis is", async || {
        (figure_of(base, "haggle_redis_up").await > 0.5) == up
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_redis_is_killed_sends_commit_and_everybody_catches_up_when_it_is_back() {
    let mut market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    let mut readers = readers(&market, &conversation).await;
    let (anna, sofia) = (market.person_at(0, "anna"), market.person_at(1, "sofia"));
    anna.say(&conversation, "before").await;
    converge(&mut readers).await;

    market.redis().kill9();
    for base in market.bases() {
        is_up(&base, false).await;
        Person::nobody(&base).get("/readyz").await.expect(200);
    }
    for turn in 0..20 {
        anna.say(&conversation, &format!("a {turn}")).await;
        sofia.say(&conversation, &format!("s {turn}")).await;
    }
    // What happens here is heard here at once, the other server's changes are not.
    for reader in &mut readers {
        let mine = reader.person.id.clone();
        let heard = reader.seen[&conversation].messages.clone();
        assert!(
            heard.iter().all(|said| said.whole["message"] == "before"),
            "{mine}"
        );
    }
    market.redis().restart();
    market.is_connected().await;
    converge(&mut readers).await;
    // And goes on as if nothing had been.
    anna.say(&conversation, "after").await;
    converge(&mut readers).await;
    for base in market.bases() {
        assert!(figure_of(&base, "haggle_redis_losses_total").await > 0.5);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_here_hear_at_once_what_happens_here_while_redis_is_away() {
    let mut market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    market.redis().freeze();
    let (anna, sofia) = (market.person_at(0, "anna"), market.person_at(0, "sofia"));
    let mut screen = sofia.online().await;
    for turn in 0..20 {
        let said = anna.say(&conversation, &format!("{turn}")).await;
        let heard = screen.until("message").await.pop().expect("the news");
        assert_eq!(heard.payload["message"]["id"], said["id"]);
        assert_eq!(sofia.unread().await, turn + 1);
        let listed = sofia.listed(&conversation).await;
        assert_eq!(listed["lastMessage"], format!("{turn}"));
    }
    market.redis().go_on();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_at_two_servers_loses_nothing_while_redis_is_killed_and_frozen() {
    let mut market = Market::of_several(2, &[]).await;
    let crowd = Crowd::gather(&market).await;
    crowd.has_sent(50).await;
    for turn in 0..2 {
        market.redis().kill9();
        crowd.has_sent(100).await;
        market.redis().restart();
        market.is_connected().await;
        crowd.has_sent(50).await;
        if turn == 0 {
            market.redis().freeze();
            crowd.has_sent(100).await;
            market.redis().go_on();
        }
        crowd.has_sent(50).await;
    }
    market.is_connected().await;
    crowd.end().await;
}

#[tokio::test]
async fn a_server_starts_without_redis_and_joins_the_others_when_it_comes() {
    let mut market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    market.redis().kill9();
    market.kill_server().await;
    let output = market.server.output();
    assert!(output.contains("Redis cannot be reached"), "{output}");
    let mut screen = market.person_at(0, "anna").online().await;
    market.redis().restart();
    market.is_connected().await;
    let sofia = market.person_at(1, "sofia");
    let said = sofia.say(&conversation, "There you are.").await;
    let heard = screen.until("message").await.pop().expect("the news");
    assert_eq!(heard.payload["message"]["id"], said["id"]);
    let one = json!({"isTyping": true, "conversationId": conversation});
    let mut writer = sofia.online().await;
    writer.send("typing", one).await;
    screen.until("typing").await;
}
