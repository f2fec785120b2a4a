//! A person is online as long as some server has a socket of theirs.

use serde_json::json;
use test_support::Socket;

use crate::{market::Market, talk::Talk};

async fn online_status(socket: &mut Socket) -> serde_json::Value {
    let frame = socket.until("online_status").await.pop();
    frame.expect("the news").payload
}

#[tokio::test]
async fn a_person_at_two_servers_is_one_person() {
    let market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    let mut screens = [
        market.person_at(0, "sofia").online().await,
        market.person_at(1, "sofia").online().await,
    ];
    let (here, there) = (market.person_at(0, "anna"), market.person_at(1, "anna"));
    let (one, other) = (here.online().await, there.online().await);
    for screen in &mut screens {
        let came = json!({"userId": "anna", "isOnline": true});
        assert_eq!(online_status(screen).await, came);
    }
    one.close().await;
    // A round trip of hers behind it: what is told of her now is told of the last socket.
    let mut again = here.online().await;
    again.expect_silence_until_pong().await;
    again.close().await;
    for screen in &mut screens {
        screen.expect_silence_until_pong().await;
    }
    other.close().await;
    for screen in &mut screens {
        assert_eq!(online_status(screen).await["isOnline"], false);
    }
    for server in 0..2 {
        let sofia = market.person_at(server, "sofia");
        let listed = sofia.listed(&conversation).await;
        assert_eq!(listed["participants"]["buyer"]["isOnline"], false);
        let status = sofia.get("/api/chat/users/anna/status").await.expect(200);
        assert_eq!(status["isOnline"], false);
    }
}
