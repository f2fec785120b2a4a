//! The person behind a request, as an extractor: a handler that takes a [`Caller`]
//! is only reached by somebody who may speak for themselves.

use std::{ops::Deref, sync::Arc};

use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{Extensions, HeaderMap, Method, header, request::Parts},
};
use chat::{
    audit::{Actor, Source},
    person::Person,
};

use super::error::ApiError;
use crate::{
    app::App,
    auth::{Session, cookie, origin},
    listener::{ClientAddress, Connection},
    read_share::{Cost, Share},
    sessions::credentials,
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
    pub actor: Actor,
    pub via: Via,
    /// What they ask may cost much; held until it is answered.
    _share: Option<Arc<Share>>,
}

impl Deref for Caller {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}

/// From where a request came: its client's address, as far as the proxies in between are trusted.
pub fn source(extensions: &Extensions, headers: &HeaderMap) -> Source {
    let user_agent = headers.get(header::USER_AGENT);
    let user_agent = user_agent.map(|value| String::from_utf8_lossy(value.as_bytes()));
    Source::new(ClientAddress::of(extensions), user_agent.as_deref())
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
        let (person, via) = match cookie::bearer_token(headers) {
            Some(token) => {
                let session = app.auth.verify(token).ok();
                (active_person(app, session).await?, Via::Bearer)
            }
            None => (by_cookies(app, headers).await?, Via::Cookie),
        };
        let person = person.ok_or(ApiError::Unauthorized)?;
        if let Some(connection) = parts.extensions.get::<Connection>() {
            connection.belongs_to(&person.id);
        }
        tracing::Span::current().record("user", person.id.as_str());

        let changes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if via == Via::Cookie && changes && !origin::allowed(headers, &app.settings) {
            return Err(ApiError::ForeignOrigin);
        }
        let actor = Actor {
            person,
            source: source(&parts.extensions, headers),
        };
        let route = parts.extensions.get::<MatchedPath>();
        let route = route.map_or("", MatchedPath::as_str);
        let share = match Cost::of(&parts.method, route, parts.uri.query()) {
            Some(cost) => {
                let share = app.read_shares.take(&actor.person.id, cost).await?;
                Some(Arc::new(share))
            }
            None => None,
        };
        Ok(Self {
            actor,
            via,
            _share: share,
        })
    }
}

/// Whom the first good one of the cookies names.
async fn by_cookies(app: &App, headers: &HeaderMap) -> Result<Option<Person>, ApiError> {
    for credential in credentials(headers, &app.settings, app.sessions.as_deref()) {
        let session = app.session_of(&credential).await?;
        if let Some(person) = active_person(app, session).await? {
            return Ok(Some(person));
        }
    }
    Ok(None)
}

async fn active_person(app: &App, session: Option<Session>) -> Result<Option<Person>, ApiError> {
    let Some(session) = session else {
        return Ok(None);
    };
    let person = app.caches.person(&session.user).await?;
    Ok(person.filter(|person| person.is_active))
}
