//! The socket: what it takes from whom, and who hears what.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use test_support::{Frame, Heard, PATIENCE, Person, SECRET, Socket, eventually, token};
use time::Duration;

use crate::world::{API_KEY, World, id, of, say};

/// Buyer, supplier, another of each, an administrator beside it, one who joined.
const PEOPLE: usize = 6;
const BUYER: usize = 0;
const SUPPLIER: usize = 1;

/// The kinds of frames that the document has of this side.
async fn documented(world: &World, side: &str) -> BTreeSet<String> {
    let document = world.nobody().get("/api/asyncapi.json").await.expect(200);
    let messages = document["components"]["messages"].as_object().unwrap();
    let names = messages.keys().filter(|name| name.starts_with(side));
    let kind = |name: &String| {
        let schema = &document["components"]["schemas"][name];
        let kind = &schema["properties"]["type"]["enum"][0];
        kind.as_str().unwrap().to_owned()
    };
    names.map(kind).collect()
}

/// A conversation that one administrator has joined, and its people in the order of the columns.
struct Scene {
    conversation: String,
    message: String,
    people: [Person; PEOPLE],
}

impl Scene {
    async fn set(world: &World, number: usize) -> Self {
        let supplier = Person::new(&world.server.base(), &format!("supplier-{number}"));
        let entry = json!({"name": "Sol", "role": "supplier"});
        world
            .put(&format!("users/{}", supplier.id), entry)
            .await
            .expect(201);
        let about = json!({"supplierId": supplier.id});
        let opened = world.anna.post("/api/chat/conversations", about).await;
        let conversation = id(&opened.expect(201));
        let path = of(&conversation, "/join");
        world.alan.post(&path, json!({})).await.expect(200);
        let message = id(&say(&world.anna, &conversation, "Between us.").await);
        let people = [
            world.anna.clone(),
            supplier,
            world.bert.clone(),
            world.tom.clone(),
            world.ada.clone(),
            world.alan.clone(),
        ];
        Self {
            conversation,
            message,
            people,
        }
    }

    fn about(&self) -> Value {
        json!({"conversationId": self.conversation})
    }

    fn since(&self) -> Value {
        json!({self.conversation.clone(): 0})
    }
}

/// What comes up to the answer to a ping.
async fn everything(socket: &mut Socket) -> Vec<Frame> {
    socket.send("ping", json!({})).await;
    let mut frames = socket.until("pong").await;
    frames.pop();
    frames
}

fn kinds(frames: &[Frame]) -> Vec<&str> {
    let about = |frame: &&Frame| !["online_status", "notification"].contains(&&*frame.kind);
    frames
        .iter()
        .filter(about)
        .map(|frame| &*frame.kind)
        .collect()
}

#[tokio::test]
async fn every_frame_is_taken_from_whom_it_may_come() {
    let world = World::open().await;
    let scene = Scene::set(&world, 0).await;
    let [sits, not] = [&[][..], &["error"][..]];
    let [told, untold] = [
        &["message", "conversation_updated", "ready"][..],
        &["reset", "ready"][..],
    ];
    let rows = [
        (
            "resume",
            json!({"since": scene.since()}),
            [told, told, untold, untold, told, told],
        ),
        ("typing", scene.about(), [sits, sits, not, not, not, sits]),
        ("read", scene.about(), [sits, sits, not, not, not, sits]),
        ("ping", json!({}), [&["pong"]; PEOPLE]),
    ];
    let mut tried: BTreeSet<String> = rows.iter().map(|(kind, ..)| (*kind).to_owned()).collect();
    tried.insert("authenticate".to_owned());
    assert_eq!(documented(&world, "Client").await, tried);

    for (place, person) in scene.people.iter().enumerate() {
        let mut socket = person.connect().await;
        socket.authenticate(Some(scene.since())).await;
        let heard = socket.until("ready").await;
        assert_eq!(kinds(&heard), rows[0].2[place], "{}", person.id);
    }
    for (kind, payload, answers) in rows {
        for (place, person) in scene.people.iter().enumerate() {
            let mut socket = person.online().await;
            socket.send(kind, payload.clone()).await;
            let heard = everything(&mut socket).await;
            let mut heard = kinds(&heard);
            // Who has read something hears that they have; a ping ends what it is itself answered by.
            heard.retain(|heard| *heard != "read");
            if kind == "ping" {
                assert_eq!(socket.next().await.kind, "pong");
                heard.push("pong");
            }
            assert_eq!(heard, answers[place], "{kind} of {}", person.id);
        }
    }
}

#[tokio::test]
async fn the_socket_of_a_stranger_ends_whatever_it_says() {
    let world = World::open().await;
    let base = world.server.base();
    let gone = json!({"name": "Bert", "role": "buyer", "isActive": false});
    world.put("users/bert", gone).await.expect(200);
    let scene = Scene::set(&world, 0).await;
    let old = token("anna", SECRET, Duration::hours(-1));
    let tokens = ["", &old, world.bert.token.as_deref().unwrap()];
    for token in tokens {
        for kind in documented(&world, "Client").await {
            let payload = json!({
                "token": token, "since": scene.since(), "conversationId": scene.conversation,
            });
            for header in [None, Some(("x-api-key", API_KEY))] {
                let headers: Vec<_> = header.into_iter().collect();
                let socket = Socket::handshake(&base, &headers, token).await;
                let mut socket = socket.unwrap();
                socket.send(&kind, payload.clone()).await;
                let heard = socket.hear(PATIENCE).await;
                assert_eq!(heard, Heard::Closed(4401), "{kind} by {token:?}");
            }
        }
    }
}

/// What makes an event, who hears of it, and by what it is known.
type Row = (&'static str, [u8; PEOPLE]);

const EVENTS: [Row; 12] = [
    ("message", [1, 1, 0, 0, 0, 1]),
    ("message_updated", [1, 1, 0, 0, 0, 1]),
    ("conversation_updated", [1, 1, 0, 0, 0, 1]),
    ("read", [1, 1, 0, 0, 0, 1]),
    // Of the buyer: not to themselves.
    ("typing", [0, 1, 0, 0, 0, 1]),
    ("online_status", [0, 1, 0, 0, 0, 1]),
    // Of what the supplier missed.
    ("notification", [0, 1, 0, 0, 0, 0]),
    // The supplier is deleted, and the conversation with them.
    ("reset", [1, 0, 0, 0, 0, 1]),
    // The buyer asked.
    ("authenticated", [1, 0, 0, 0, 0, 0]),
    ("ready", [1, 0, 0, 0, 0, 0]),
    ("pong", [1, 0, 0, 0, 0, 0]),
    ("error", [1, 0, 0, 0, 0, 0]),
];

#[tokio::test]
async fn every_event_reaches_those_whom_it_concerns_and_nobody_else() {
    let world = World::open().await;
    let tried: BTreeSet<String> = EVENTS.iter().map(|(kind, _)| (*kind).to_owned()).collect();
    assert_eq!(documented(&world, "Server").await, tried);
    for (number, (kind, hears)) in EVENTS.into_iter().enumerate() {
        let scene = Scene::set(&world, number).await;
        let mut sockets = Vec::new();
        for person in &scene.people {
            sockets.push(Some(person.online().await));
        }
        // News of those who came are heard before.
        for socket in sockets.iter_mut().flatten() {
            everything(socket).await;
        }
        cause(kind, &world, &scene, &mut sockets).await;
        for (place, socket) in sockets.iter_mut().enumerate() {
            if hears[place] == 1 {
                let socket = socket.as_mut().unwrap();
                loop {
                    let frame = socket.until(kind).await.pop().unwrap();
                    if is_it(&frame) {
                        break;
                    }
                }
            }
        }
        for (place, socket) in sockets.iter_mut().enumerate() {
            let Some(socket) = socket else { continue };
            let heard = everything(socket).await;
            let person = &scene.people[place].id;
            if hears[place] == 0 {
                let told = heard
                    .iter()
                    .find(|frame| frame.kind == kind && is_it(frame));
                assert_eq!(told, None, "{kind} was told to {person}");
            }
            let is_outside = (2..5).contains(&place);
            for frame in heard.iter().filter(|_| is_outside) {
                let words = frame.payload.to_string();
                assert!(
                    !words.contains(&scene.conversation),
                    "{person} heard {frame:?}"
                );
            }
        }
    }
}

/// Who comes may be news at any time; that somebody leaves is what was caused.
fn is_it(frame: &Frame) -> bool {
    frame.kind != "online_status" || frame.payload["isOnline"] == false
}

async fn cause(kind: &str, world: &World, scene: &Scene, sockets: &mut [Option<Socket>]) {
    let part = |part: &str| of(&scene.conversation, part);
    let [buyer, supplier, ..] = &scene.people;
    let asking = sockets[BUYER].as_mut().unwrap();
    match kind {
        "message" => {
            say(buyer, &scene.conversation, "And more.").await;
        }
        "message_updated" => {
            let path = part(&format!("/messages/{}", scene.message));
            let better = json!({"content": "Among us."});
            buyer.patch(&path, better).await.expect(200);
        }
        "conversation_updated" => {
            let pinned = json!({"isPinned": true});
            buyer.patch(&part("/settings"), pinned).await.expect(200);
        }
        "read" => {
            supplier.patch(&part("/read"), json!({})).await.expect(200);
        }
        "typing" => asking.send("typing", scene.about()).await,
        "online_status" => sockets[BUYER].take().unwrap().close().await,
        "notification" => {
            sockets[SUPPLIER].take().unwrap().close().await;
            eventually("the supplier is gone", async || {
                let path = format!("/api/chat/users/{}/status", supplier.id);
                buyer.get(&path).await.expect(200)["isOnline"] == false
            })
            .await;
            say(buyer, &scene.conversation, "Are you there?").await;
            let mut back = supplier.connect().await;
            back.authenticate(None).await;
            sockets[SUPPLIER] = Some(back);
        }
        "reset" => {
            world
                .delete(&format!("users/{}", supplier.id))
                .await
                .expect(204);
            let mut gone = sockets[SUPPLIER].take().unwrap();
            assert_eq!(gone.close_code().await, 4401);
        }
        "authenticated" => {
            let again = json!({"token": buyer.token});
            asking.send("authenticate", again).await;
        }
        "ready" => asking.send("resume", json!({"since": scene.since()})).await,
        "pong" => asking.send("ping", json!({})).await,
        "error" => asking.send("typing", json!({})).await,
        other => panic!("nothing makes {other}"),
    }
}
