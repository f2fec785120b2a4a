//! The person behind a request, as an extractor: a handler that takes a [`Caller`]
//! is only reached by somebody who may speak for themselves.

use std::{net::SocketAddr, ops::Deref};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, Method, header, request::Parts},
};
use chat::audit::{Source, Visitor};

use super::error::ApiError;
use crate::{
    app::App,
    auth::{cookie, origin},
};

/// How the token came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Bearer,
    /// The browser adds it by itself, also for pages of other sites.
    Cookie,
}

#[derive(Clone, Debug)]
pub struct Caller {
    pub visitor: Visitor,
    pub via: Via,
}

impl Deref for Caller {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

/// From where a request came: the other end of its connection. What a header says of addresses is
/// not believed, since any client can send it.
pub fn source(extensions: &Extensions, headers: &HeaderMap) -> Source {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    let user_agent = headers.get(header::USER_AGENT);
    let user_agent = user_agent.map(|value| String::from_utf8_lossy(value.as_bytes()));
    Source::new(peer.map(|peer| peer.0.ip()), user_agent.as_deref())
}

impl Caller {
    /// Whether another site may have made the browser send this without the person's doing.
    pub fn may_be_forged(&self, headers: &HeaderMap) -> bool {
        let site = headers.get("sec-fetch-site");
        self.via == Via::Cookie && site.is_some_and(|site| site == "cross-site")
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let headers = &parts.headers;
        let (token, via) = match (cookie::bearer_token(headers), cookie::cookie_token(headers)) {
            (Some(token), _) => (token, Via::Bearer),
            (None, Some(token)) => (token, Via::Cookie),
            (None, None) => return Err(ApiError::Unauthorized),
        };
        let session = app.auth.verify(token).map_err(|_| ApiError::Unauthorized)?;
        let person = app.caches.person(&session.user).await?;
        let person = person
            .filter(|person| person.is_active)
            .ok_or(ApiError::Unauthorized)?;
        tracing::Span::current().record("user", person.id.as_str());

        let changes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if via == Via::Cookie && changes && !origin::allowed(headers, &app.settings) {
            return Err(ApiError::ForeignOrigin);
        }
        let visitor = Visitor {
            person,
            source: source(&parts.extensions, headers),
        };
        Ok(Self { visitor, via })
    }
}
