use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};
use wire::ServerFrame;

use crate::wait::PATIENCE;

/// One `WebSocket` of a person.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    token: String,
}

/// What the server sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    pub kind: String,
    pub payload: Value,
}

/// What a socket came to hear.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard<T = Frame> {
    Frame(T),
    /// The server closed it with this code; 1006 when it was cut off without a word.
    Closed(u16),
    /// Nothing in the time that was given.
    Nothing,
}

impl Socket {
    /// Opens a socket; the token is only used by [`Self::authenticate`].
    pub async fn connect(base: &str, token: &str) -> Self {
        let opened = Self::handshake(base, &[], token).await;
        opened.unwrap_or_else(|status| panic!("the handshake was refused: {status}"))
    }

    /// Opens a socket with further headers, such as a cookie; the HTTP status when it is refused.
    pub async fn handshake(
        base: &str,
        headers: &[(&'static str, &str)],
        token: &str,
    ) -> Result<Self, u16> {
        let url = format!("{}/api/chat/ws", base.replacen("http", "ws", 1));
        let mut request: Request = url.into_client_request().expect("a URL of a socket");
        for (name, value) in headers {
            let value = value.parse().expect("a header");
            request.headers_mut().insert(*name, value);
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Self {
                stream,
                token: token.to_owned(),
            }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("the server does not speak: {error}"),
        }
    }

    /// Opens a socket at a server that may be gone.
    pub async fn try_connect(base: &str, token: &str) -> Option<Self> {
        let url = format!("{}/api/chat/ws", base.replacen("http", "ws", 1));
        let opened = timeout(PATIENCE, connect_async(url)).await.ok()?;
        let (stream, _) = opened.ok()?;
        let token = token.to_owned();
        Some(Self { stream, token })
    }

    /// A socket on a connection of the test's own making.
    pub async fn over(stream: TcpStream, token: &str) -> Self {
        let opened = Self::try_over(stream, token).await;
        opened.expect("the server speaks")
    }

    /// The same with a server that may be gone.
    pub async fn try_over(stream: TcpStream, token: &str) -> Option<Self> {
        let address = stream.peer_addr().ok()?;
        let url = format!("ws://{address}/api/chat/ws");
        let opened = client_async(url, MaybeTlsStream::Plain(stream)).await;
        let (stream, _) = opened.ok()?;
        let token = token.to_owned();
        Some(Self { stream, token })
    }

    /// Says who it is, and per conversation what it saw last. Returns the `authenticated` frame;
    /// what was missed follows, up to `ready`.
    pub async fn authenticate(&mut self, since: Option<Value>) -> Frame {
        let mut payload = json!({"token": self.token});
        if let Some(since) = since {
            payload["since"] = since;
        }
        self.send("authenticate", payload).await;
        let frame = self.next_frame(PATIENCE).await;
        assert_eq!(frame.kind, "authenticated", "{frame:?}");
        frame
    }

    pub async fn send(&mut self, kind: &str, payload: Value) {
        let frame = json!({"type": kind, "payload": payload});
        self.send_raw(Message::text(frame.to_string())).await;
    }

    /// For what no client of ours would send. A socket that the server has closed takes it
    /// silently.
    pub async fn send_raw(&mut self, message: Message) {
        let _ = self.stream.send(message).await;
    }

    pub async fn next_frame(&mut self, deadline: Duration) -> Frame {
        match self.next_message(deadline).await {
            Some(Message::Text(text)) => Frame::parse(&text),
            other => panic!("waited for a frame, got {other:?}"),
        }
    }

    /// The next frame, of whatever kind, within the usual patience.
    pub async fn next(&mut self) -> Frame {
        self.next_frame(PATIENCE).await
    }

    /// Whatever comes next, also the end.
    pub async fn hear(&mut self, within: Duration) -> Heard {
        self.hear_as(within, Frame::parse).await
    }

    /// The same for whoever judges by itself what a server may say.
    pub async fn hear_raw(&mut self, within: Duration) -> Heard<String> {
        self.hear_as(within, ToOwned::to_owned).await
    }

    async fn hear_as<T>(&mut self, within: Duration, read: impl Fn(&str) -> T) -> Heard<T> {
        match timeout(within, self.receive()).await {
            Ok(Some(Message::Text(text))) => Heard::Frame(read(&text)),
            Ok(Some(Message::Close(Some(frame)))) => Heard::Closed(frame.code.into()),
            Ok(Some(Message::Close(None))) => Heard::Closed(1005),
            Ok(Some(other)) => panic!("waited for a frame, got {other:?}"),
            Ok(None) => Heard::Closed(1006),
            Err(_) => Heard::Nothing,
        }
    }

    /// All frames up to the first of a kind, which is the last of them.
    pub async fn until(&mut self, kind: &str) -> Vec<Frame> {
        let mut frames = Vec::new();
        loop {
            let frame = self.next().await;
            let is_it = frame.kind == kind;
            frames.push(frame);
            if is_it {
                return frames;
            }
        }
    }

    /// Asserts that the server has nothing to tell but the answer to a ping.
    ///
    /// Events reach a socket in the order they are dispatched. So first wait until somebody who
    /// must hear of the event has heard of it; then this shows that this socket was left out.
    pub async fn expect_silence_until_pong(&mut self) {
        self.send("ping", json!({})).await;
        let frame = self.next().await;
        assert_eq!(frame.kind, "pong", "heard what it must not hear: {frame:?}");
    }

    /// Waits until the server closes the socket, ignoring what it sends before. 1006 when the
    /// connection was cut without a word.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.next_message(PATIENCE).await {
                Some(Message::Close(Some(frame))) => return frame.code.into(),
                Some(Message::Close(None)) => return 1005,
                Some(_) => {}
                None => return 1006,
            }
        }
    }

    /// Closes the socket in an orderly way, as a page does that is left.
    pub async fn close(mut self) {
        let _ = self.stream.close(None).await;
    }

    /// Vanishes without a word: the connection is reset.
    pub fn cut(self) {
        if let MaybeTlsStream::Plain(stream) = self.stream.get_ref() {
            // A connection that is gone already needs no reset.
            let _ = stream.set_zero_linger();
        }
    }

    /// The next message that is not the protocol's own ping or pong; `None` when cut off.
    async fn next_message(&mut self, deadline: Duration) -> Option<Message> {
        let received = timeout(deadline, self.receive()).await;
        received.unwrap_or_else(|_| panic!("heard nothing for {deadline:?}"))
    }

    async fn receive(&mut self) -> Option<Message> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(message)) => return Some(message),
                Some(Err(_)) | None => return None,
            }
        }
    }
}

impl Frame {
    /// What is not in the documents fails the test, whatever it is about.
    fn parse(text: &str) -> Self {
        if let Err(error) = ServerFrame::parse_strictly(text) {
            panic!("no frame of this server: {error}");
        }
        let mut frame: Value = serde_json::from_str(text).expect("frames are JSON");
        Self {
            kind: frame["type"]
                .as_str()
                .expect("frames have a type")
                .to_owned(),
            payload: frame["payload"].take(),
        }
    }
}
