//! The person behind a request, as an extractor: a handler that takes a [`Caller`]
//! is only reached by somebody who may speak for themselves.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
};
use chat::person::Person;

use super::{cookie, origin};
use crate::{app::App, http::error::ApiError};

/// How the token came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    Bearer,
    /// The browser adds it by itself, also for pages of other sites.
    Cookie,
}

#[derive(Clone, Debug)]
pub struct Caller {
    pub person: Person,
    pub via: Via,
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
        Ok(Self { person, via })
    }
}
