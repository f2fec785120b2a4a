//! The server below a path of somebody's site, behind the nginx of docs/nginx.conf.

use reqwest::Method;
use serde_json::json;
use test_support::{Answer, Person, Socket};

use crate::{market::Market, nginx::Nginx, talk::Talk};

const FORM: &str = "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list.txt\"\r\n\r\n\
    ten bolts\r\n--edge--\r\n";

#[tokio::test]
async fn everything_works_below_a_path_that_a_proxy_removes() {
    let market = Market::open().await;
    let address = market.server.address();
    let nginx = Nginx::at("/shop/chat/", &[address, address]).await;
    let [anna, sofia] = ["anna", "sofia"].map(|id| Person::new(&nginx.base(), id));
    let nobody = Person::nobody(&nginx.base());

    // People talk.
    let conversation = anna.open(json!({"supplierId": "s-1"})).await;
    let mut screen = Socket::connect(&nginx.base(), sofia.token.as_deref().unwrap()).await;
    screen.authenticate(None).await;
    screen.until("ready").await;
    anna.say(&conversation, "Hello.").await;
    screen.until("message").await;

    // Files come and go; their links are below the server's address, wherever that is.
    let upload = anna.request(Method::POST, "/api/chat/attachments");
    let upload = upload.header("content-type", "multipart/form-data; boundary=edge");
    let file = Answer::to(upload.body(FORM)).await.expect(201);
    let link = file["url"].as_str().unwrap();
    let opened = nobody.request(Method::GET, link).send().await.unwrap();
    assert_eq!(opened.text().await.unwrap(), "ten bolts");

    // The pages for engineers find their parts.
    for path in [
        "/docs",
        "/docs/",
        "/docs/swagger-ui.css",
        "/api/openapi.json",
        "/api/asyncapi.json",
        "/docs/socket",
        "/",
        "/healthz",
    ] {
        assert_eq!(nobody.get(path).await.status, 200, "{path}");
    }
    let initializer = nobody.request(Method::GET, "/docs/swagger-initializer.js");
    let initializer = initializer.send().await.unwrap().text().await.unwrap();
    assert!(
        initializer.contains("\"../api/openapi.json\""),
        "{initializer}"
    );
}

#[tokio::test]
async fn figures_stay_behind_the_proxy() {
    let market = Market::open().await;
    let address = market.server.address();
    let nginx = Nginx::before(&[address, address]).await;
    let nobody = Person::nobody(&nginx.base());
    for path in [
        "/metrics",
        "/metrics/",
        "//metrics",
        "/x/../metrics",
        "/%6detrics",
    ] {
        let answer = nobody.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
    }
    let own = Person::nobody(&market.server.base());
    assert_eq!(own.get("/metrics").await.status, 200);
}
