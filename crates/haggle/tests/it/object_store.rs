//! Files in a bucket, on a server that speaks S3 and that others wrote.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use reqwest::Method;
use serde_json::json;
use test_support::{Answer, Person, S3Server, SECRET, TestDatabase, eventually};

use crate::{
    attachments::{send, try_upload, upload},
    files::png,
    world::{World, id, of},
};

/// Names of the objects in a bucket, in order.
fn objects(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let below = objects(&entry.path());
            found.extend(below.into_iter().map(|below| format!("{name}/{below}")));
        } else if !name.starts_with('.') {
            found.push(name);
        }
    }
    found.sort();
    found
}

async fn world_on(s3: &S3Server, data: &Path) -> World {
    let url = s3.url("chat");
    let [key, secret] = S3Server::keys();
    let settings = [
        ("HAGGLE_OBJECT_STORE", &*url),
        ("HAGGLE_DATA_DIR", data.to_str().unwrap()),
        key,
        secret,
    ];
    World::with(&settings).await
}

async fn bytes(person: &Person, path: &str, range: Option<&str>) -> (u16, Vec<u8>) {
    let mut request = person.request(Method::GET, path);
    if let Some(range) = range {
        request = request.header("range", range);
    }
    let answer = request.send().await.unwrap();
    (
        answer.status().as_u16(),
        answer.bytes().await.unwrap().to_vec(),
    )
}

/// A text of so many bytes.
fn text(length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| b"abcdefghij klmno\n"[(at / 3 + at / 1_000) % 17])
        .collect()
}

#[tokio::test]
async fn a_file_in_a_bucket_is_sent_and_opened_whole_and_in_part() {
    let (s3, data) = (S3Server::start(), tempfile::tempdir().unwrap());
    let world = world_on(&s3, data.path()).await;
    let steel = world.steel().await;
    // More than two parts of what goes out at a time.
    let long = text(20_000_001);
    let file = upload(&world.anna, "long.txt", &long).await;
    let picture = upload(&world.anna, "a.png", &png()).await;
    let sent = send(&world.anna, &steel, "", &[&file, &picture]).await;
    let mut expected = vec![
        format!("chat/{}.file", id(&file)),
        format!("chat/{}.file", id(&picture)),
        format!("chat/{}.thumbnail", id(&picture)),
    ];
    expected.sort();
    assert_eq!(objects(&s3.folder()), expected);
    let spooled = data.path().join("attachments/incoming");
    assert_eq!(
        fs::read_dir(spooled).unwrap().count(),
        0,
        "nothing stays here"
    );

    let nobody = world.nobody();
    let link = sent["files"][0]["url"].as_str().unwrap();
    let (status, whole) = bytes(&nobody, link, None).await;
    assert_eq!(status, 200);
    assert!(whole == long, "it is what was sent");
    let (status, part) = bytes(&nobody, link, Some("bytes=262140-524300")).await;
    assert_eq!(status, 206);
    assert!(part == long[262_140..=524_300]);
    let thumbnail = sent["files"][1]["thumbnailUrl"].as_str().unwrap();
    let (status, thumbnail) = bytes(&nobody, thumbnail, None).await;
    assert_eq!(status, 200);
    image::load_from_memory(&thumbnail).unwrap();
}

#[tokio::test]
async fn nothing_is_in_the_bucket_of_what_was_refused() {
    let (s3, data) = (S3Server::start(), tempfile::tempdir().unwrap());
    let world = world_on(&s3, data.path()).await;
    for (name, bytes, status) in [
        ("a.png", &b"<svg onload='alert(1)'/>"[..], 415),
        ("a.txt", b"", 400),
        ("a.pdf", b"%PDF-1.7 cut", 400),
    ] {
        try_upload(&world.anna, name, bytes).await.expect(status);
    }
    assert_eq!(objects(&s3.folder()), [""; 0]);
}

#[tokio::test]
async fn while_the_bucket_is_away_files_are_unavailable_and_messages_are_not() {
    let (mut s3, data) = (S3Server::start(), tempfile::tempdir().unwrap());
    let world = world_on(&s3, data.path()).await;
    let steel = world.steel().await;
    let file = upload(&world.anna, "a.txt", b"hello").await;
    let sent = send(&world.anna, &steel, "look", &[&file]).await;
    let link = sent["files"][0]["url"].as_str().unwrap();
    s3.kill9();
    let failed = try_upload(&world.anna, "b.txt", b"hello").await.expect(503);
    assert_eq!(failed["code"], "unavailable");
    let failed = Answer::to(world.anna.request(Method::GET, link)).await;
    assert_eq!(failed.expect(503)["code"], "unavailable");
    let body = json!({"content": "still here"});
    world
        .anna
        .post(&of(&steel, "/messages"), body)
        .await
        .expect(201);
    s3.restart();
    eventually("the file is there again", async || {
        bytes(&world.sofia, link, None).await == (200, b"hello".to_vec())
    })
    .await;
    upload(&world.anna, "c.txt", b"hello").await;
}

fn check(url: &str, keys: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_haggle"))
        .args(["check", "--object-store", url])
        .current_dir(folder.path())
        .env_remove("HAGGLE_DATA_DIR")
        .env("HAGGLE_JWT_SECRET", SECRET)
        .envs(keys.iter().copied())
        .output()
        .unwrap()
}

#[tokio::test]
async fn check_says_whether_the_bucket_works_and_never_its_keys() {
    let s3 = S3Server::start();
    let database = TestDatabase::create().await;
    let line = |output: Output| {
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(!said.contains("hunter2"), "{said}");
        let line = said.lines().find(|line| line.starts_with("object store"));
        line.unwrap().to_owned()
    };
    let url = s3.url("chat");
    let [key, secret] = S3Server::keys();
    let database = ("DATABASE_URL", database.url());
    let line_of = |keys: [(&str, &str); 2]| line(check(&url, &[keys[0], keys[1], database]));
    let well = line_of([key, secret]);
    assert!(
        well.contains("ok") && well.contains("s3://files/chat at http://"),
        "{well}"
    );
    assert_eq!(objects(&s3.folder()), [""; 0], "the probe is gone");
    let wrong = line_of([key, ("AWS_SECRET_ACCESS_KEY", "hunter2")]);
    assert!(wrong.contains("FAILED"), "{wrong}");
}
