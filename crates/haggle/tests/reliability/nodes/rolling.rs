//! Every server is replaced by a new one, one after the other, behind the nginx of docs/nginx.conf.

use serde_json::json;
use test_support::{Person, ServerProcess};

use crate::{crowd::Crowd, market::Market, nginx::Nginx, talk::Talk};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_are_replaced_under_load_and_nobody_notices() {
    let mut market = Market::of_several(2, &[]).await;
    let addresses = [market.server.address(), market.others[0].0.address()];
    let nginx = Nginx::before(&addresses).await;
    market.front = Some(nginx.base());
    let crowd = Crowd::gather(&market).await;
    for turn in 0..4 {
        crowd.has_sent(50).await;
        let (server, options) = if turn % 2 == 0 {
            (&mut market.server, &market.options)
        } else {
            let (server, options) = &mut market.others[0];
            (server, &*options)
        };
        assert_eq!(server.sigterm_and_wait().await.code(), Some(0));
        let output = server.output();
        assert!(!output.contains("gave_up=true"), "{output}");
        *server = ServerProcess::spawn(options).await;
        market.is_connected().await;
    }
    crowd.has_sent(50).await;
    crowd.end().await;
}

#[tokio::test]
async fn when_no_server_answers_clients_are_told_to_try_again() {
    let mut market = Market::of_several(2, &[]).await;
    let addresses = [market.server.address(), market.others[0].0.address()];
    let nginx = Nginx::before(&addresses).await;
    let anna = Person::new(&nginx.base(), "anna");
    let conversation = anna.open(json!({"supplierId": "s-1"})).await;
    let mut screen = anna.online().await;
    anna.say(&conversation, "Hello.").await;
    screen.until("message").await;
    market.server.kill9();
    market.others[0].0.kill9();
    let answer = anna.get("/api/chat/conversations").await;
    assert!(answer.headers.contains_key("retry-after"));
    let problem = answer.expect(503);
    assert_eq!(problem["code"], "unavailable");
    assert!(problem["requestId"].is_string());
}
