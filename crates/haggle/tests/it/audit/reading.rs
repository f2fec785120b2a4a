//! Who reads the audit, in which parts and forms.

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person};

use super::{AUDIT, LIST, entries, told};
use crate::{
    attachments::{send, upload},
    world::{World, id, of, say},
};

async fn text(person: &Person, path: &str) -> (reqwest::header::HeaderMap, String) {
    let response = person.request(Method::GET, path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    (headers, response.text().await.unwrap())
}

#[tokio::test]
async fn only_administrators_read_it() {
    let world = World::open().await;
    world.steel().await;
    for person in [&world.anna, &world.sofia] {
        for query in ["", "?format=csv", "?actorId=anna"] {
            person.get(&format!("{AUDIT}{query}")).await.expect(403);
        }
    }
    world.nobody().get(AUDIT).await.expect(401);
    let user = json!({"name": "Ada", "email": "ada@example.com", "role": "buyer"});
    world.ada.get(AUDIT).await.expect(200);
    world.put("users/ada", user).await.expect(200);
    test_support::eventually("Ada is no administrator", async || {
        world.ada.get(AUDIT).await.status == 403
    })
    .await;
}

#[tokio::test]
async fn it_is_filtered_and_comes_in_pages() {
    let world = World::open().await;
    let steel = world.steel().await;
    let other = id(&world
        .bert
        .post(LIST, json!({"supplierId": "s-2"}))
        .await
        .expect(201));
    for number in 0..5 {
        say(&world.anna, &steel, &format!("number {number}")).await;
        say(&world.tom, &other, &format!("number {number}")).await;
    }
    let count = async |query: &str| entries(&world, query).await.len();
    assert_eq!(count("").await, 12);
    assert_eq!(count(&format!("conversationId={steel}")).await, 6);
    assert_eq!(count("actorId=tom").await, 5);
    assert_eq!(count("action=created").await, 2);
    assert_eq!(
        count(&format!("conversationId={steel}&actorId=tom")).await,
        0
    );
    let all = entries(&world, "").await;
    let first = all[11]["at"].as_str().unwrap();
    assert_eq!(count(&format!("from={first}")).await, 12);
    assert_eq!(count(&format!("to={first}")).await, 0);
    assert_eq!(count("from=2999-01-01T00:00:00Z").await, 0);

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("{AUDIT}?limit=5{cursor}");
        let page = world.alan.get(&path).await.expect(200);
        seen.extend(page["entries"].as_array().unwrap().clone());
        assert_eq!(page["hasMore"], page["nextCursor"].is_string());
        let Some(next) = page["nextCursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, all);

    for (wrong, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("cursor=x", "cursor"),
        ("action=looked", "action"),
        ("from=yesterday", "from"),
        ("to=2026-13-01T00:00:00Z", "to"),
        ("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to"),
        ("format=xml", "format"),
        ("conversationId=", "conversationId"),
        ("actorId=%00", "actorId"),
    ] {
        let refused = world.alan.get(&format!("{AUDIT}?{wrong}")).await;
        let fields = refused.expect(400)["fields"].take();
        let fields: Vec<_> = fields.as_object().unwrap().keys().collect();
        assert_eq!(fields, [field], "{wrong}");
    }
}

#[tokio::test]
async fn it_can_be_taken_along_as_a_file() {
    let world = World::open().await;
    let steel = world.steel().await;
    let path = of(&steel, "/messages");
    // More than an export reads at a time.
    for number in 0..6 {
        let sends = (0..100).map(|_| world.anna.post(&path, json!({"content": "hello"})));
        let answers = futures_util::future::join_all(sends).await;
        assert!(
            answers.iter().all(|answer| answer.status == 201),
            "{number}"
        );
    }
    let agent = "=HYPERLINK(\"http://x.example\"), a \"browser\"";
    let request = world.bert.request(Method::GET, &path);
    Answer::to(request.header("user-agent", agent))
        .await
        .expect(403);

    let (headers, jsonl) = text(&world.ada, &format!("{AUDIT}?format=jsonl")).await;
    assert_eq!(headers["content-type"], "application/x-ndjson");
    assert_eq!(
        headers["content-disposition"],
        "attachment; filename=\"audit.jsonl\""
    );
    let lines: Vec<Value> = jsonl
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 602);
    assert_eq!(lines[0]["userAgent"], agent);
    assert_eq!(lines[..50], entries(&world, "").await);
    let at: Vec<_> = lines
        .iter()
        .map(|line| line["at"].as_str().unwrap())
        .collect();
    assert!(at.is_sorted_by(|newer, older| newer >= older));

    let (headers, csv) = text(&world.ada, &format!("{AUDIT}?format=csv")).await;
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(
        headers["content-disposition"],
        "attachment; filename=\"audit.csv\""
    );
    let lines: Vec<_> = csv.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 603);
    assert_eq!(
        lines[0],
        "id,at,actorId,action,conversationId,ip,userAgent,detail"
    );
    let expected = "\"'=HYPERLINK(\"\"http://x.example\"\"), a \"\"browser\"\"\"";
    assert!(lines[1].contains(expected), "{}", lines[1]);

    let (_, csv) = text(&world.ada, &format!("{AUDIT}?format=csv&action=joined")).await;
    assert_eq!(csv.lines().count(), 1, "the names of the columns alone");
    let (_, jsonl) = text(&world.ada, &format!("{AUDIT}?format=jsonl&action=joined")).await;
    assert_eq!(jsonl, "");
}

#[tokio::test]
async fn what_can_be_repeated_without_limit_is_one_entry_and_then_a_count() {
    let mut world = World::open().await;
    let steel = world.steel().await;
    let upload = upload(&world.anna, "a.txt", b"hello").await;
    let message = send(&world.anna, &steel, "a file", &[&upload]).await;
    let link = message["files"][0]["url"].as_str().unwrap();
    let after = format!("/messages?after={}", message["id"].as_str().unwrap());
    for _ in 0..30 {
        world.bert.get(&of(&steel, "")).await.expect(403);
        world
            .bert
            .post(&of(&steel, "/join"), json!({}))
            .await
            .expect(403);
        world.ada.get(&of(&steel, "/messages")).await.expect(200);
        world.sofia.get(&of(&steel, "/messages")).await.expect(200);
        world.sofia.get(&of(&steel, &after)).await.expect(200);
        let purpose = json!({"supplierId": "s-1", "productId": "steel"});
        world.anna.post(LIST, purpose).await.expect(200);
        let bytes = world.nobody().request(Method::GET, link).send().await;
        assert_eq!(bytes.unwrap().status(), 200);
    }
    let expected = [
        ("anna", "created"),
        ("anna", "sent"),
        ("bert", "refused"),
        ("ada", "viewed"),
        ("sofia", "opened"),
        ("anna", "opened"),
    ];
    let known = entries(&world, "").await.into_iter();
    let mut known: Vec<Value> = known
        .filter(|entry| entry["actorId"] != Value::Null)
        .collect();
    known.reverse();
    let who = known.iter().map(|entry| {
        let text = |name: &str| entry[name].as_str().unwrap().to_owned();
        (text("actorId"), text("action"))
    });
    assert_eq!(who.collect::<Vec<_>>(), told(&expected));
    assert_eq!(entries(&world, "action=downloaded").await.len(), 1);

    // What was counted is written before the server ends.
    world.server.sigterm_and_wait().await;
    let counted = "select action, (detail ->> 'count')::bigint from haggle.audit
        where detail ? 'count' order by action";
    let pool = world.database.pool().await;
    let counted = sqlx::query_as(counted).fetch_all(&pool).await;
    let rows: Vec<(String, i64)> = counted.unwrap();
    let expected = [("downloaded", 29), ("refused", 59), ("viewed", 29)];
    let expected = expected.map(|(action, count)| (action.to_owned(), count));
    assert_eq!(rows, expected);
}
