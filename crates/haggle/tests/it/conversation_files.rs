//! Every file of a conversation, page by page.

use serde_json::{Value, json};

use crate::{
    attachments::{send, upload},
    world::{World, id, of, say},
};

fn names(page: &Value) -> Vec<&str> {
    let files = page["files"].as_array().unwrap();
    files
        .iter()
        .map(|file| file["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn files_come_newest_message_first_and_in_pages() {
    let world = World::open().await;
    let steel = world.steel().await;
    let path = of(&steel, "/files");
    let none = world.anna.get(&path).await.expect(200);
    assert_eq!(
        none,
        json!({"files": [], "hasMore": false, "nextCursor": null})
    );
    let mut files = Vec::new();
    for name in ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"] {
        files.push(upload(&world.anna, name, name.as_bytes()).await);
    }
    send(&world.anna, &steel, "", &[&files[1], &files[0]]).await;
    say(&world.sofia, &steel, "without").await;
    send(&world.anna, &steel, "", &[&files[2]]).await;
    let last = send(&world.anna, &steel, "look", &[&files[4], &files[3]]).await;

    let expected = ["5.txt", "4.txt", "3.txt", "2.txt", "1.txt"];
    let whole = world.sofia.get(&path).await.expect(200);
    assert_eq!(names(&whole), expected);
    assert_eq!(
        (&whole["hasMore"], &whole["nextCursor"]),
        (&json!(false), &Value::Null)
    );
    let first = &whole["files"][0];
    for (name, wanted) in [
        ("messageId", &last["id"]),
        ("seq", &json!(4)),
        ("senderId", &json!("anna")),
        ("senderName", &json!("Anna")),
        ("createdAt", &last["createdAt"]),
        ("id", &files[4]["id"]),
        ("type", &json!("text/plain")),
        ("size", &json!(5)),
    ] {
        assert_eq!(&first[name], wanted, "{name}");
    }
    let link = first["url"].as_str().unwrap();
    assert!(link.contains("signature="), "{link}");
    for limit in [1, 2, 3, 4] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let asked = format!("{path}?limit={limit}{cursor}");
            let page = world.sofia.get(&asked).await.expect(200);
            seen.extend(names(&page).into_iter().map(str::to_owned));
            let Some(next) = page["nextCursor"].as_str() else {
                assert_eq!(page["hasMore"], false);
                break;
            };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen, expected, "{limit} a page");
    }
}

#[tokio::test]
async fn files_of_a_conversation_are_for_those_who_read_it() {
    let world = World::open().await;
    let steel = world.steel().await;
    let file = upload(&world.anna, "1.txt", b"1").await;
    let unsent = upload(&world.anna, "2.txt", b"2").await;
    send(&world.anna, &steel, "", &[&file]).await;
    let path = of(&steel, "/files");
    for (person, status) in [
        (&world.anna, 200),
        (&world.sofia, 200),
        (&world.ada, 200),
        (&world.bert, 403),
        (&world.tom, 403),
        (&world.nobody(), 401),
    ] {
        person.get(&path).await.expect(status);
    }
    world.anna.get(&of("nothing", "/files")).await.expect(404);
    for (query, field) in [
        (format!("?cursor={}", id(&unsent)), "cursor"),
        ("?cursor=x".to_owned(), "cursor"),
        ("?limit=0".to_owned(), "limit"),
        ("?limit=101".to_owned(), "limit"),
    ] {
        let wrong = world.anna.get(&format!("{path}{query}")).await.expect(400);
        assert!(wrong["fields"][field].is_string(), "{query} {wrong}");
    }
    let audit = format!("/api/chat/audit?conversationId={steel}&action=viewed");
    let audit = world.alan.get(&audit).await.expect(200);
    assert_eq!(audit["entries"][0]["detail"]["what"], "files", "{audit}");
}
