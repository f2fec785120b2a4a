//! The files that people have, as they give them and get them back.

mod recognised;
pub mod samples;

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use futures_util::{future::join_all, stream};
use reqwest::{
    Body, Method, RequestBuilder, Response,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
        IF_NONE_MATCH, IF_RANGE, RANGE, RETRY_AFTER,
    },
};
use serde_json::{Value, json};
use test_support::{Answer, Person};

use crate::world::{World, id};

use samples::jpeg;
pub use samples::png;

const PATH: &str = "/api/chat/attachments";

const END: &[u8] = b"\r\n--limit--\r\n";

fn head(filename: &str) -> String {
    format!(
        "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\n\r\n"
    )
}

fn posted(person: &Person, body: impl Into<Body>) -> RequestBuilder {
    let request = person.request(Method::POST, PATH);
    let kind = "multipart/form-data; boundary=limit";
    request.header(CONTENT_TYPE, kind).body(body)
}

async fn try_upload(person: &Person, filename: &str, bytes: &[u8]) -> Answer {
    let form = [head(filename).as_bytes(), bytes, END].concat();
    Answer::to(posted(person, form)).await
}

async fn upload(person: &Person, filename: &str, bytes: &[u8]) -> Value {
    try_upload(person, filename, bytes).await.expect(201)
}

fn get(person: &Person, file: &Value) -> RequestBuilder {
    person.request(Method::GET, &format!("{PATH}/{}", id(file)))
}

fn text<'a>(response: &'a Response, name: &reqwest::header::HeaderName) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn what_would_inflate_beyond_measure_is_refused() {
    let world = World::open().await;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0; 1 << 20];
    for _ in 0..40 {
        std::io::Write::write_all(&mut encoder, &zeros).unwrap();
    }
    let data = [b"iCCPp\0\0", &encoder.finish().unwrap()[..]].concat();
    let mut checksum = flate2::Crc::new();
    checksum.update(&data);
    let length = u32::try_from(data.len() - 4).unwrap().to_be_bytes();
    let png = png();
    let checksum = checksum.sum().to_be_bytes();
    let bomb = [&png[..33], &length, &data, &checksum, &png[33..]].concat();
    let refused = try_upload(&world.anna, "a.png", &bomb).await.expect(400);
    assert_eq!(refused["code"], "validation_failed");
    let reason = refused["fields"]["file"].as_str().unwrap();
    assert!(reason.contains("in a ZIP"), "{reason}");
}

#[tokio::test]
async fn uploads_that_wait_to_be_sent_are_counted_before_a_file_is_looked_at() {
    let world = World::open().await;
    for number in 0..100 {
        upload(&world.anna, "a.txt", format!("{number}").as_bytes()).await;
    }
    // It is broken, which nobody finds out.
    let refused = try_upload(&world.anna, "a.jpg", b"\xff\xd8\xff\xe0").await;
    let refused = refused.expect(409);
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("send some of them")
    );
    upload(&world.bert, "a.txt", b"mine").await;
}

/// An upload that begins and does not go on.
fn dripping(person: &Person) -> RequestBuilder {
    let first: Result<Vec<u8>, std::io::Error> = Ok([head("a.txt").as_bytes(), b"a"].concat());
    let rest = stream::once(async { first });
    let endless = futures_util::StreamExt::chain(rest, stream::pending());
    posted(person, Body::wrap_stream(endless))
}

#[tokio::test]
async fn the_dripping_uploads_of_one_person_keep_nobody_else_out() {
    let world = World::open().await;
    let dripping: Vec<_> = (0..64).map(|_| Answer::to(dripping(&world.anna))).collect();
    let dripping = tokio::spawn(async move {
        // Some are told that there are too many; the others are still being heard.
        let (first, _, _) =
            futures_util::future::select_all(dripping.into_iter().map(Box::pin)).await;
        first
    });
    let refused = dripping.await.unwrap().expect(429);
    assert_eq!(refused["code"], "rate_limited");
    let others = [&world.bert, &world.sofia, &world.tom, &world.ada];
    let uploads = others.map(|person| upload(person, "a.txt", b"hello"));
    join_all(uploads).await;
}

#[tokio::test]
async fn a_person_has_four_uploads_at_once() {
    let world = World::open().await;
    let ten = (0..10)
        .map(|_| upload(&world.anna, "a.png", b"plain text"))
        .collect::<Vec<_>>();
    join_all(ten).await;
    let (mut heard, mut rest) = (Vec::new(), Vec::new());
    for _ in 0..32 {
        rest.push(Box::pin(dripping(&world.anna).send()));
    }
    while rest.len() > 20 {
        let (answer, _, others) = futures_util::future::select_all(rest).await;
        heard.push(answer.unwrap());
        rest = others;
    }
    for answer in heard {
        assert_eq!(answer.status(), 429);
        assert_eq!(text(&answer, &RETRY_AFTER), "1");
    }
}

#[tokio::test]
async fn a_part_of_a_file_can_be_asked_for_and_a_known_one_is_not_sent_again() {
    let world = World::open().await;
    let file = upload(&world.anna, "a.txt", b"0123456789").await;
    let whole = get(&world.anna, &file).send().await.unwrap();
    let tag = text(&whole, &ETAG).to_owned();
    assert_eq!(text(&whole, &ACCEPT_RANGES), "bytes");
    assert_eq!(text(&whole, &CACHE_CONTROL), "private, max-age=900");
    for (range, status, shown, bytes) in [
        ("bytes=2-5", 206, Some("bytes 2-5/10"), "2345"),
        ("bytes=7-", 206, Some("bytes 7-9/10"), "789"),
        ("bytes=-3", 206, Some("bytes 7-9/10"), "789"),
        ("bytes=0-99", 206, Some("bytes 0-9/10"), "0123456789"),
        ("bytes=0-1,4-5", 200, None, "0123456789"),
        ("lines=0-1", 200, None, "0123456789"),
    ] {
        for if_range in [None, Some(&tag)] {
            let mut request = get(&world.anna, &file).header(RANGE, range);
            if let Some(tag) = if_range {
                request = request.header(IF_RANGE, tag);
            }
            let part = request.send().await.unwrap();
            assert_eq!(part.status(), status, "{range}");
            let header = part.headers().get(CONTENT_RANGE);
            assert_eq!(
                header.map(|value| value.to_str().unwrap()),
                shown,
                "{range}"
            );
            assert_eq!(text(&part, &ETAG), tag);
            assert_eq!(text(&part, &CONTENT_LENGTH), bytes.len().to_string());
            assert_eq!(part.text().await.unwrap(), bytes, "{range}");
        }
    }
    let other = get(&world.anna, &file)
        .header(RANGE, "bytes=2-5")
        .header(IF_RANGE, "\"other\"");
    assert_eq!(other.send().await.unwrap().status(), 200);
    let beyond = get(&world.anna, &file)
        .header(RANGE, "bytes=10-")
        .send()
        .await
        .unwrap();
    assert_eq!(beyond.status(), 416);
    assert_eq!(text(&beyond, &CONTENT_RANGE), "bytes */10");
    assert_eq!(
        beyond.json::<Value>().await.unwrap()["code"],
        "range_not_satisfiable"
    );

    let known = get(&world.anna, &file)
        .header(IF_NONE_MATCH, &tag)
        .send()
        .await
        .unwrap();
    assert_eq!(known.status(), 304);
    assert!(known.bytes().await.unwrap().is_empty());
    let stranger = get(&world.bert, &file)
        .header(IF_NONE_MATCH, &tag)
        .send()
        .await
        .unwrap();
    assert_eq!(stranger.status(), 404, "nobody learns of it by its tag");
    let path = format!("{PATH}/{}", id(&file));
    let head = world
        .anna
        .request(Method::HEAD, &path)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (head.status().as_u16(), text(&head, &CONTENT_LENGTH)),
        (200, "10")
    );
    assert!(head.bytes().await.unwrap().is_empty());

    let picture = upload(&world.anna, "a.png", &png()).await;
    let thumbnail = format!("{PATH}/{}/thumbnail", id(&picture));
    let small = world
        .anna
        .request(Method::GET, &thumbnail)
        .send()
        .await
        .unwrap();
    assert_eq!(text(&small, &CONTENT_TYPE), "image/jpeg");
    let large = get(&world.anna, &picture).send().await.unwrap();
    assert_ne!(text(&small, &ETAG), text(&large, &ETAG));
}

#[tokio::test]
async fn the_types_can_be_narrowed_and_a_refusal_names_what_is_left() {
    let world = World::with(&[("HAGGLE_ATTACHMENT_TYPES", "pdf,image/png")]).await;
    upload(&world.anna, "a.png", &png()).await;
    for (name, bytes) in [
        ("a.txt", &b"hello"[..]),
        ("a.jpg", &jpeg(8, 8)),
        ("a.exe", b"MZ\0"),
    ] {
        let refused = try_upload(&world.anna, name, bytes).await.expect(415);
        assert_eq!(refused["code"], "type_not_allowed");
        let message = refused["message"].as_str().unwrap();
        assert!(message.ends_with("These can: PNG, PDF"), "{message}");
    }
}

fn modes(folder: &Path) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push(fs::metadata(&path).unwrap().permissions().mode() & 0o777);
        if path.is_dir() {
            found.extend(modes(&path));
        }
    }
    found
}

#[tokio::test]
async fn files_on_disk_are_for_the_servers_user_only() {
    let place = tempfile::tempdir().unwrap();
    let (store, data) = (place.path().join("store"), place.path().join("data"));
    let url = format!("file://{}", store.display());
    let settings = [
        ("HAGGLE_OBJECT_STORE", &*url),
        ("HAGGLE_DATA_DIR", data.to_str().unwrap()),
    ];
    let world = World::with(&settings).await;
    upload(&world.anna, "a.png", &png()).await;
    let found = modes(&store);
    assert_eq!(
        found.iter().filter(|mode| **mode == 0o600).count(),
        2,
        "{found:?}"
    );
    assert!(
        found.iter().all(|mode| [0o600, 0o700].contains(mode)),
        "{found:?}"
    );
    for folder in [store, data] {
        let mode = fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
    }
}

#[tokio::test]
async fn the_document_names_the_true_types_of_files_and_thumbnails() {
    let world = World::open().await;
    let document = world.nobody().get("/api/openapi.json").await.expect(200);
    for (path, wanted) in [
        (
            "/api/chat/attachments/{id}",
            &["image/heic", "text/csv", "model/step"][..],
        ),
        (
            "/api/chat/attachments/{id}/thumbnail",
            &["image/jpeg", "image/png"],
        ),
    ] {
        for status in ["200", "206"] {
            let content = &document["paths"][path]["get"]["responses"][status]["content"];
            for kind in wanted {
                let schema = &content[kind]["schema"];
                assert_eq!(
                    *schema,
                    json!({"type": "string", "format": "binary"}),
                    "{path} {kind}"
                );
            }
            assert_eq!(content["application/octet-stream"], Value::Null);
        }
    }
}
