//! What people do with their conversations every day: putting away, pinning, muting, marking, blocking and
//! closing.

mod replies;
mod reports;

use serde_json::{Value, json};
use test_support::Person;

use crate::world::{World, id, listed, of, say, unread};

const LIST: &str = "/api/chat/conversations";

async fn set(person: &Person, conversation: &str, change: Value) -> Value {
    let changed = person.patch(&of(conversation, "/settings"), change).await;
    changed.expect(200)["settings"].take()
}

/// The ids in this person's list.
async fn ids(person: &Person, query: &str) -> Vec<String> {
    let page = person.get(&format!("{LIST}?{query}")).await.expect(200);
    let listed = page["conversations"].as_array().expect("a list");
    listed.iter().map(id).collect()
}

async fn opened(world: &World, suppliers: &[&str]) -> Vec<String> {
    let mut opened = Vec::new();
    for supplier in suppliers {
        let purpose = json!({"supplierId": supplier});
        opened.push(id(&world.anna.post(LIST, purpose).await.expect(201)));
    }
    opened
}

#[tokio::test]
async fn what_somebody_sets_is_theirs_alone_and_reaches_their_other_sockets() {
    let world = World::open().await;
    let steel = world.steel().await;
    let mut anna = world.anna.online().await;
    let mut sofia = world.sofia.online().await;
    let nothing = json!({
        "isArchived": false, "isPinned": false, "mutedUntil": null, "isMarkedUnread": false,
    });
    assert_eq!(listed(&world.anna, &steel).await["settings"], nothing);

    let until = "2100-01-01T00:00:00.000Z";
    let change = json!({"isPinned": true, "mutedUntil": until});
    let pinned = json!({
        "isArchived": false, "isPinned": true, "mutedUntil": until, "isMarkedUnread": false,
    });
    assert_eq!(set(&world.anna, &steel, change).await, pinned);
    let heard = anna.until("conversation_updated").await.pop().unwrap();
    assert_eq!(heard.payload["conversation"]["settings"], pinned);
    let heard = sofia.until("conversation_updated").await.pop().unwrap();
    assert_eq!(heard.payload["conversation"]["settings"], nothing);
    assert_eq!(listed(&world.anna, &steel).await["settings"], pinned);
    let shown = world.sofia.get(&of(&steel, "")).await.expect(200);
    assert_eq!(shown["settings"], nothing);
    let shown = world.ada.get(&of(&steel, "")).await.expect(200);
    assert_eq!(shown["settings"], Value::Null, "she does not sit there");

    assert_eq!(set(&world.anna, &steel, json!({})).await, pinned);
    let unmuted = set(&world.anna, &steel, json!({"mutedUntil": null})).await;
    assert_eq!(unmuted["mutedUntil"], Value::Null);
    let past = json!({"mutedUntil": "2001-01-01T00:00:00Z"});
    let past = set(&world.anna, &steel, past).await;
    assert_eq!(past["mutedUntil"], Value::Null);

    let wrong =
        json!({"isPinned": 1, "isArchived": "yes", "mutedUntil": "soon", "isMarkedUnread": []});
    let wrong = world.anna.patch(&of(&steel, "/settings"), wrong).await;
    let fields = wrong.expect(400)["fields"].as_object().unwrap().clone();
    assert_eq!(
        fields.keys().collect::<Vec<_>>(),
        ["isArchived", "isMarkedUnread", "isPinned", "mutedUntil"]
    );
    for (person, status) in [
        (&world.bert, 403),
        (&world.ada, 403),
        (&world.nobody(), 401),
    ] {
        let change = json!({"isPinned": true});
        let refused = person.patch(&of(&steel, "/settings"), change).await;
        refused.expect(status);
    }
    let none = world.anna.patch(&of("none", "/settings"), json!({})).await;
    assert_eq!(none.expect(404)["code"], "conversation_not_found");
}

#[tokio::test]
async fn what_was_set_while_a_socket_was_away_is_there_when_it_returns() {
    let world = World::open().await;
    let steel = world.steel().await;
    let seen = listed(&world.anna, &steel).await;
    let since = json!({&steel: {"seq": seen["lastSeq"], "rev": seen["rev"]}});
    set(&world.anna, &steel, json!({"isArchived": true})).await;
    let mut anna = world.anna.connect().await;
    anna.authenticate(Some(since)).await;
    let missed = anna.until("ready").await;
    let told = missed
        .iter()
        .find(|frame| frame.kind == "conversation_updated");
    let conversation = &told.expect("it differs").payload["conversation"];
    assert_eq!(conversation["settings"]["isArchived"], true);
}

#[tokio::test]
async fn the_list_leaves_out_what_is_put_away_until_there_is_something_new() {
    let world = World::open().await;
    let open = opened(&world, &["s-1", "s-2"]).await;
    say(&world.sofia, &open[0], "hello").await;
    set(&world.anna, &open[0], json!({"isArchived": true})).await;
    assert_eq!(ids(&world.anna, "").await, [open[1].clone()]);
    assert_eq!(ids(&world.anna, "archived=true").await, [open[0].clone()]);
    assert_eq!(ids(&world.anna, "q=hello").await, [open[0].clone()]);
    assert_eq!(ids(&world.anna, "q=hello&archived=false").await, [""; 0]);
    assert_eq!(ids(&world.sofia, "").await, [open[0].clone()]);
    say(&world.sofia, &open[0], "are you there?").await;
    assert_eq!(ids(&world.anna, "").await, open);
}

#[tokio::test]
async fn pinned_ones_stay_on_top_of_every_page() {
    let world = World::open().await;
    let open = opened(&world, &["s-1", "s-2"]).await;
    let steel = world.steel().await;
    set(&world.anna, &open[0], json!({"isPinned": true})).await;
    let expected = [open[0].clone(), steel, open[1].clone()];
    assert_eq!(ids(&world.anna, "").await, expected);
    for (person, limit) in [(&world.anna, 1), (&world.anna, 2), (&world.anna, 3)] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("{LIST}?limit={limit}{cursor}");
            let page = person.get(&path).await.expect(200);
            seen.extend(page["conversations"].as_array().unwrap().iter().map(id));
            let Some(next) = page["nextCursor"].as_str() else {
                break;
            };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen, expected, "by {limit}");
    }
    let page = world.anna.get(&format!("{LIST}?limit=1")).await.expect(200);
    let cursor = page["nextCursor"].as_str().unwrap();
    let other = format!("{LIST}?sort=waiting&cursor={cursor}");
    let other = world.anna.get(&other).await.expect(400);
    assert!(other["fields"]["cursor"].is_string());
}

#[tokio::test]
async fn filters_have_counts_and_who_waits_longest_is_first() {
    let world = World::open().await;
    let open = opened(&world, &["s-1", "s-2"]).await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "How much?").await;
    say(&world.anna, &open[0], "And this?").await;
    let counts = async |person: &Person| {
        let page = person.get(&format!("{LIST}?counts=true")).await.expect(200);
        page["counts"].clone()
    };
    let of_sofia = counts(&world.sofia).await;
    assert_eq!(of_sofia["unread"], 2);
    assert_eq!(
        (&of_sofia["needsReply"], &of_sofia["all"]),
        (&json!(2), &json!(2))
    );
    let waiting = [steel.clone(), open[0].clone()];
    assert_eq!(ids(&world.sofia, "sort=waiting").await, waiting);
    say(&world.sofia, &steel, "EUR 4").await;
    assert_eq!(
        ids(&world.sofia, "needsReply=true").await,
        [open[0].clone()]
    );
    assert_eq!(ids(&world.sofia, "sort=waiting").await, [open[0].clone()]);
    assert_eq!(ids(&world.anna, "unread=true").await, [steel.as_str()]);

    let muted = json!({"mutedUntil": "2100-01-01T00:00:00Z"});
    set(&world.anna, &steel, muted).await;
    assert_eq!(unread(&world.anna).await, 0);
    assert_eq!(listed(&world.anna, &steel).await["unreadCount"], 1);
    assert_eq!(ids(&world.anna, "unread=true").await, [""; 0]);
    let notified = world.anna.get("/api/chat/notifications").await.expect(200);
    assert_eq!(notified["notifications"], json!([]));

    set(&world.anna, &open[1], json!({"isMarkedUnread": true})).await;
    assert_eq!(counts(&world.anna).await["unread"], 1);
    assert_eq!(ids(&world.anna, "unread=true").await, [open[1].clone()]);
    let read = world.anna.patch(&of(&open[1], "/read"), json!({})).await;
    read.expect(200);
    let own = listed(&world.anna, &open[1]).await;
    assert_eq!(own["settings"]["isMarkedUnread"], false);
    for wrong in [
        "archived=1",
        "pinned=x",
        "unread=0",
        "needsReply=",
        "sort=new",
    ] {
        let refused = world.anna.get(&format!("{LIST}?{wrong}")).await.expect(400);
        let name = wrong.split('=').next().unwrap();
        assert!(refused["fields"][name].is_string(), "{wrong}");
    }
}

#[tokio::test]
async fn whoever_is_blocked_hears_of_it_when_they_write() {
    let world = World::open().await;
    let steel = world.steel().await;
    let block = of(&steel, "/block");
    let blocked = world.anna.put(&block, json!({})).await.expect(200);
    assert_eq!(blocked["conversation"]["blockedBy"], "anna");
    let shown = world.sofia.get(&of(&steel, "")).await.expect(200);
    assert_eq!(shown["blockedBy"], Value::Null);
    let shown = world.ada.get(&of(&steel, "")).await.expect(200);
    assert_eq!(shown["blockedBy"], "anna");

    let hello = json!({"content": "hello"});
    let refused = world.sofia.post(&of(&steel, "/messages"), hello).await;
    assert_eq!(refused.expect(403)["code"], "blocked");
    let purpose = json!({"buyerId": "anna"});
    let refused = world.sofia.post(LIST, purpose).await.expect(403);
    assert_eq!(refused["code"], "blocked");
    let mut socket = world.sofia.online().await;
    let typing = json!({"conversationId": steel});
    socket.send("typing", typing).await;
    let error = socket.until("error").await.pop().unwrap();
    assert_eq!(error.payload["code"], "blocked");
    say(&world.anna, &steel, "I may").await;
    say(&world.ada, &steel, "so may I").await;

    for (person, status) in [
        (&world.bert, 403),
        (&world.ada, 403),
        (&world.nobody(), 401),
    ] {
        person.put(&block, json!({})).await.expect(status);
        person.delete(&block).await.expect(status);
    }
    let open = world.anna.delete(&block).await.expect(200);
    assert_eq!(open["conversation"]["blockedBy"], Value::Null);
    say(&world.sofia, &steel, "thank you").await;
}

#[tokio::test]
async fn an_administrator_closes_and_both_sides_see_why() {
    let world = World::open().await;
    let steel = world.steel().await;
    let mut anna = world.anna.online().await;
    let (close, reopen) = (of(&steel, "/close"), of(&steel, "/reopen"));
    for person in [&world.anna, &world.sofia, &world.bert] {
        let reason = json!({"reason": "no"});
        person.post(&close, reason.clone()).await.expect(403);
        person.post(&reopen, reason).await.expect(403);
    }
    for wrong in [
        json!({}),
        json!({"reason": " "}),
        json!({"reason": "x".repeat(501)}),
    ] {
        let refused = world.ada.post(&close, wrong).await.expect(400);
        assert!(refused["fields"]["reason"].is_string());
    }
    let reason = json!({"reason": "Sold"});
    let closed = world.ada.post(&close, reason).await.expect(200);
    assert_eq!(closed["conversation"]["closedReason"], "Sold");
    let heard = anna.until("conversation_updated").await.pop().unwrap();
    assert_eq!(heard.payload["conversation"]["closedReason"], "Sold");
    assert!(listed(&world.sofia, &steel).await["closedAt"].is_string());
    let hello = json!({"content": "hello"});
    for person in [&world.anna, &world.sofia, &world.ada] {
        let refused = person.post(&of(&steel, "/messages"), hello.clone()).await;
        assert_eq!(refused.expect(403)["code"], "closed");
    }
    let stranger = world.bert.post(&of(&steel, "/messages"), hello).await;
    assert_eq!(stranger.expect(403)["code"], "not_participant");

    let open = world.ada.post(&reopen, json!({})).await.expect(200);
    assert_eq!(open["conversation"]["closedAt"], Value::Null);
    say(&world.anna, &steel, "again").await;
    let none = of("none", "/close");
    let reason = json!({"reason": "x"});
    world.ada.post(&none, reason).await.expect(404);
}
