use std::fmt::Write;

use serde_json::{Value, json};
use test_support::Person;

use crate::world::{World, id, listed, of, say, unread};

const LIST: &str = "/api/chat/conversations";

#[tokio::test]
async fn a_buyer_opens_a_conversation_and_both_see_it() {
    let world = World::open().await;
    let purpose = json!({"supplierId": "s-1", "productId": "steel", "type": "buyer_supplier"});
    let opened = world.anna.post(LIST, purpose.clone()).await.expect(201);
    let again = world.anna.post(LIST, purpose).await.expect(200);
    assert_eq!(id(&again), id(&opened));

    // By the user's id and from the other side it is the same one.
    let mirrored = json!({"buyerId": "anna", "supplierId": "sofia", "productId": "steel"});
    assert_eq!(
        id(&world.sofia.post(LIST, mirrored).await.expect(200)),
        id(&opened)
    );

    let shown = listed(&world.sofia, &id(&opened)).await;
    let expected = json!({
        "id": opened["id"], "type": "buyer_supplier",
        "participants": {
            "buyer": {"id": "anna", "name": "Anna", "isOnline": false, "lastReadSeq": 0},
            "supplier": {"id": "sofia", "name": "Sofia Steel", "isOnline": false, "lastReadSeq": 0},
        },
        "product": {"id": "steel", "name": "Steel sheet", "image": "/steel.png"},
        "lastMessage": null, "lastMessageAt": null,
        "unreadCount": 0, "lastReadSeq": 0, "lastSeq": 0, "rev": 1,
        "createdAt": opened["createdAt"],
    });
    assert_eq!(shown, expected);
    assert_eq!(
        world.sofia.get(&of(&id(&opened), "")).await.expect(200),
        expected
    );

    for outsider in [&world.bert, &world.tom] {
        let list = outsider.get(LIST).await.expect(200);
        assert_eq!(
            list,
            json!({"conversations": [], "hasMore": false, "nextCursor": null})
        );
        outsider.get(&of(&id(&opened), "")).await.expect(403);
    }
}

#[tokio::test]
async fn a_hundred_at_once_open_one() {
    let world = World::open().await;
    let open = || world.anna.post(LIST, json!({"supplierId": "s-1"}));
    let answers = futures_util::future::join_all((0..100).map(|_| open())).await;
    let created = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(created, 1);
    assert!(
        answers
            .iter()
            .all(|answer| answer.json["id"] == answers[0].json["id"])
    );
}

#[tokio::test]
async fn the_participants_decide_the_type() {
    let world = World::open().await;
    let kind = async |person: &Person, purpose: Value| {
        person.post(LIST, purpose).await.expect(201)["type"].take()
    };
    assert_eq!(
        kind(&world.anna, json!({"adminId": "ada"})).await,
        "buyer_admin"
    );
    assert_eq!(kind(&world.anna, json!({})).await, "support");
    assert_eq!(
        kind(&world.alan, json!({"buyerId": "bert"})).await,
        "buyer_admin"
    );
    assert_eq!(
        kind(&world.sofia, json!({"buyerId": "bert"})).await,
        "buyer_supplier"
    );

    // Whoever may open it may name an administrator beside the supplier.
    for (person, purpose) in [
        (&world.anna, json!({"supplierId": "s-1", "adminId": "ada"})),
        (&world.sofia, json!({"buyerId": "anna", "adminId": "alan"})),
    ] {
        let opened = person.post(LIST, purpose).await;
        assert!([200, 201].contains(&opened.status), "{:?}", opened.json);
        assert_eq!(opened.json["type"], "support");
        let seated = &opened.json["participants"];
        assert!(
            seated["supplier"].is_object() && seated["admin"].is_object(),
            "{seated}"
        );
    }

    // A type that is named counts, unless it contradicts them. Without an administrator both wait for one.
    for (kind, purpose) in [
        ("buyer_admin", json!({"type": "buyer_admin"})),
        ("support", json!({"type": "support", "adminId": "ada"})),
        (
            "buyer_supplier",
            json!({"type": "buyer_supplier", "supplierId": "s-1", "adminId": "ada"}),
        ),
    ] {
        let opened = world.anna.post(LIST, purpose.clone()).await;
        assert_eq!(opened.json["type"], kind, "{:?}", opened.json);
        let again = world.anna.post(LIST, purpose).await.expect(200);
        assert_eq!(again["id"], opened.json["id"]);
    }
    for wrong in [
        json!({"supplierId": "s-1", "type": "support"}),
        json!({"supplierId": "s-1", "type": "buyer_admin"}),
        json!({"adminId": "ada", "type": "buyer_supplier"}),
        json!({"type": "buyer_supplier"}),
    ] {
        assert!(world.anna.post(LIST, wrong).await.expect(400)["fields"]["type"].is_string());
    }
    world
        .anna
        .post(LIST, json!({"buyerId": "bert", "supplierId": "s-1"}))
        .await
        .expect(403);
    world
        .sofia
        .post(LIST, json!({"buyerId": "anna", "supplierId": "s-2"}))
        .await
        .expect(403);
    world.sofia.post(LIST, json!({})).await.expect(400);
    let nobody = world
        .anna
        .post(LIST, json!({"supplierId": "nobody"}))
        .await
        .expect(404);
    assert_eq!(nobody["message"], "User not found");
    let wrong = json!({"supplierId": "bert", "productId": "none"});
    let wrong = world.anna.post(LIST, wrong).await.expect(400);
    let fields: Vec<_> = wrong["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["productId", "supplierId"]);
}

#[tokio::test]
async fn the_list_comes_in_pages_latest_activity_first() {
    let world = World::open().await;
    let mut opened = Vec::new();
    for buyer in [&world.anna, &world.bert] {
        for supplier in ["s-1", "s-2"] {
            let purpose = json!({"supplierId": supplier});
            opened.push(id(&buyer.post(LIST, purpose).await.expect(201)));
        }
    }
    say(&world.anna, &opened[0], "about galvanised coils").await;
    let expected = [&opened[0], &opened[3], &opened[2], &opened[1]];

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world
            .ada
            .get(&format!("{LIST}?limit=3{cursor}"))
            .await
            .expect(200);
        seen.extend(page["conversations"].as_array().unwrap().iter().map(id));
        assert_eq!(page["hasMore"], page["nextCursor"].is_string());
        let Some(next) = page["nextCursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert!(seen.iter().eq(expected), "{seen:?}");

    let count = async |query: &str| {
        let page = world.ada.get(&format!("{LIST}?{query}")).await.expect(200);
        page["conversations"].as_array().unwrap().len()
    };
    assert_eq!(count("view=mine").await, 0);
    assert_eq!(count("q=GALVANISED").await, 1);
    assert_eq!(count("q=tom+text").await, 2);
    assert_eq!(count("type=support").await, 0);
    world
        .anna
        .get(&format!("{LIST}?view=all"))
        .await
        .expect(403);
    for wrong in [
        "limit=0",
        "limit=201",
        "cursor=x",
        "type=other",
        "view=some",
        "limit=1&limit=2",
    ] {
        world.ada.get(&format!("{LIST}?{wrong}")).await.expect(400);
    }
}

#[tokio::test]
async fn an_administrator_joins_reads_and_leaves() {
    let world = World::open().await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "hello").await;

    // Looking changes nothing.
    world.ada.get(&of(&steel, "/messages")).await.expect(200);
    let shown = world.ada.get(&of(&steel, "")).await.expect(200);
    assert_eq!(
        (&shown["unreadCount"], &shown["lastReadSeq"]),
        (&json!(0), &json!(null))
    );
    world
        .ada
        .patch(&of(&steel, "/read"), json!({}))
        .await
        .expect(403);
    world
        .ada
        .post(&of(&steel, "/leave"), json!({}))
        .await
        .expect(409);
    world
        .anna
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(403);

    let joined = world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    assert_eq!(joined["participants"]["admin"]["name"], "Ada");
    assert_eq!(joined["lastReadSeq"], 1);
    world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    let taken = world
        .alan
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(409);
    assert_eq!(taken["error"], "Conflict");
    world
        .alan
        .post(&of(&steel, "/messages"), json!({"content": "me too"}))
        .await
        .expect(403);

    say(&world.sofia, &steel, "three of us").await;
    assert_eq!(
        [
            unread(&world.anna).await,
            unread(&world.sofia).await,
            unread(&world.ada).await
        ],
        [1, 0, 1]
    );
    assert_eq!(
        world
            .ada
            .get(&format!("{LIST}?view=mine"))
            .await
            .expect(200)["conversations"][0]["id"],
        steel
    );
    world
        .ada
        .post(&of(&steel, "/leave"), json!({}))
        .await
        .expect(200);
    assert_eq!(unread(&world.ada).await, 0);
    assert_eq!(
        world
            .ada
            .get(&format!("{LIST}?view=mine"))
            .await
            .expect(200)["conversations"],
        json!([])
    );

    // Sending is a way of joining.
    say(&world.alan, &steel, "here I am").await;
    assert_eq!(
        listed(&world.anna, &steel).await["participants"]["admin"]["id"],
        "alan"
    );
}

#[tokio::test]
async fn presence_is_for_those_who_talk_with_each_other() {
    let world = World::open().await;
    world.steel().await;
    let status = |of: &str| format!("/api/chat/users/{of}/status");
    let offline = json!({"id": "sofia", "isOnline": false, "lastSeen": null});
    assert_eq!(world.anna.get(&status("sofia")).await.expect(200), offline);
    assert_eq!(world.ada.get(&status("sofia")).await.expect(200), offline);
    world.bert.get(&status("sofia")).await.expect(403);
    world.bert.get(&status("bert")).await.expect(200);
    world.bert.get(&status("nobody")).await.expect(404);

    let socket = world.sofia.online().await;
    assert_eq!(
        world.anna.get(&status("sofia")).await.expect(200)["isOnline"],
        true
    );
    drop(socket);
    test_support::eventually("Sofia is offline", async || {
        let status = world.anna.get(&status("sofia")).await.expect(200);
        status["isOnline"] == false && status["lastSeen"].is_string()
    })
    .await;
}

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
        json!({"all": 5, "waiting": 2, "buyer_supplier": 2, "buyer_admin": 1, "support": 2})
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

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02x}");
        encoded
    })
}
