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
        "settings": {
            "isArchived": false, "isPinned": false, "mutedUntil": null, "isMarkedUnread": false,
        },
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
