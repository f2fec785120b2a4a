//! Files: uploaded first, then sent, seen by those who sit there.

use std::io::Cursor;

use chat::limits::LINK_SECONDS;
use futures_util::future::join_all;
use image::{ImageFormat, RgbImage};
use reqwest::{
    Method, RequestBuilder,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
};
use serde_json::{Value, json};
use test_support::{Answer, Person};

use crate::world::{World, id, listed, of, say};

const PATH: &str = "/api/chat/attachments";

/// A form in which the file has this name.
fn form(field: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--limit\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         Content-Type: text/html\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--limit--\r\n"].concat()
}

fn posted(person: &Person, body: Vec<u8>) -> RequestBuilder {
    let request = person.request(Method::POST, PATH);
    let kind = "multipart/form-data; boundary=limit";
    request.header(CONTENT_TYPE, kind).body(body)
}

pub async fn try_upload(person: &Person, name: &str, bytes: &[u8]) -> Answer {
    Answer::to(posted(person, form("file", name, bytes))).await
}

pub async fn upload(person: &Person, name: &str, bytes: &[u8]) -> Value {
    try_upload(person, name, bytes).await.expect(201)
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let image = RgbImage::from_pixel(width, height, image::Rgb([9, 99, 199]));
    image.write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

pub async fn try_send(
    person: &Person,
    conversation: &str,
    content: &str,
    files: &[&Value],
) -> Answer {
    let ids: Vec<_> = files.iter().map(|file| file["id"].clone()).collect();
    let body = json!({"content": content, "attachments": ids});
    person.post(&of(conversation, "/messages"), body).await
}

pub async fn send(person: &Person, conversation: &str, content: &str, files: &[&Value]) -> Value {
    let sent = try_send(person, conversation, content, files).await;
    sent.expect(201)["message"].take()
}

/// What is behind an address, and how it is told.
async fn fetch(person: &Person, path: &str) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
    let response = person.request(Method::GET, path).send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.bytes().await.unwrap().to_vec())
}

async fn status(person: &Person, path: &str) -> u16 {
    fetch(person, path).await.0
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_picture_is_uploaded_sent_heard_and_opened() {
    let world = World::open().await;
    let steel = world.steel().await;
    let file = upload(&world.anna, "C:\\fakepath\\sheet.png", &png(900, 300)).await;
    assert_eq!(
        (
            &file["name"],
            &file["type"],
            &file["width"],
            &file["height"]
        ),
        (
            &json!("sheet.png"),
            &json!("image/png"),
            &json!(900),
            &json!(300)
        )
    );
    let mut sofia = world.sofia.online().await;
    let sent = send(&world.anna, &steel, "", &[&file]).await;
    assert_eq!(sent["attachments"], json!([file["id"]]));
    assert_eq!(sent["message"], "");
    let heard = sofia.until("message").await.pop().unwrap();
    let shown = listed(&world.sofia, &steel).await;
    assert_eq!(shown["lastMessage"], "sheet.png");

    let page = world.sofia.get(&of(&steel, "/messages")).await.expect(200);
    let nobody = world.nobody();
    for message in [&sent, &heard.payload["message"], &page["messages"][0]] {
        let shown = &message["files"][0];
        for part in ["id", "name", "type", "size", "width", "height"] {
            assert_eq!(shown[part], file[part], "{part}");
        }
        // A link needs nobody.
        let (status, headers, bytes) = fetch(&nobody, text(shown, "url")).await;
        assert_eq!(
            (status, &headers[CONTENT_TYPE]),
            (200, &"image/png".parse().unwrap())
        );
        assert_eq!(json!(bytes.len()), file["size"]);
        let (_, _, thumbnail) = fetch(&nobody, text(shown, "thumbnailUrl")).await;
        let thumbnail = image::load_from_memory(&thumbnail).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), (480, 160));
    }
}

#[tokio::test]
async fn who_may_open_a_file() {
    let world = World::open().await;
    let steel = world.steel().await;
    let file = upload(&world.anna, "a.png", &png(4, 4)).await;
    let paths = [
        format!("{PATH}/{}", id(&file)),
        format!("{PATH}/{}/thumbnail", id(&file)),
    ];
    let everybody = [
        &world.anna,
        &world.sofia,
        &world.bert,
        &world.tom,
        &world.ada,
        &world.nobody(),
    ];
    for path in &paths {
        let statuses = join_all(everybody.map(|person| status(person, path))).await;
        assert_eq!(
            statuses,
            [200, 404, 404, 404, 404, 401],
            "before it is sent"
        );
    }
    send(&world.anna, &steel, "look", &[&file]).await;
    for path in &paths {
        let statuses = join_all(everybody.map(|person| status(person, path))).await;
        assert_eq!(statuses, [200, 200, 403, 403, 200, 401], "once it is sent");
    }
    for missing in ["nothing", "..%2f..%2fetc%2fpasswd", "%00"] {
        assert_eq!(status(&world.anna, &format!("{PATH}/{missing}")).await, 404);
    }
    let text_file = upload(&world.anna, "a.txt", b"hello").await;
    let path = format!("{PATH}/{}/thumbnail", id(&text_file));
    assert_eq!(status(&world.anna, &path).await, 404);
    assert_eq!(text_file.get("thumbnailUrl"), None);

    // A deleted conversation takes its files along.
    world.delete("users/sofia").await;
    assert_eq!(status(&world.anna, &paths[0]).await, 404);
    assert_eq!(status(&world.nobody(), text(&file, "url")).await, 404);
}

#[tokio::test]
async fn a_link_that_was_changed_opens_nothing() {
    let world = World::open().await;
    let one = upload(&world.anna, "one.png", &png(4, 4)).await;
    let other = upload(&world.anna, "other.png", &png(4, 4)).await;
    let (path, query) = text(&one, "url").split_once('?').unwrap();
    let (expires, signature) = query.split_once('&').unwrap();
    let at: i64 = expires.strip_prefix("expires=").unwrap().parse().unwrap();
    let nobody = world.nobody();
    assert_eq!(status(&nobody, text(&one, "url")).await, 200);
    for link in [
        format!("{path}?expires={}&{signature}", at + 1),
        format!("{path}?expires={}&{signature}", at - LINK_SECONDS),
        format!("{path}?{expires}&{signature}A"),
        format!("{path}?{expires}&signature="),
        format!("{path}?{expires}"),
        format!("{path}?{signature}"),
        format!("{path}/thumbnail?{query}"),
        format!("{PATH}/{}?{query}", id(&other)),
    ] {
        assert_eq!(status(&nobody, &link).await, 403, "{link}");
        // Nor does it become good by a session.
        assert_eq!(status(&world.anna, &link).await, 403, "{link}");
    }
}

#[tokio::test]
async fn nothing_in_a_file_can_run() {
    let world = World::open().await;
    let picture = upload(&world.anna, "evil.html", &png(4, 4)).await;
    let page = upload(&world.anna, "page.html", b"hello <script>alert(1)</script>").await;
    assert_eq!(picture["name"], "evil.html.png");
    assert_eq!(page["name"], "page.html.txt");
    for (file, kind, how) in [
        (
            &picture,
            "image/png",
            "inline; filename=\"evil.html.png\"; filename*=UTF-8''evil.html.png",
        ),
        (
            &page,
            "text/plain; charset=utf-8",
            "attachment; filename=\"page.html.txt\"; filename*=UTF-8''page.html.txt",
        ),
    ] {
        for path in [text(file, "url"), &format!("{PATH}/{}", id(file))] {
            let (status, headers, _) = fetch(&world.anna, path).await;
            assert_eq!(status, 200);
            assert_eq!(headers[CONTENT_TYPE], kind);
            assert_eq!(headers[CONTENT_DISPOSITION], how);
            assert_eq!(headers["x-content-type-options"], "nosniff");
            assert_eq!(headers[CACHE_CONTROL], "private, max-age=900");
            let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"));
        }
    }
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("file://{}", folder.path().display());
    let settings = [
        ("HAGGLE_OBJECT_STORE", &*store),
        ("HAGGLE_ATTACHMENT_MB", "1"),
    ];
    let world = World::with(&settings).await;
    let polyglot = [&png(4, 4)[..], b"<script>alert(1)</script>"].concat();
    let mut cut = png(40, 40);
    cut.truncate(60);
    let large = vec![b'a'; (1 << 20) + 1];
    let huge = vec![b'a'; 3 << 20];
    for (name, bytes, status, code) in [
        ("a.png", &b""[..], 400, "validation_failed"),
        ("a.png", &cut, 400, "validation_failed"),
        ("a.pdf", b"%PDF-1.7 cut", 400, "validation_failed"),
        ("a.zip", b"PK\x03\x04cut", 400, "validation_failed"),
        (
            "a.png",
            b"<svg onload='alert(1)'/>",
            415,
            "type_not_allowed",
        ),
        (
            "a.txt",
            b"<!DOCTYPE html><script>1</script>",
            415,
            "type_not_allowed",
        ),
        ("a.pdf", b"MZ\x90\0\x03", 415, "type_not_allowed"),
        ("a.txt", &large, 413, "payload_too_large"),
        ("a.txt", &huge, 413, "payload_too_large"),
    ] {
        let answer = try_upload(&world.anna, name, bytes).await;
        let refused = answer.expect(status);
        assert_eq!(refused["code"], code, "{name}");
        assert_eq!(
            refused["fields"]["file"].is_string(),
            status == 400,
            "{name}"
        );
    }
    let left = std::fs::read_dir(folder.path().join("incoming")).unwrap();
    assert_eq!(left.count(), 0, "nothing is left of them");

    let exact = upload(&world.anna, "exact.txt", &large[1..]).await;
    assert_eq!(exact["size"], 1 << 20);
    let shown = upload(&world.anna, "polyglot.png", &polyglot).await;
    let (_, _, bytes) = fetch(&world.anna, text(&shown, "url")).await;
    assert!(!bytes.windows(7).any(|window| window == b"<script"));
}

#[tokio::test]
async fn a_form_holds_one_file() {
    let world = World::open().await;
    let whole = form("file", "a.txt", b"hello");
    let two = [&whole[..whole.len() - 11], &form("file", "b.txt", b"more")].concat();
    let after = [&whole[..whole.len() - 11], &form("other", "b.txt", b"more")].concat();
    for (wrong, field) in [
        (form("picture", "a.txt", b"hello"), "file"),
        (two, "file"),
        (after, "file"),
        (b"--limit--\r\n".to_vec(), "file"),
        (whole[..whole.len() - 15].to_vec(), "body"),
        (whole[..40].to_vec(), "body"),
        (b"no form at all".to_vec(), "body"),
        (Vec::new(), "body"),
    ] {
        let shown = String::from_utf8_lossy(&wrong).into_owned();
        let answer = Answer::to(posted(&world.anna, wrong)).await;
        assert_eq!(answer.status, 400, "{shown}: {}", answer.json);
        assert!(
            answer.json["fields"][field].is_string(),
            "{shown}: {}",
            answer.json
        );
    }
    world.anna.post(PATH, json!({})).await.expect(415);
    Answer::to(posted(&world.nobody(), whole)).await.expect(401);
}

#[tokio::test]
async fn only_ones_own_unsent_uploads_can_be_sent_and_once() {
    let world = World::open().await;
    let steel = world.steel().await;
    let [one, two] = [
        upload(&world.anna, "one.txt", b"one").await,
        upload(&world.anna, "two.txt", b"two").await,
    ];
    let refused = |answer: Answer| {
        let fields = answer.expect(400)["fields"].take();
        assert!(fields["attachments"].is_string(), "{fields}");
    };
    refused(try_send(&world.sofia, &steel, "mine", &[&one]).await);
    refused(try_send(&world.anna, &steel, "twice", &[&one, &one]).await);
    refused(try_send(&world.anna, &steel, "what", &[&json!({"id": "nothing"})]).await);
    let sent = send(&world.anna, &steel, "two", &[&two, &one]).await;
    assert_eq!(sent["attachments"], json!([two["id"], one["id"]]));
    refused(try_send(&world.anna, &steel, "again", &[&one]).await);
    refused(try_send(&world.sofia, &steel, "theirs", &[&one]).await);
    assert_eq!(
        try_send(&world.bert, &steel, "hi", &[&one]).await.status,
        403
    );

    let mut eleven = Vec::new();
    for number in 0..11 {
        eleven.push(upload(&world.sofia, "a.txt", number.to_string().as_bytes()).await);
    }
    let eleven: Vec<_> = eleven.iter().collect();
    refused(try_send(&world.sofia, &steel, "", &eleven).await);
    send(&world.sofia, &steel, "", &eleven[..10]).await;
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 2);
}

#[tokio::test]
async fn a_retry_with_files_gets_the_first_result() {
    let world = World::open().await;
    let steel = world.steel().await;
    let file = upload(&world.anna, "a.txt", b"hello").await;
    let body = json!({"content": "", "attachments": [file["id"]], "clientMessageId": "k"});
    let path = of(&steel, "/messages");
    let answers = join_all((0..10).map(|_| world.anna.post(&path, body.clone()))).await;
    let created = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(created, 1);
    for answer in answers {
        assert!(answer.status <= 201, "{}", answer.json);
        assert_eq!(answer.json["message"]["attachments"], json!([file["id"]]));
        assert_eq!(answer.json["message"]["files"][0]["name"], "a.txt");
    }
    // The same file under ten other names: it is sent no second time.
    let file = upload(&world.anna, "b.txt", b"hello").await;
    let sends = (0..10).map(|number| {
        let key = format!("other-{number}");
        let body = json!({"content": "", "attachments": [file["id"]], "clientMessageId": key});
        world.anna.post(&path, body)
    });
    let sends: Vec<_> = sends.collect();
    let statuses: Vec<_> = join_all(sends).await.iter().map(|a| a.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1);
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 9);
    say(&world.sofia, &steel, "thanks").await;
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 3);
}

#[tokio::test]
async fn a_file_is_saved_under_its_name() {
    let world = World::open().await;
    let steel = world.steel().await;
    let file = upload(&world.anna, "größe 1.csv", b"a;b\n1;2\n").await;
    send(&world.anna, &steel, "", &[&file]).await;
    let (status, headers, bytes) = fetch(&world.nobody(), text(&file, "url")).await;
    assert_eq!((status, &*bytes), (200, &b"a;b\n1;2\n"[..]));
    assert_eq!(
        headers[CONTENT_DISPOSITION],
        "attachment; filename=\"gr__e 1.csv\"; filename*=UTF-8''gr%C3%B6%C3%9Fe%201.csv"
    );
}
