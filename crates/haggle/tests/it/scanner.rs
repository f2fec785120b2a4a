//! Files that are looked at for viruses, by `ClamAV`'s own scanner.

use std::{fs, path::Path};

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Clamd, EICAR, Person, eventually};

use crate::{
    attachments::{send, try_send, try_upload, upload},
    files::png,
    world::{World, id, of},
};

/// Files below a folder.
fn count(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let each = entries.map(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() { count(&path) } else { 1 }
    });
    each.sum()
}

async fn world_with(clamd: &Clamd, data: &Path) -> World {
    let url = clamd.url();
    World::with(&[
        ("HAGGLE_CLAMD", &url),
        ("HAGGLE_DATA_DIR", data.to_str().unwrap()),
        ("HAGGLE_ATTACHMENT_MB", "3"),
        ("HAGGLE_MESSAGES_PER_MINUTE", "0"),
    ])
    .await
}

async fn get(person: &Person, path: &str) -> Answer {
    Answer::to(person.request(Method::GET, path)).await
}

async fn status(person: &Person, path: &str) -> u16 {
    let answer = person.request(Method::GET, path).send().await.unwrap();
    answer.status().as_u16()
}

/// The newest message's files as somebody is shown them.
async fn shown(person: &Person, conversation: &str) -> Value {
    let mut page = person.get(&of(conversation, "/messages")).await.expect(200);
    page["messages"][0]["files"].take()
}

#[tokio::test]
async fn a_clean_file_is_taken_and_an_infected_one_is_refused_and_not_kept() {
    let (clamd, data) = (Clamd::start(4), tempfile::tempdir().unwrap());
    let world = world_with(&clamd, data.path()).await;
    let steel = world.steel().await;
    let refused = try_upload(&world.anna, "a.txt", EICAR).await.expect(422);
    assert_eq!(refused["code"], "infected");
    let reason = refused["fields"]["file"].as_str().unwrap();
    assert!(reason.contains("EICAR"), "{refused}");
    assert_eq!(count(&data.path().join("attachments")), 0);

    let file = upload(&world.anna, "a.txt", b"hello").await;
    let picture = upload(&world.anna, "a.png", &png()).await;
    assert_eq!(file["state"], Value::Null);
    let sent = send(&world.anna, &steel, "", &[&file, &picture]).await;
    let link = sent["files"][0]["url"].as_str().unwrap();
    assert_eq!(status(&world.sofia, link).await, 200);
}

#[tokio::test]
async fn while_the_scanner_is_away_files_are_held_and_then_told_from_each_other() {
    let (mut clamd, data) = (Clamd::start(4), tempfile::tempdir().unwrap());
    let world = world_with(&clamd, data.path()).await;
    let steel = world.steel().await;
    clamd.kill9();
    let good = upload(&world.anna, "good.png", &png()).await;
    let bad = upload(&world.anna, "bad.txt", EICAR).await;
    let unsent = upload(&world.anna, "unsent.txt", EICAR).await;
    for file in [&good, &bad, &unsent] {
        assert_eq!(file["state"], "held");
        assert_eq!(file["thumbnailUrl"], Value::Null);
    }
    send(&world.anna, &steel, "look", &[&good, &bad]).await;
    // Neither who sent it nor who got it opens it, by a link or by themselves.
    for file in shown(&world.sofia, &steel).await.as_array().unwrap() {
        assert_eq!(file["state"], "held");
        for path in [
            file["url"].as_str().unwrap(),
            &format!("/api/chat/attachments/{}", id(file)),
        ] {
            for person in [&world.sofia, &world.anna] {
                let held = person.request(Method::GET, path).send().await.unwrap();
                assert!(held.headers().contains_key("retry-after"));
                assert_eq!(get(person, path).await.expect(423)["code"], "held");
            }
        }
    }
    get(
        &world.sofia,
        &format!("/api/chat/attachments/{}/thumbnail", id(&good)),
    )
    .await
    .expect(423);

    let mut socket = world.sofia.online().await;
    clamd.restart();
    let heard = socket.until("message_updated").await.pop().unwrap();
    let files = &heard.payload["message"]["files"];
    assert_eq!(files.as_array().unwrap().len(), 2, "{files}");
    eventually("the scanner has looked", async || {
        let files = shown(&world.sofia, &steel).await;
        files[0]["state"].is_null() && files[1]["state"] == "infected"
    })
    .await;
    let files = shown(&world.sofia, &steel).await;
    assert_eq!(
        status(&world.sofia, files[0]["url"].as_str().unwrap()).await,
        200
    );
    assert!(files[0]["thumbnailUrl"].is_string());
    let gone = get(&world.sofia, files[1]["url"].as_str().unwrap()).await;
    assert_eq!(gone.expect(410)["code"], "infected");

    // What was never sent cannot be any more.
    eventually("it is refused", async || {
        let path = format!("/api/chat/attachments/{}", id(&unsent));
        get(&world.anna, &path).await.status == 410
    })
    .await;
    let refused = try_send(&world.anna, &steel, "", &[&unsent])
        .await
        .expect(400);
    let reason = refused["fields"]["attachments"].as_str().unwrap();
    assert!(reason.contains("unsent.txt"), "{refused}");
    eventually("its bytes are gone", async || {
        // The picture and its thumbnail are left.
        count(&data.path().join("attachments")) == 2
    })
    .await;
}

#[tokio::test]
async fn what_the_scanner_does_not_take_is_held_and_the_log_says_why() {
    let (clamd, data) = (Clamd::start(1), tempfile::tempdir().unwrap());
    let world = world_with(&clamd, data.path()).await;
    let large = vec![b'a'; 2 << 20];
    let held = upload(&world.anna, "a.txt", &large).await;
    assert_eq!(held["state"], "held");
    let said = world.server.output();
    assert!(said.contains("size limit exceeded"), "{said}");
    let body = json!({"content": "", "attachments": [held["id"]]});
    let steel = world.steel().await;
    world
        .anna
        .post(&of(&steel, "/messages"), body)
        .await
        .expect(201);
}
