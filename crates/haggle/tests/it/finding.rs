//! Messages are found by what they say.

use serde_json::{Value, json};
use test_support::{Person, eventually};

use crate::{
    attachments::upload,
    world::{World, encoded, id, of, say},
};

async fn search(person: &Person, query: &str) -> Value {
    person
        .get(&format!("/api/chat/search?{query}"))
        .await
        .expect(200)
}

fn texts(found: &Value) -> Vec<String> {
    let results = found["results"].as_array().expect("results").iter();
    results
        .map(|result| {
            result["message"]["message"]
                .as_str()
                .expect("a text")
                .to_owned()
        })
        .collect()
}

/// What somebody finds, once it is so many.
async fn finds(person: &Person, q: &str, count: usize) -> Value {
    let query = format!("q={}", encoded(q));
    let mut found = Value::Null;
    eventually("the index has it", async || {
        found = search(person, &query).await;
        found["results"].as_array().expect("results").len() == count
    })
    .await;
    found
}

#[tokio::test]
async fn words_numbers_and_files_are_found_by_whoever_may_see_them() {
    let world = World::open().await;
    let steel = world.steel().await;
    let other = world
        .bert
        .post("/api/chat/conversations", json!({"supplierId": "s-2"}))
        .await;
    let other = id(&other.expect(201));
    say(&world.anna, &steel, "Größe M8 × 40 for PO-5221").await;
    say(&world.sofia, &steel, "見積もりをお送りします").await;
    say(&world.bert, &other, "PO-5221 too").await;
    let file = upload(&world.anna, "drawing-77.txt", b"lines").await;
    let body = json!({"content": "", "attachments": [id(&file)]});
    world
        .anna
        .post(&of(&steel, "/messages"), body)
        .await
        .expect(201);

    for (q, count) in [
        ("drawing-77", 1),
        ("po-5221", 1),
        ("GROSSE m8x40", 1),
        ("見積", 1),
        ("po-52", 1),
        ("5221 po", 1),
        ("nowhere", 0),
    ] {
        for person in [&world.anna, &world.sofia] {
            finds(person, q, count).await;
        }
    }
    assert_eq!(finds(&world.ada, "po-5221", 2).await["hasMore"], false);
    finds(&world.tom, "po-5221", 1).await;
    let found = finds(&world.anna, "m8x40", 1).await;
    let snippet = json!([
        {"text": "Größe ", "isMatch": false},
        {"text": "M8 × 40", "isMatch": true},
        {"text": " for PO-5221", "isMatch": false},
    ]);
    assert_eq!(found["results"][0]["snippet"], snippet);
    assert_eq!(found["results"][0]["conversationId"], steel);
    let of_file = finds(&world.anna, "drawing", 1).await;
    assert_eq!(
        of_file["results"][0]["snippet"][0],
        json!({"text": "drawing", "isMatch": true})
    );

    // In one conversation.
    let inside = format!("q=po-5221&conversationId={steel}");
    assert_eq!(texts(&search(&world.ada, &inside).await).len(), 1);
    let refused = world
        .bert
        .get(&format!("/api/chat/search?{inside}"))
        .await
        .expect(403);
    assert_eq!(refused["code"], "not_participant");
    world
        .bert
        .get("/api/chat/search?q=steel&conversationId=nothing")
        .await
        .expect(404);
    for wrong in [
        "",
        "q=",
        "q=a",
        "q=%3f%3f",
        "q=ab&cursor=x",
        "q=ab&from=now",
        "q=ab&limit=0",
    ] {
        let problem = world
            .anna
            .get(&format!("/api/chat/search?{wrong}"))
            .await
            .expect(400);
        assert_eq!(problem["code"], "validation_failed", "{wrong}");
    }
    let looks = world
        .ada
        .get("/api/chat/audit?action=viewed")
        .await
        .expect(200);
    assert!(looks.to_string().contains("search"));
}

#[tokio::test]
async fn what_changes_is_found_as_it_is() {
    let world = World::open().await;
    let steel = world.steel().await;
    let said = say(&world.anna, &steel, "apples").await;
    let gone = say(&world.anna, &steel, "cherries").await;
    finds(&world.sofia, "apples", 1).await;
    finds(&world.sofia, "cherries", 1).await;
    let path = |message: &Value| of(&steel, &format!("/messages/{}", id(message)));
    world
        .anna
        .patch(&path(&said), json!({"content": "bananas"}))
        .await
        .expect(200);
    let request = world.anna.request(reqwest::Method::DELETE, &path(&gone));
    test_support::Answer::to(request).await.expect(200);
    // Neither waits for the index.
    finds(&world.sofia, "apples", 0).await;
    finds(&world.sofia, "cherries", 0).await;
    finds(&world.sofia, "bananas", 1).await;
}

#[tokio::test]
async fn pages_of_what_is_found_meet_without_a_gap() {
    let world = World::open().await;
    let steel = world.steel().await;
    let insert = "
        insert into haggle.message_rows (id, conversation_id, seq, sender_id, sender_type, message, created_at)
        select 'm' || lpad(n::text, 5, '0'), $1, n, 'anna', 'buyer',
          case when n % 3 = 0 then 'needle ' || n else 'hay ' || n end,
          timestamptz '2026-01-01' + (n / 7) * interval '1 hour'
        from generate_series(1, 3000) n";
    let pool = world.database.pool().await;
    sqlx::query(insert)
        .bind(&steel)
        .execute(&pool)
        .await
        .unwrap();
    let count = "update haggle.conversations set last_seq = 3000, rev = 3001 where id = $1";
    sqlx::query(count)
        .bind(&steel)
        .execute(&pool)
        .await
        .unwrap();
    let last = say(&world.anna, &steel, "the last needle").await;
    assert_eq!(last["seq"], 3001);
    eventually("the index has all", async || {
        let done = "select count(*) from haggle.search_state where seq = 3001";
        let done: i64 = sqlx::query_scalar(done).fetch_one(&pool).await.unwrap();
        done == 1
    })
    .await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let found = search(&world.sofia, &format!("q=needle&limit=37{cursor}")).await;
        let results = found["results"].as_array().expect("results").clone();
        seen.extend(
            results
                .iter()
                .map(|one| one["message"]["seq"].as_i64().expect("a number")),
        );
        assert_eq!(found["hasMore"], found["nextCursor"].is_string());
        let Some(next) = found["nextCursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    let expected: Vec<i64> = (1..=3001)
        .rev()
        .filter(|n| n % 3 == 0 || *n == 3001)
        .collect();
    assert_eq!(seen, expected);
    let between = "q=needle&from=2026-01-02T00:00:00Z&to=2026-01-02T02:00:00Z";
    let found = search(&world.sofia, between).await;
    let seqs: Vec<_> = found["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|one| one["message"]["seq"].clone())
        .collect();
    assert_eq!(
        seqs,
        [json!(180), json!(177), json!(174), json!(171), json!(168)]
    );
}
