//! A client in front of a pipe.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::DuplexStream;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{self, protocol::Role},
};

/// A client over a pipe.
pub struct Client(pub WebSocketStream<DuplexStream>);

impl Client {
    pub async fn over(pipe: DuplexStream) -> Self {
        Self(WebSocketStream::from_raw_socket(pipe, Role::Client, None).await)
    }

    pub async fn say(&mut self, kind: &str, payload: Value) {
        let frame = json!({ "type": kind, "payload": payload });
        self.say_raw(tungstenite::Message::text(frame.to_string()))
            .await;
    }

    pub async fn say_raw(&mut self, message: tungstenite::Message) {
        self.0.send(message).await.unwrap();
    }

    /// The next frame as (type, payload).
    pub async fn next(&mut self) -> (String, Value) {
        loop {
            match self.0.next().await.unwrap().unwrap() {
                tungstenite::Message::Text(text) => {
                    let mut frame: Value = serde_json::from_str(&text).unwrap();
                    let kind = frame["type"].as_str().unwrap().to_owned();
                    return (kind, frame["payload"].take());
                }
                tungstenite::Message::Ping(_) => self.0.flush().await.unwrap(),
                other => panic!("waited for a frame, got {other:?}"),
            }
        }
    }

    /// Everything up to the first frame of this type, which is the last.
    pub async fn until(&mut self, kind: &str) -> Vec<(String, Value)> {
        let mut frames = Vec::new();
        loop {
            frames.push(self.next().await);
            if frames.last().is_some_and(|frame| frame.0 == kind) {
                return frames;
            }
        }
    }

    /// The next frame, which has this type.
    pub async fn expect(&mut self, kind: &str) -> Value {
        let (heard, payload) = self.next().await;
        assert_eq!(heard, kind, "{payload}");
        payload
    }

    /// Nothing was waiting for this client.
    pub async fn expect_silence(&mut self) {
        self.say("ping", json!({})).await;
        self.expect("pong").await;
    }

    /// The code with which the server closes, whatever it says before.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.0.next().await {
                Some(Ok(tungstenite::Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("cut off without a close: {other:?}"),
            }
        }
    }
}
