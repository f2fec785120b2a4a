use reqwest::Method;
use serde_json::json;
use test_support::{Answer, Person, Socket};

use crate::world::{World, of, say, unread};

const SHOP: &str = "https://shop.example";

struct Browser<'a> {
    world: &'a World,
    person: &'a Person,
}

impl Browser<'_> {
    /// A request as a page of `origin` makes it, with the cookie that comes along.
    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let cookie = format!("haggle_session={}", self.person.token.as_deref().unwrap());
        let mut request = self
            .world
            .nobody()
            .request(method, path)
            .header("cookie", cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::to(request).await
    }
}

#[tokio::test]
async fn a_cookie_changes_something_only_from_an_allowed_page() {
    let world = World::with(&[("HAGGLE_ALLOWED_ORIGINS", SHOP)]).await;
    let steel = world.steel().await;
    let browser = Browser {
        world: &world,
        person: &world.anna,
    };
    let read = of(&steel, "/read");
    let own = world.server.base();
    for origin in [SHOP, &own] {
        browser
            .ask(Method::PATCH, &read, &[("origin", origin)])
            .await
            .expect(200);
    }
    for origin in [
        "https://evil.example",
        "null",
        "https://shop.example.evil.example",
    ] {
        let refused = browser
            .ask(Method::PATCH, &read, &[("origin", origin)])
            .await;
        assert!(!refused.headers.contains_key("access-control-allow-origin"));
        assert_eq!(refused.expect(403)["code"], "foreign_origin");
    }
    browser.ask(Method::PATCH, &read, &[]).await.expect(403);
    // Reading is what the same-origin policy is for.
    browser
        .ask(Method::GET, "/api/chat/unread-count", &[])
        .await
        .expect(200);
    // A token in the header is not sent by itself.
    world.anna.patch(&read, json!({})).await.expect(200);
}

#[tokio::test]
async fn a_picture_tag_of_another_site_marks_nothing_as_read() {
    let world = World::open().await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "hello").await;
    let browser = Browser {
        world: &world,
        person: &world.sofia,
    };
    let messages = of(&steel, "/messages");
    browser
        .ask(Method::GET, &messages, &[("sec-fetch-site", "cross-site")])
        .await
        .expect(200);
    browser.ask(Method::HEAD, &messages, &[]).await.expect(200);
    assert_eq!(unread(&world.sofia).await, 1);
    browser
        .ask(Method::GET, &messages, &[("sec-fetch-site", "same-origin")])
        .await
        .expect(200);
    assert_eq!(unread(&world.sofia).await, 0);
}

#[tokio::test]
async fn sockets_with_a_cookie_come_from_allowed_pages() {
    let world = World::with(&[("HAGGLE_ALLOWED_ORIGINS", SHOP)]).await;
    let base = world.server.base();
    let cookie = format!("haggle_session={}", world.anna.token.as_deref().unwrap());
    let open = async |origin| {
        Socket::handshake(&base, &[("cookie", &cookie), ("origin", origin)], "").await
    };
    assert!(open(SHOP).await.is_ok());
    assert_eq!(open("https://evil.example").await.err(), Some(403));
    assert_eq!(
        Socket::handshake(&base, &[("cookie", &cookie)], "")
            .await
            .err(),
        Some(403)
    );
}

#[tokio::test]
async fn allowed_pages_may_call_and_see_their_limits() {
    let world = World::with(&[("HAGGLE_ALLOWED_ORIGINS", SHOP)]).await;
    let preflight = |origin: &'static str| {
        let request = world
            .nobody()
            .request(Method::OPTIONS, "/api/chat/conversations");
        let request = request
            .header("origin", origin)
            .header("access-control-request-method", "POST");
        Answer::to(request.header(
            "access-control-request-headers",
            "authorization,content-type",
        ))
    };
    let answer = preflight(SHOP).await;
    assert_eq!(answer.headers["access-control-allow-origin"], SHOP);
    assert_eq!(answer.headers["access-control-allow-credentials"], "true");
    let allowed = answer.headers["access-control-allow-headers"]
        .to_str()
        .unwrap();
    assert!(allowed.contains("authorization") && allowed.contains("content-type"));
    assert!(
        !preflight("https://evil.example")
            .await
            .headers
            .contains_key("access-control-allow-origin")
    );

    let request = world
        .anna
        .request(Method::GET, "/api/chat/unread-count")
        .header("origin", SHOP);
    let answer = Answer::to(request).await;
    let exposed = answer.headers["access-control-expose-headers"]
        .to_str()
        .unwrap();
    for header in ["ratelimit", "ratelimit-policy", "retry-after"] {
        assert!(exposed.contains(header), "{exposed}");
    }
}
