use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use time::Duration;

use crate::socket::Socket;
use crate::token::{SECRET, token};

/// Somebody with a user id who uses the server.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: String,
    /// `None` for somebody who has not logged in.
    pub token: Option<String>,
    pub base: String,
    http: Client,
}

/// What the server said.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// `null` when the body is empty or no JSON.
    pub json: Value,
}

impl Person {
    /// `base` is `http://ADDRESS`, as [`crate::ServerProcess::base`] gives it.
    pub fn new(base: &str, id: &str) -> Self {
        let token = token(id, SECRET, Duration::hours(1));
        Self::with_token(base, id, Some(token))
    }

    pub fn nobody(base: &str) -> Self {
        Self::with_token(base, "nobody", None)
    }

    pub fn with_token(base: &str, id: &str, token: Option<String>) -> Self {
        Self {
            id: id.to_owned(),
            token,
            base: base.to_owned(),
            http: Client::new(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::DELETE, path)).await
    }

    /// For requests with headers or bodies of their own; finish them with [`Answer::to`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// A socket that has not said who it is yet.
    pub async fn connect(&self) -> Socket {
        Socket::connect(&self.base, self.token.as_deref().unwrap_or_default()).await
    }

    /// A socket that has received everything so far and hears what follows.
    pub async fn online(&self) -> Socket {
        let mut socket = self.connect().await;
        socket.authenticate(None).await;
        socket.until("ready").await;
        socket
    }
}

impl Answer {
    pub async fn to(request: RequestBuilder) -> Self {
        Self::try_to(request).await.expect("the server answers")
    }

    /// From a server that may be gone. Without an answer nobody knows whether it did what was
    /// asked.
    pub async fn try_to(request: RequestBuilder) -> Result<Self, reqwest::Error> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.bytes().await?;
        Ok(Self {
            status,
            headers,
            json: serde_json::from_slice(&body).unwrap_or_default(),
        })
    }

    /// The body, provided that the status is this one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "the answer was {:#}", self.json);
        self.json
    }
}
