//! The list of conversations, filtered, searched and counted by the server.

use serde_json::{Value, json};
use test_support::Person;

use crate::world::{World, encoded, id, of, say};

const LIST: &str = "/api/chat/conversations";

/// The ids of a list, and its counts.
async fn found(person: &Person, query: &str) -> (Vec<String>, Value) {
    let mut list = person.get(&format!("{LIST}?{query}")).await.expect(200);
    let conversations = list["conversations"].as_array().expect("a list");
    (
        conversations.iter().map(id).collect(),
        list["counts"].take(),
    )
}

#[tokio::test]
async fn the_queue_shows_everybody_who_waits_however_many_others_there_are() {
    let world = World::open().await;
    let open =
        async |person: &Person, purpose: Value| id(&person.post(LIST, purpose).await.expect(201));
    let waiting = [
        open(&world.anna, json!({})).await,
        open(&world.bert, json!({})).await,
    ];
    let taken = open(&world.anna, json!({"adminId": "ada"})).await;
    // Two that are newer, so that the first page of all shows nobody who waits.
    for supplier in ["s-1", "s-2"] {
        let id = open(&world.anna, json!({"supplierId": supplier})).await;
        say(&world.anna, &id, "hello").await;
    }
    let (first, _) = found(&world.ada, "limit=2").await;
    assert!(first.iter().all(|id| !waiting.contains(id)));

    let (queue, counts) = found(&world.ada, "limit=2&waiting=true&counts=true").await;
    assert_eq!(queue, [waiting[1].clone(), waiting[0].clone()]);
    assert_eq!(
        counts,
        json!({
            "all": 5, "waiting": 2, "buyer_supplier": 2, "buyer_admin": 1, "support": 2,
            "archived": 0, "pinned": 0, "unread": 0, "needsReply": 0,
        })
    );
    assert_eq!(
        found(&world.ada, "waiting=true&q=BERT").await.0,
        [waiting[1].clone()]
    );
    assert_eq!(found(&world.ada, "waiting=true&view=mine").await.0, [""; 0]);
    assert_eq!(
        found(&world.ada, "waiting=true&type=buyer_supplier")
            .await
            .0,
        [""; 0]
    );
    assert_eq!(
        found(&world.ada, "waiting=false&type=buyer_admin").await.0,
        [taken]
    );
    let own = found(&world.anna, "counts=true&waiting=true").await;
    assert_eq!(own.0, [waiting[0].clone()], "what she herself waits for");
    assert_eq!(own.1["all"], 4);

    // Each page goes on in the same filter.
    let page = world
        .ada
        .get(&format!("{LIST}?waiting=true&limit=1"))
        .await
        .expect(200);
    let next = page["nextCursor"].as_str().expect("there is another");
    let query = format!("waiting=true&limit=1&cursor={next}");
    assert_eq!(found(&world.ada, &query).await.0, [waiting[0].clone()]);

    // Nobody sees an answer from before.
    world
        .ada
        .post(&of(&waiting[1], "/join"), json!({}))
        .await
        .expect(200);
    let (queue, counts) = found(&world.ada, "limit=2&waiting=true&counts=true").await;
    assert_eq!(
        (queue, &counts["waiting"]),
        (vec![waiting[0].clone()], &json!(1))
    );

    for wrong in [
        "waiting=yes",
        "waiting=",
        "counts=1",
        "waiting=true&waiting=true",
        "type=all",
        "view=theirs",
    ] {
        let refused = world.ada.get(&format!("{LIST}?{wrong}")).await.expect(400);
        assert_eq!(refused["code"], "validation_failed", "{wrong}");
    }
}

#[tokio::test]
async fn a_search_finds_every_word_in_any_order_without_case_and_accents() {
    let world = World::open().await;
    for (id, name, role) in [
        ("amelie", "Amélie Fournier", "buyer"),
        ("gerd", "Gerd Müller", "supplier"),
    ] {
        let user = json!({"name": name, "email": format!("{id}@example.com"), "role": role});
        world.put(&format!("users/{id}"), user).await.expect(201);
    }
    let company = json!({"userId": "gerd", "name": "Großhandel Øst"});
    world.put("suppliers/s-9", company).await.expect(201);
    let product = json!({"name": "Ball Bearing 轴承 6204", "image": "/b.png", "supplierId": "s-9"});
    world.put("products/b-9", product).await.expect(201);
    let amelie = Person::new(&world.server.base(), "amelie");
    let purpose = json!({"supplierId": "s-9", "productId": "b-9"});
    let sought = id(&amelie.post(LIST, purpose).await.expect(201));
    say(&amelie, &sought, "Bonjour, un délai de مُهَلَة pour l'ﬁn ?").await;
    let other = world.steel().await;
    say(&world.anna, &other, "bearing down on amelia").await;

    let gerd = Person::new(&world.server.base(), "gerd");
    for words in [
        "AMELIE",
        "amélie",
        "fournier bearing",
        "bearing fournier",
        "BEARING  Fournier délai",
        "grosshandel",
        "GROSSHANDEL ost",
        "großhandel",
        "gerd",
        "MULLER fin",
        "轴承",
        "6204 轴承",
        "مهلة",
        "DELAI",
        "ame lie",
    ] {
        for person in [&world.ada, &amelie, &gerd] {
            let query = format!("q={}", encoded(words));
            assert_eq!(
                found(person, &query).await.0,
                std::slice::from_ref(&sought),
                "{words}"
            );
        }
    }
    for words in [
        "amelie steel",
        "fournier bearings",
        "amelie%",
        "轴 承 漢",
        "_",
        "\\",
    ] {
        let query = format!("q={}", encoded(words));
        assert_eq!(found(&world.ada, &query).await.0, [""; 0], "{words}");
    }
    let (_, counts) = found(&world.ada, "q=bearing&counts=true").await;
    assert_eq!(
        (&counts["all"], &counts["buyer_supplier"]),
        (&json!(2), &json!(2))
    );
}
