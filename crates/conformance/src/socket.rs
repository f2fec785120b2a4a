//! A socket of the user, with nothing done for it: no pings, no second try.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::time::{Duration, Instant, timeout_at};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{PATIENCE, Seen, Tried, stream::Stream, target::Target};

#[derive(Debug)]
pub(crate) struct Socket {
    stream: WebSocketStream<Stream>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Heard {
    Frame {
        kind: String,
        payload: Value,
    },
    /// With this code; 1006 without a word.
    Closed(u16),
    Nothing,
}

impl Socket {
    pub(crate) async fn open(target: &Target) -> Tried<Self> {
        let stream = Stream::connect(target).await?;
        let scheme = if target.is_secure { "wss" } else { "ws" };
        let (authority, base) = (target.authority(), &target.base_path);
        let request = format!("{scheme}://{authority}{base}/api/chat/ws").into_client_request();
        let request = request.map_err(|error| Seen::broken(error.to_string()))?;
        match tokio::time::timeout(PATIENCE, client_async(request, stream)).await {
            Ok(Ok((stream, _))) => Ok(Self { stream }),
            Ok(Err(error)) => Err(Seen::broken(format!("the socket was refused: {error}"))),
            Err(_) => Err(Seen::broken("no handshake of the socket within 10 s")),
        }
    }

    /// Authenticates and reads on to `ready`. The frames between, `authenticated` first.
    pub(crate) async fn resume(
        target: &Target,
        token: &str,
        since: Option<Value>,
    ) -> Tried<(Self, Vec<(String, Value)>)> {
        let mut socket = Self::open(target).await?;
        let mut payload = json!({ "token": token });
        if let Some(since) = since {
            payload["since"] = since;
        }
        socket.say("authenticate", &payload).await;
        let frames = socket.frames_up_to("ready").await?;
        match frames.first() {
            Some((kind, _)) if kind == "authenticated" => Ok((socket, frames)),
            first => Err(Seen::broken(format!("the first frame is {first:?}"))),
        }
    }

    pub(crate) async fn say(&mut self, kind: &str, payload: &Value) {
        let frame = json!({"type": kind, "payload": payload});
        self.say_raw(frame.to_string()).await;
    }

    /// A socket that the server has closed takes it silently: what it hears then tells.
    pub(crate) async fn say_raw(&mut self, text: String) {
        let sending = self.stream.send(Message::text(text));
        let _ = tokio::time::timeout(PATIENCE, sending).await;
    }

    pub(crate) async fn hear(&mut self, until: Instant) -> Tried<Heard> {
        loop {
            let heard = match timeout_at(until, self.stream.next()).await {
                Err(_) => return Ok(Heard::Nothing),
                Ok(None | Some(Err(_))) => return Ok(Heard::Closed(1006)),
                Ok(Some(Ok(heard))) => heard,
            };
            match heard {
                Message::Text(text) => return frame(&text),
                Message::Close(Some(close)) => return Ok(Heard::Closed(close.code.into())),
                Message::Close(None) => return Ok(Heard::Closed(1005)),
                Message::Ping(_) | Message::Pong(_) => {}
                other => return Err(Seen::broken(format!("no text frame: {other:?}"))),
            }
        }
    }

    /// The frames before the first of this kind.
    pub(crate) async fn frames_up_to(&mut self, last: &str) -> Tried<Vec<(String, Value)>> {
        let until = Instant::now() + PATIENCE;
        let mut frames = Vec::new();
        loop {
            match self.hear(until).await? {
                Heard::Frame { kind, .. } if kind == last => return Ok(frames),
                Heard::Frame { kind, payload } => frames.push((kind, payload)),
                Heard::Closed(code) => {
                    return Err(Seen::broken(format!("closed with {code} before {last}")));
                }
                Heard::Nothing => {
                    return Err(Seen::broken(format!("no {last} within 10 s")));
                }
            }
        }
    }

    /// Everything that happened before this call.
    pub(crate) async fn frames_so_far(&mut self) -> Tried<Vec<(String, Value)>> {
        self.say("ping", &json!({})).await;
        self.frames_up_to("pong").await
    }

    /// The code with which the server closes.
    pub(crate) async fn close_code(&mut self, within: Duration) -> Tried<u16> {
        let until = Instant::now() + within;
        loop {
            match self.hear(until).await? {
                Heard::Closed(code) => return Ok(code),
                Heard::Frame { .. } => {}
                Heard::Nothing => return Err(Seen::broken("the socket stays open")),
            }
        }
    }
}

fn frame(text: &str) -> Tried<Heard> {
    let no_frame = || Seen::broken(format!("no frame: {text}"));
    let mut frame: Value = serde_json::from_str(text).map_err(|_| no_frame())?;
    let kind = frame["type"].as_str().ok_or_else(no_frame)?.to_owned();
    let payload = frame["payload"].take();
    Ok(Heard::Frame { kind, payload })
}
