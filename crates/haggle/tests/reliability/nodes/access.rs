//! Whoever loses their account or their role loses it on every server.

use std::time::Duration;

use sqlx::query;
use test_support::{Heard, Socket, within};

use crate::{market::Market, talk::Talk};

/// What is promised, and what a busy machine may add.
const LIMIT: Duration = Duration::from_secs(2 + 3);

async fn expect_close(socket: &mut Socket, code: u16) {
    let deadline = tokio::time::Instant::now() + LIMIT;
    loop {
        let left = deadline.saturating_duration_since(tokio::time::Instant::now());
        match socket.hear(left).await {
            Heard::Closed(closed) => return assert_eq!(closed, code),
            Heard::Frame(_) => {}
            Heard::Nothing => panic!("not closed within {LIMIT:?}"),
        }
    }
}

#[tokio::test]
async fn a_deactivated_person_is_cut_off_at_every_server() {
    let market = Market::of_several(2, &[]).await;
    // The directory is written at the first server, or by the marketplace itself.
    for by_sql in [false, true] {
        let user = if by_sql { "sofia" } else { "anna" };
        let everywhere = [market.person_at(0, user), market.person_at(1, user)];
        let mut sockets = [everywhere[0].online().await, everywhere[1].online().await];
        if by_sql {
            let done = query("update haggle.users set is_active = false where id = $1").bind(user);
            done.execute(&market.sql().await).await.expect("it is done");
        } else {
            market.put_user(user, "buyer", false).await;
        }
        for socket in &mut sockets {
            expect_close(socket, 4401).await;
        }
        for person in &everywhere {
            within(LIMIT, "requests are refused", async || {
                person.get("/api/chat/unread-count").await.status == 401
            })
            .await;
        }
    }
}

#[tokio::test]
async fn a_demoted_administrator_is_cut_off_at_every_server() {
    let market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    let ada = market.person_at(1, "ada");
    ada.join(&conversation).await;
    let mut socket = ada.online().await;
    market.put_user("ada", "buyer", true).await;
    expect_close(&mut socket, 4403).await;
    within(LIMIT, "the place is free", async || {
        let seen = market.person("sofia").look_at(&conversation).await;
        seen["participants"]["admin"].is_null()
    })
    .await;
}
