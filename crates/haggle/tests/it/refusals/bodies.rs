//! No path, field or body of HTTP is a defect of the server.

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use reqwest::Method;
use serde_json::Value;
use test_support::Answer;

use super::{assert_no_defect, odd_texts, odd_values, send_body};
use crate::world::{API_KEY, World, encoded, of};

/// Method, path and body.
type Request = (Method, String, Vec<u8>);

/// Every field of every body with every odd value.
#[expect(clippy::too_many_lines, reason = "one line for each body")]
fn odd_bodies(steel: &str) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    let values: Vec<String> = odd_values().iter().map(ToString::to_string).collect();
    let more = [
        r#""\ud800""#,
        r#""\ud83d\ud83d""#,
        r#"["\udc00"]"#,
        "1e999",
        "-0",
    ];
    let values: Vec<String> = values.into_iter().chain(more.map(str::to_owned)).collect();
    for (method, path, fields) in [
        (
            Method::POST,
            "/api/chat/conversations",
            "supplierId productId type buyerId adminId",
        ),
        (
            Method::POST,
            &*of(steel, "/messages"),
            "content clientMessageId attachments replyTo",
        ),
        (Method::PATCH, &*of(steel, "/messages/x"), "content"),
        (Method::DELETE, &*of(steel, "/messages/x"), "reason"),
        (Method::PATCH, &*of(steel, "/read"), "upTo"),
        (
            Method::PATCH,
            &*of(steel, "/settings"),
            "isArchived isPinned mutedUntil isMarkedUnread",
        ),
        (
            Method::POST,
            &*of(steel, "/report"),
            "messageId reason text",
        ),
        (Method::POST, &*of(steel, "/close"), "reason"),
        (Method::POST, &*of(steel, "/reopen"), "reason"),
        (Method::POST, "/api/chat/replies", "name text isShared"),
        (Method::PUT, "/api/chat/replies/x", "name text isShared"),
        (Method::PATCH, "/api/chat/reports/x", "state answer"),
        (Method::PATCH, "/api/chat/notifications/read", "ids"),
        (
            Method::POST,
            &*of(steel, "/offers"),
            "terms note clientMessageId counters",
        ),
        (
            Method::POST,
            &*of(steel, "/offers/nothing/accept"),
            "rev note",
        ),
        (
            Method::POST,
            "/api/chat/requests",
            "supplierIds terms note clientMessageId",
        ),
        (
            Method::POST,
            "/api/chat/requests/nothing/close",
            "acceptedOfferId message",
        ),
        (
            Method::PUT,
            "/api/directory/users/x",
            "name email role isActive timeZone",
        ),
        (
            Method::PUT,
            "/api/directory/suppliers/x",
            "userId name workingHours",
        ),
        (
            Method::PUT,
            "/api/directory/products/x",
            "name image supplierId",
        ),
    ] {
        for field in fields.split(' ') {
            for value in &values {
                let good = r#""content":"a","supplierId":"s-1","name":"n","email":"e@x.y","role":"buyer","userId":"tom""#;
                for body in [
                    format!(r#"{{"{field}":{value}}}"#),
                    format!(r#"{{{good},"{field}":{value}}}"#),
                ] {
                    requests.push((method.clone(), path.into(), body.into()));
                }
            }
        }
    }
    // And every field of terms and of their items.
    for value in &values {
        for field in
            "items currency incoterm place leadTimeDays payment validUntil remarks".split(' ')
        {
            let body = format!(r#"{{"terms":{{"{field}":{value}}}}}"#);
            requests.push((Method::POST, of(steel, "/offers"), body.into()));
        }
        for field in "productId name quantity unit unitPrice".split(' ') {
            let good = r#""name":"n","quantity":"1","unit":"u","unitPrice":"1""#;
            let item = format!(r#"{{{good},"{field}":{value}}}"#);
            let body = format!(
                r#"{{"terms":{{"items":[{item}],"currency":"EUR","validUntil":"2199-01-01T00:00:00Z"}}}}"#
            );
            requests.push((Method::POST, of(steel, "/offers"), body.into()));
        }
    }
    requests
}

/// Every id and every part of a query with every odd text.
fn odd_paths(steel: &str) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for text in odd_texts().iter().filter_map(Value::as_str) {
        let text = encoded(text);
        for (path, names) in [
            (
                "/api/chat/conversations",
                "limit cursor type q view waiting counts archived pinned unread needsReply sort",
            ),
            (
                &*of(steel, "/messages"),
                "limit before after around markRead",
            ),
            ("/api/chat/notifications", "limit cursor unread"),
            ("/api/chat/reports", "limit cursor state"),
            ("/api/chat/search", "q conversationId from to cursor limit"),
            ("/api/chat/reports", "limit cursor state"),
            (
                "/api/chat/audit",
                "limit cursor conversationId actorId action from to format",
            ),
        ] {
            for name in names.split(' ') {
                requests.push((Method::GET, format!("{path}?{name}={text}"), vec![]));
            }
        }
        for (method, before, after) in [
            (Method::GET, "conversations/", ""),
            (Method::GET, "conversations/", "/messages"),
            (Method::POST, "conversations/", "/messages"),
            (Method::PATCH, "conversations/", "/read"),
            (Method::POST, "conversations/", "/join"),
            (Method::POST, "conversations/", "/leave"),
            (Method::PATCH, "conversations/", "/settings"),
            (Method::PUT, "conversations/", "/block"),
            (Method::DELETE, "conversations/", "/block"),
            (Method::POST, "conversations/", "/close"),
            (Method::POST, "conversations/", "/report"),
            (Method::PATCH, "reports/", ""),
            (Method::PUT, "replies/", ""),
            (Method::DELETE, "replies/", ""),
            (Method::GET, "users/", "/status"),
            (Method::POST, "conversations/", "/offers"),
            (Method::POST, "conversations/", "/offers/x/accept"),
            (Method::POST, "conversations/x/offers/", "/withdraw"),
            (Method::GET, "offers/", ""),
            (Method::GET, "requests/", ""),
            (Method::POST, "requests/", "/close"),
            (Method::GET, "attachments/", ""),
            (Method::GET, "attachments/", "/thumbnail"),
            (Method::GET, "attachments/", "?expires=9&signature=%00"),
        ] {
            let path = format!("/api/chat/{before}{text}{after}");
            requests.push((method, path, br#"{"content":"a"}"#.to_vec()));
        }
        let message = of(steel, &format!("/messages/{text}"));
        let reaction = of(steel, &format!("/messages/x/reactions/{text}"));
        for (method, path) in [
            (Method::PATCH, &message),
            (Method::DELETE, &message),
            (Method::PUT, &reaction),
            (Method::DELETE, &reaction),
            (Method::GET, &format!("{message}/versions")),
            (Method::PUT, &format!("{message}/reactions/%F0%9F%91%8D")),
            (Method::GET, &format!("/api/chat/search?q={text}")),
        ] {
            requests.push((method, path.clone(), br#"{"content":"a"}"#.to_vec()));
        }
        for kind in ["users", "suppliers", "products"] {
            let path = format!("/api/directory/{kind}/{text}");
            requests.push((Method::DELETE, path, vec![]));
        }
    }
    requests
}

/// Times that PostgreSQL or a library may not know.
fn odd_times() -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for time in [
        "-9999-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "+292277-01-01T00:00:00Z",
    ] {
        for name in ["from", "to"] {
            let path = format!("/api/chat/audit?{name}={}", encoded(time));
            requests.push((Method::GET, path, vec![]));
            let path = format!("/api/chat/search?q=ab&{name}={}", encoded(time));
            requests.push((Method::GET, path, vec![]));
        }
    }
    requests
}

#[tokio::test]
async fn no_request_is_an_internal_error() {
    let world = World::open().await;
    let steel = world.steel().await;
    let requests = [odd_bodies(&steel), odd_paths(&steel), odd_times()];
    for (method, path, body) in requests.concat() {
        let person = if path.contains("audit") || path.contains("join") {
            &world.ada
        } else {
            &world.anna
        };
        let request = person
            .request(method.clone(), &path)
            .header("x-api-key", API_KEY)
            .header("content-type", "application/json");
        let answer = Answer::to(request.body(body.clone())).await;
        let body = String::from_utf8_lossy(&body);
        assert!(
            answer.status < 500,
            "{method} {path:.120} {body:.200}: {:#}",
            answer.json
        );
    }
    assert_no_defect(&world);
}

#[tokio::test]
async fn no_cut_or_mixed_up_body_is_an_internal_error() {
    let world = World::open().await;
    let messages = of(&world.steel().await, "/messages");
    let mut rng = StdRng::seed_from_u64(7);
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"content\"",
        "\"a\"",
        "\"",
        "\\u0000",
        "\\ud800",
        "\\udc00",
        "\\",
        "\0",
        "null",
        "1e999",
        "-",
        "\u{feff}",
        "ö",
        " ",
        "\"clientMessageId\"",
        "\"attachments\"",
    ];
    for _ in 0..500 {
        let length = rng.random_range(0..12);
        let body: String = (0..length)
            .filter_map(|_| pieces.choose(&mut rng))
            .copied()
            .collect();
        for body in [
            body.clone(),
            format!(r#"{{"content":"a",{body}}}"#),
            format!(r#"{{"content":"{body}"}}"#),
        ] {
            let answer = send_body(&world, Method::POST, &messages, body.clone().into()).await;
            assert!(answer.status < 500, "{body:?}: {:#}", answer.json);
        }
    }
    assert_no_defect(&world);
}
