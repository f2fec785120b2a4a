//! The socket from its first frame to its close code.

use serde_json::json;
use tokio::time::{Duration, Instant};

use crate::{
    PATIENCE, Seen, Tried, must,
    session::Session,
    socket::{Heard, Socket},
};

pub(super) const OPENING: &str = "authenticated comes first, then what is unread, then ready";
pub(super) const FIRST: &str = "A first frame that is not authenticate closes with 4401";
pub(super) const TOKEN: &str = "A token that is not valid closes with 4401";
pub(super) const BAD: &str = "A bad frame is answered, and three in a row close with 4400";
pub(super) const LARGE: &str = "A frame over 65,536 bytes closes with 1009";

pub(super) async fn opening(session: &Session) -> Tried {
    let token = &session.target.token;
    let (_, frames) = Socket::resume(&session.target, token, None).await?;
    let (_, first) = &frames[0];
    for name in ["userId", "connectionId", "expiresAt"] {
        must(first[name].is_string(), || {
            format!("authenticated has no {name}: {first}")
        })?;
    }
    // What happens now may come between; what was missed was not asked for.
    let live = [
        "notification",
        "message",
        "message_updated",
        "read",
        "typing",
        "online_status",
        "conversation_updated",
    ];
    let strange = frames[1..]
        .iter()
        .find(|(kind, _)| !live.contains(&&**kind));
    must(strange.is_none(), || {
        format!("before ready came {strange:?}")
    })
}

pub(super) async fn first_frame(session: &Session) -> Tried {
    let mut socket = Socket::open(&session.target).await?;
    socket.say("ping", &json!({})).await;
    closed(&mut socket, 4401).await
}

pub(super) async fn wrong_token(session: &Session) -> Tried {
    let mut socket = Socket::open(&session.target).await?;
    socket
        .say("authenticate", &json!({"token": "not.a.token"}))
        .await;
    closed(&mut socket, 4401).await
}

pub(super) async fn bad_frames(session: &Session) -> Tried {
    let token = &session.target.token;
    let (mut socket, _) = Socket::resume(&session.target, token, None).await?;
    // Two, then a good one: the count begins anew.
    for bad in ["no json", r#"{"type": "nothing of ours", "payload": {}}"#] {
        socket.say_raw(bad.to_owned()).await;
        answered(&mut socket).await?;
    }
    socket.frames_so_far().await?;
    for _ in 0..3 {
        socket
            .say_raw(r#"{"type": "read", "payload": 7}"#.to_owned())
            .await;
    }
    closed(&mut socket, 4400).await
}

async fn answered(socket: &mut Socket) -> Tried {
    let until = Instant::now() + PATIENCE;
    loop {
        match socket.hear(until).await? {
            Heard::Frame { kind, payload } if kind == "error" => {
                let has = payload["code"].is_string() && payload["message"].is_string();
                return must(has, || format!("error without code and message: {payload}"));
            }
            Heard::Frame { .. } => {}
            Heard::Closed(code) => return Err(Seen::broken(format!("closed with {code}"))),
            Heard::Nothing => return Err(Seen::broken("no error came")),
        }
    }
}

pub(super) async fn large_frame(session: &Session) -> Tried {
    let token = &session.target.token;
    let (mut socket, _) = Socket::resume(&session.target, token, None).await?;
    socket
        .say("ping", &json!({"padding": "x".repeat(70_000)}))
        .await;
    closed(&mut socket, 1009).await
}

async fn closed(socket: &mut Socket, expected: u16) -> Tried {
    let code = socket.close_code(Duration::from_secs(15)).await?;
    must(code == expected, || {
        format!("closed with {code}, not with {expected}")
    })
}
