//! One request, one connection: nothing of one request is left to the next.

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request, StatusCode,
    client::conn::http1,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST, RETRY_AFTER},
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::time::{Duration, sleep, timeout};

use crate::{PATIENCE, Seen, Tried, stream::Stream, target::Target};

/// Of an answer.
const ANSWER_BYTES: usize = 4 << 20;
/// How long a rate limit may hold a request back, and how often.
const LONGEST_WAIT: u64 = 120;
const WAITS: u32 = 5;

#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Null where the body is no JSON.
    pub(crate) body: Value,
    retry_after: Option<u64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    /// Behind `/api/chat`.
    pub(crate) path: String,
    pub(crate) token: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) content_type: &'static str,
}

impl Ask {
    pub(crate) fn new(method: Method, path: impl Into<String>, token: &str) -> Self {
        Self {
            method,
            path: path.into(),
            token: Some(token.to_owned()),
            body: None,
            content_type: "application/json",
        }
    }

    pub(crate) fn with(self, body: &Value) -> Self {
        Self {
            body: Some(body.to_string()),
            ..self
        }
    }

    /// Asks; where a rate limit says when to come back, then again.
    pub(crate) async fn patiently(&self, target: &Target) -> Tried<Answer> {
        for _ in 0..WAITS {
            let answer = self.once(target).await?;
            if answer.status != 429 {
                return Ok(answer);
            }
            let Some(seconds) = answer.retry_after else {
                return Err(Seen::broken("a 429 without Retry-After"));
            };
            if seconds > LONGEST_WAIT {
                let reason = format!("the rate limit lets nothing through for {seconds} s");
                return Err(Seen::skipped(reason));
            }
            sleep(Duration::from_secs(seconds.max(1))).await;
        }
        Err(Seen::skipped("the rate limit let nothing through"))
    }

    pub(crate) async fn once(&self, target: &Target) -> Tried<Answer> {
        let what = format!("{} /api/chat{}", self.method, self.path);
        match timeout(PATIENCE, self.answer(target)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(Seen::broken(format!("{what}: {error}"))),
            Err(_) => Err(Seen::broken(format!("{what}: no answer within 10 s"))),
        }
    }

    async fn answer(&self, target: &Target) -> Result<Answer, String> {
        let stream = Stream::connect(target).await.map_err(|seen| match seen {
            Seen::Broken(reason) | Seen::Skipped(reason) => reason,
        })?;
        let text = |error: hyper::Error| error.to_string();
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(text)?;
        let request = self.request(target).map_err(|error| error.to_string())?;
        // Both on this task: neither outlives the request.
        let asking = async {
            let response = sender.send_request(request).await.map_err(text)?;
            let status = response.status();
            let retry_after = response.headers().get(RETRY_AFTER);
            let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
            let body = Limited::new(response.into_body(), ANSWER_BYTES)
                .collect()
                .await;
            let body = body.map_err(|error| error.to_string())?.to_bytes();
            Ok(Answer {
                status: StatusCode::as_u16(&status),
                body: serde_json::from_slice(&body).unwrap_or(Value::Null),
                retry_after,
            })
        };
        tokio::pin!(asking);
        tokio::select! {
            answer = &mut asking => answer,
            ended = connection => match ended {
                Ok(()) => asking.await,
                Err(error) => Err(error.to_string()),
            },
        }
    }

    fn request(&self, target: &Target) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
        let uri = format!("{}/api/chat{}", target.base_path, self.path);
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(uri)
            .header(HOST, target.authority());
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if self.body.is_some() {
            request = request.header(CONTENT_TYPE, self.content_type);
        }
        request.body(Full::new(Bytes::from(
            self.body.clone().unwrap_or_default(),
        )))
    }
}
