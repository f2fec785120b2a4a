//! Uploads that go on where they were cut off.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::json;
use test_support::{
    Answer, Person, S3Server, SECRET, ServerOptions, ServerProcess, eventually, token,
};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{attachments::send, files::png, world::World};

const PATH: &str = "/api/chat/attachments/resumable";

fn tus(person: &Person, method: Method, path: &str) -> RequestBuilder {
    person
        .request(method, path)
        .header("tus-resumable", "1.0.0")
}

async fn begin(person: &Person, name: &str, size: usize) -> String {
    let name = STANDARD.encode(name);
    let begun = tus(person, Method::POST, PATH)
        .header("upload-length", size)
        .header(
            "upload-metadata",
            format!("filetype dGV4dA==,filename {name}"),
        )
        .send()
        .await
        .unwrap();
    assert_eq!(begun.status(), 201);
    assert_eq!(begun.headers()["upload-offset"], "0");
    assert!(
        begun.headers()["upload-expires"]
            .to_str()
            .unwrap()
            .ends_with("GMT")
    );
    let place = begun.headers()["location"].to_str().unwrap();
    // As a client resolves it.
    let id = place.strip_prefix("resumable/").unwrap();
    format!("{PATH}/{id}")
}

fn part(person: &Person, path: &str, offset: usize, bytes: &[u8]) -> RequestBuilder {
    tus(person, Method::PATCH, path)
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream")
        .body(bytes.to_vec())
}

async fn append(person: &Person, path: &str, offset: usize, bytes: &[u8]) -> Response {
    part(person, path, offset, bytes).send().await.unwrap()
}

/// How many bytes are here.
async fn offset(person: &Person, path: &str) -> usize {
    let asked = tus(person, Method::HEAD, path).send().await.unwrap();
    offset_of(&asked)
}

fn offset_of(asked: &Response) -> usize {
    assert_eq!(asked.status(), 200);
    assert_eq!(asked.headers()["cache-control"], "no-store");
    let offset = asked.headers()["upload-offset"].to_str().unwrap();
    offset.parse().unwrap()
}

async fn download(person: &Person, path: &str) -> Vec<u8> {
    let answer = person.request(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.bytes().await.unwrap().to_vec()
}

fn bearer() -> String {
    token("anna", SECRET, time::Duration::minutes(5))
}

fn text(length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| b"abcdefghij klmno\n"[(at / 3 + at / 1_000) % 17])
        .collect()
}

/// Files below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn a_file_comes_in_parts_and_is_what_it_would_be_at_once() {
    let data = tempfile::tempdir().unwrap();
    let world = World::with(&[("HAGGLE_DATA_DIR", data.path().to_str().unwrap())]).await;
    let steel = world.steel().await;
    let whole = text(9_000_000);
    let path = begin(&world.anna, "größe.txt", whole.len()).await;
    let not_yet = world.anna.get(&path).await.expect(409);
    assert_eq!(not_yet["code"], "conflict");
    // Small and large ones: the small ones become one.
    let mut at = 0;
    for size in [1, 10, 100_000, 6_000_000, 1, 2_000_000] {
        let answer = append(&world.anna, &path, at, &whole[at..at + size]).await;
        assert_eq!(answer.status(), 204);
        at += size;
        assert_eq!(answer.headers()["upload-offset"], at.to_string().as_str());
        assert!(!answer.headers().contains_key("haggle-attachment"));
        assert_eq!(offset(&world.anna, &path).await, at);
    }
    let last = append(&world.anna, &path, at, &whole[at..]).await;
    assert_eq!(last.status(), 204);
    let id = last.headers()["haggle-attachment"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(offset(&world.anna, &path).await, whole.len());
    let file = world.anna.get(&path).await.expect(200);
    assert_eq!(
        (&file["id"], &file["name"]),
        (&json!(id), &json!("größe.txt"))
    );
    assert_eq!(file["type"], "text/plain");
    // The same again, by a client that has not heard the answer.
    let again = append(&world.anna, &path, whole.len(), b"").await;
    assert_eq!(again.status(), 204);

    let sent = send(&world.anna, &steel, "", &[&file]).await;
    let link = sent["files"][0]["url"].as_str().unwrap();
    assert!(download(&world.sofia, link).await == whole);
    let kept = files(&data.path().join("attachments"));
    assert_eq!(kept.len(), 1, "nothing of its parts stays: {kept:?}");
}

#[tokio::test]
async fn what_came_before_a_cut_is_kept_and_the_rest_follows_at_another_server() {
    let s3 = S3Server::start();
    let url = s3.url("chat");
    let [key, secret] = S3Server::keys();
    let settings = [("HAGGLE_OBJECT_STORE", &*url), key, secret];
    let mut world = World::with(&settings).await;
    let whole = text(8_000_000);
    let path = begin(&world.anna, "a.txt", whole.len()).await;

    // A client that is gone in the middle of a request.
    let address = world.server.address();
    let mut client = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
         Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: {}\r\n\
         Content-Type: application/offset+octet-stream\r\n\r\n",
        bearer(),
        whole.len()
    );
    client.write_all(head.as_bytes()).await.unwrap();
    client.write_all(&whole[..700_000]).await.unwrap();
    client.flush().await.unwrap();
    drop(client);
    let mut at = 0;
    eventually("what came is kept", async || {
        at = offset(&world.anna, &path).await;
        at > 0
    })
    .await;
    assert!(at <= 700_000);

    // A server that is killed in the middle of one has kept all but the last part of it.
    let mut client = TcpStream::connect(address).await.unwrap();
    let head = head.replace("Upload-Offset: 0", &format!("Upload-Offset: {at}"));
    let head = head.replace(
        &format!("Content-Length: {}", whole.len()),
        &format!("Content-Length: {}", whole.len() - at),
    );
    client.write_all(head.as_bytes()).await.unwrap();
    client.write_all(&whole[at..7_500_000]).await.unwrap();
    client.flush().await.unwrap();
    let pool = world.database.pool().await;
    eventually("a part is kept", async || {
        let received = "select received from haggle.partial_uploads";
        let received: i64 = sqlx::query_scalar(received).fetch_one(&pool).await.unwrap();
        received > i64::try_from(at).unwrap()
    })
    .await;
    world.server.kill9();
    let mut options =
        ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(world.database.url());
    for (name, value) in settings {
        options = options.set(name, value);
    }
    let server = ServerProcess::spawn(&options).await;
    let anna = Person::new(&server.base(), "anna");
    let at = offset(&anna, &path).await;
    assert!((5_000_000..=7_500_000).contains(&at), "{at}");
    let last = append(&anna, &path, at, &whole[at..]).await;
    assert_eq!(last.status(), 204);
    let file = anna.get(&path).await.expect(200);
    assert!(download(&anna, file["url"].as_str().unwrap()).await == whole);
    let names = files(&s3.folder());
    let parts = names
        .iter()
        .filter(|name| name.contains("resumable"))
        .count();
    assert_eq!(parts, 0, "{names:?}");
}

#[tokio::test]
async fn a_newer_request_ends_one_that_hangs() {
    let world = World::open().await;
    let path = begin(&world.anna, "a.txt", 100_000).await;
    let address = world.server.address();
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
         Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: 100000\r\n\
         Content-Type: application/offset+octet-stream\r\n\r\n0123456789",
        bearer(),
    );
    // Nothing is lost of what has come by then, and nobody waits for more of it. They reach the server
    // in either order: whoever asks first ends nothing, or is the one that ends.
    let (mut at, mut hanging) = (0, Vec::new());
    eventually("the bytes that came are kept", async || {
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(head.as_bytes()).await.unwrap();
        hanging.push(client);
        let asked = tus(&world.anna, Method::HEAD, &path).send().await.unwrap();
        if asked.status() == 423 {
            return false;
        }
        at = offset_of(&asked);
        at > 0
    })
    .await;
    assert_eq!(at, 10);
    let rest = text(99_990);
    let last = append(&world.anna, &path, 10, &rest).await;
    assert_eq!(last.status(), 204);
    let file = world.anna.get(&path).await.expect(200);
    let whole = download(&world.anna, file["url"].as_str().unwrap()).await;
    assert!(whole == [b"0123456789", &rest[..]].concat());
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_at_the_end_and_is_over() {
    let data = tempfile::tempdir().unwrap();
    let world = World::with(&[("HAGGLE_DATA_DIR", data.path().to_str().unwrap())]).await;
    let html = b"<html><script>alert(1)</script></html>";
    let path = begin(&world.anna, "a.png", html.len()).await;
    append(&world.anna, &path, 0, &html[..10]).await;
    let refused = Answer::to(part(&world.anna, &path, 10, &html[10..])).await;
    assert_eq!(refused.expect(415)["code"], "type_not_allowed");
    let gone = tus(&world.anna, Method::HEAD, &path).send().await.unwrap();
    assert_eq!(gone.status(), 404);
    assert_eq!(files(&data.path().join("attachments")), [""; 0]);

    let picture = png();
    let mut cut = picture.clone();
    cut.truncate(picture.len() / 2);
    let path = begin(&world.anna, "a.png", cut.len()).await;
    Answer::to(part(&world.anna, &path, 0, &cut))
        .await
        .expect(400);
    let path = begin(&world.anna, "a.png", picture.len()).await;
    append(&world.anna, &path, 0, &picture).await;
    let file = world.anna.get(&path).await.expect(200);
    assert_eq!(file["type"], "image/png");
    assert!(file["thumbnailUrl"].is_string());
}

#[tokio::test]
async fn an_upload_is_its_owners_and_keeps_to_the_protocol() {
    let world = World::with(&[("HAGGLE_ATTACHMENT_MB", "1")]).await;
    let path = begin(&world.anna, "a.txt", 10).await;
    append(&world.anna, &path, 0, b"01234").await;
    for person in [&world.sofia, &world.ada] {
        assert_eq!(
            tus(person, Method::HEAD, &path)
                .send()
                .await
                .unwrap()
                .status(),
            404
        );
        Answer::to(part(person, &path, 5, b"56789"))
            .await
            .expect(404);
        Answer::to(tus(person, Method::DELETE, &path))
            .await
            .expect(404);
        person.get(&path).await.expect(404);
    }
    let nobody = world.nobody();
    Answer::to(part(&nobody, &path, 5, b"56789"))
        .await
        .expect(401);
    Answer::to(tus(&nobody, Method::POST, PATH).header("upload-length", 1))
        .await
        .expect(401);

    let conflict = Answer::to(part(&world.anna, &path, 4, b"456789")).await;
    assert_eq!(conflict.expect(409)["code"], "conflict");
    Answer::to(part(&world.anna, &path, 5, b"567890"))
        .await
        .expect(413);
    assert_eq!(
        offset(&world.anna, &path).await,
        5,
        "a refused request changes nothing"
    );
    let anna = &world.anna;
    let other = anna
        .request(Method::PATCH, &path)
        .header("tus-resumable", "0.2.1");
    let answer = other.send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["tus-version"]),
        (412, &"1.0.0".parse().unwrap())
    );
    let plain = tus(anna, Method::PATCH, &path)
        .header("upload-offset", 5)
        .body("x");
    Answer::to(plain).await.expect(415);
    let without = tus(anna, Method::PATCH, &path)
        .header("content-type", "application/offset+octet-stream")
        .body("x");
    let wrong = Answer::to(without).await.expect(400);
    assert!(wrong["fields"]["Upload-Offset"].is_string());
    for (length, status) in [("0", 400), ("-1", 400), ("x", 400), ("1048577", 413)] {
        let begun = tus(anna, Method::POST, PATH).header("upload-length", length);
        let wrong = Answer::to(begun).await.expect(status);
        assert!(status == 413 || wrong["fields"]["Upload-Length"].is_string());
    }
    let unknown = format!("{PATH}/nothing");
    assert_eq!(
        tus(anna, Method::HEAD, &unknown)
            .send()
            .await
            .unwrap()
            .status(),
        404
    );

    let cancelled = tus(anna, Method::DELETE, &path).send().await.unwrap();
    assert_eq!(cancelled.status(), 204);
    assert_eq!(
        tus(anna, Method::HEAD, &path)
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
}

#[tokio::test]
async fn bytes_of_two_requests_are_never_mixed() {
    let world = World::open().await;
    let path = begin(&world.anna, "a.txt", 200_000).await;
    let (one, two) = (vec![b'1'; 100_000], vec![b'2'; 100_000]);
    let racing = |bytes: &[u8]| part(&world.anna, &path, 0, bytes).send();
    let (first, second) = tokio::join!(racing(&one), racing(&two));
    // The newer one ends the older, whose bytes are kept; then it begins where those are not.
    for status in [first.unwrap().status(), second.unwrap().status()] {
        assert!([204, 409, 423].contains(&status.as_u16()), "{status}");
    }
    let at = offset(&world.anna, &path).await;
    let rest = vec![b'3'; 200_000 - at];
    assert_eq!(append(&world.anna, &path, at, &rest).await.status(), 204);
    let file = world.anna.get(&path).await.expect(200);
    let whole = download(&world.anna, file["url"].as_str().unwrap()).await;
    assert_eq!(whole.len(), 200_000);
    let first = whole[0];
    assert!(
        whole[..at].iter().all(|byte| *byte == first),
        "never a mixture"
    );
}
