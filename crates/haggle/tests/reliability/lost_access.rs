//! Whoever loses their account or their role loses their requests and their sockets within two
//! seconds, whether the server or the marketplace's own SQL says so.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::query;
use test_support::{Heard, Person, Socket, within};

use crate::{
    market::Market,
    talk::{Talk, number, of},
};

/// What is promised, and what a busy machine may add.
const LIMIT: Duration = Duration::from_secs(2 + 3);

/// How the marketplace says it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Api,
    Sql,
}

const WAYS: [Way; 2] = [Way::Api, Way::Sql];

async fn execute(market: &Market, statement: &'static str, user: &str) {
    let done = query(statement)
        .bind(user)
        .execute(&market.sql().await)
        .await;
    assert_eq!(done.expect("the statement is done").rows_affected(), 1);
}

async fn deactivate(market: &Market, way: Way, user: &str, role: &str) {
    match way {
        Way::Api => market.put_user(user, role, false).await,
        Way::Sql => {
            execute(
                market,
                "update haggle.users set is_active = false where id = $1",
                user,
            )
            .await;
        }
    }
}

async fn demote(market: &Market, way: Way, user: &str) {
    match way {
        Way::Api => market.put_user(user, "buyer", true).await,
        Way::Sql => {
            execute(
                market,
                "update haggle.users set role = 'buyer' where id = $1",
                user,
            )
            .await;
        }
    }
}

async fn delete(market: &Market, way: Way, user: &str) {
    match way {
        Way::Api => market.delete(&format!("users/{user}")).await,
        Way::Sql => execute(market, "delete from haggle.users where id = $1", user).await,
    }
}

async fn close_code(socket: &mut Socket) -> u16 {
    let deadline = tokio::time::Instant::now() + LIMIT;
    loop {
        let left = deadline.saturating_duration_since(tokio::time::Instant::now());
        match socket.hear(left).await {
            Heard::Closed(code) => return code,
            Heard::Frame(_) => {}
            Heard::Nothing => panic!("not closed within {LIMIT:?}"),
        }
    }
}

/// Both kinds of access end in time, and do not come back.
async fn expect_stranger(person: &Person, sockets: &mut [Socket]) {
    let rest = within(LIMIT, "requests are refused", async || {
        person.get("/api/chat/unread-count").await.status == 401
    });
    let closing = async {
        for socket in sockets {
            assert_eq!(close_code(socket).await, 4401);
        }
    };
    tokio::join!(rest, closing);
    person.get("/api/chat/conversations").await.expect(401);
    let mut socket = person.connect().await;
    let token = json!({"token": person.token});
    socket.send("authenticate", token).await;
    assert_eq!(socket.close_code().await, 4401);
}

#[tokio::test]
async fn a_deactivated_person_is_cut_off_and_can_be_let_in_again() {
    for way in WAYS {
        let market = Market::open().await;
        let conversation = market.steel().await;
        for (user, role) in [("anna", "buyer"), ("sofia", "supplier"), ("ada", "admin")] {
            let [person, bert] = market.people([user, "bert"]);
            let mut sockets = [person.online().await, person.online().await];
            let mut other = bert.online().await;
            deactivate(&market, way, user, role).await;
            expect_stranger(&person, &mut sockets).await;
            other.expect_silence_until_pong().await;

            market.put_user(user, role, true).await;
            within(LIMIT, "they are let in", async || {
                person.get("/api/chat/unread-count").await.status == 200
            })
            .await;
            person.online().await;
        }
        // They kept what they had.
        let seats = market.person("anna").look_at(&conversation).await;
        assert_eq!(seats["participants"]["supplier"]["id"], "sofia", "{way:?}");
    }
}

#[tokio::test]
async fn nothing_that_a_deactivated_person_sends_is_stored_any_more() {
    let market = Market::open().await;
    let conversation = market.steel().await;
    let anna = market.person("anna");
    let path = of(&conversation, "/messages");
    let mut stored = 0;
    let talking = async {
        loop {
            let sent = anna
                .post(&path, json!({"content": "and another thing"}))
                .await;
            match sent.status {
                201 => stored += 1,
                401 => return,
                other => panic!("{other}: {:#}", sent.json),
            }
        }
    };
    let cutting = deactivate(&market, Way::Sql, "anna", "buyer");
    tokio::join!(talking, cutting);
    let seen = market.person("sofia").look_at(&conversation).await;
    assert_eq!(number(&seen["lastSeq"]), stored);
}

#[tokio::test]
async fn a_deleted_buyer_is_cut_off_and_their_conversations_go_with_them() {
    for way in WAYS {
        let market = Market::open().await;
        let [anna, sofia] = market.people(["anna", "sofia"]);
        let conversation = market.steel().await;
        anna.say(&conversation, "Hello.").await;
        assert_eq!(sofia.unread().await, 1);
        let mut sockets = [anna.online().await];
        let mut other = sofia.online().await;
        delete(&market, way, "anna").await;
        expect_stranger(&anna, &mut sockets).await;

        sofia.get(&of(&conversation, "")).await.expect(404);
        within(LIMIT, "it is in no list and no count", async || {
            let list = sofia.get("/api/chat/conversations").await.expect(200);
            list["conversations"] == json!([]) && sofia.unread().await == 0
        })
        .await;
        assert_eq!(sofia.notifications().await, [] as [Value; 0]);
        if way == Way::Api {
            let reset = other.until("reset").await.pop().expect("the news");
            assert_eq!(reset.payload["conversationId"], *conversation);
        }
        other.send("ping", json!({})).await;
        other.until("pong").await;
    }
}

#[tokio::test]
async fn a_deleted_administrator_leaves_what_they_said() {
    for way in WAYS {
        let market = Market::open().await;
        let [anna, ada] = market.people(["anna", "ada"]);
        let conversation = market.steel().await;
        anna.say(&conversation, "We disagree.").await;
        ada.join(&conversation).await;
        ada.say(&conversation, "Let me see.").await;
        anna.say(&conversation, "Thank you.").await;
        let mut sockets = [ada.online().await];
        delete(&market, way, "ada").await;
        expect_stranger(&ada, &mut sockets).await;

        let card = anna.look_at(&conversation).await;
        assert_eq!(card["participants"]["admin"], Value::Null);
        let messages = anna.history(&conversation).await;
        let seqs: Vec<_> = messages.iter().map(|m| number(&m["seq"])).collect();
        assert_eq!(seqs, [1, 2, 3], "{way:?}");
        assert_eq!(messages[1]["senderId"], Value::Null);
        assert_eq!(messages[1]["senderName"], "Former administrator");
        assert_eq!(messages[1]["message"], "Let me see.");
    }
}

#[tokio::test]
async fn a_demoted_administrator_is_cut_off_and_their_place_is_free() {
    for way in WAYS {
        let market = Market::open().await;
        let [anna, ada, alan] = market.people(["anna", "ada", "alan"]);
        let conversation = market.steel().await;
        ada.join(&conversation).await;
        let mut screen = anna.online().await;
        let rev = number(&anna.look_at(&conversation).await["rev"]);
        let mut socket = ada.online().await;
        ada.get(&of(&conversation, "")).await.expect(200);

        demote(&market, way, "ada").await;
        let refused = within(LIMIT, "the conversation is closed to them", async || {
            ada.get(&of(&conversation, "")).await.status == 403
        });
        let code = close_code(&mut socket);
        let ((), code) = tokio::join!(refused, code);
        assert_eq!(code, 4403, "{way:?}");

        let heard = screen
            .until("conversation_updated")
            .await
            .pop()
            .expect("the news");
        assert_eq!(
            heard.payload["conversation"]["participants"]["admin"],
            Value::Null
        );
        assert_eq!(number(&heard.payload["rev"]), rev + 1);
        assert_eq!(
            ada.post(&of(&conversation, "/join"), json!({}))
                .await
                .status,
            403
        );
        let said = json!({"content": "I am still here."});
        let said = ada.post(&of(&conversation, "/messages"), said).await;
        said.expect(403);
        alan.join(&conversation).await;

        // They are a buyer now, and may do what buyers do.
        ada.open(json!({"supplierId": "s-2"})).await;
        ada.online().await;
    }
}

#[tokio::test]
async fn the_place_of_a_demoted_administrator_who_is_away_is_free_too() {
    for way in WAYS {
        let market = Market::open().await;
        let [anna, ada] = market.people(["anna", "ada"]);
        let conversation = market.steel().await;
        ada.join(&conversation).await;
        let mut screen = anna.online().await;
        demote(&market, way, "ada").await;
        within(LIMIT, "the place is free", async || {
            anna.look_at(&conversation).await["participants"]["admin"].is_null()
        })
        .await;
        screen.until("conversation_updated").await;
    }
}
