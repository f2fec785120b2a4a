//! What a browser brings along.

use axum::http::HeaderMap;

use super::{registry::Sessions, session::Credential};
use crate::{
    auth::cookie::{COOKIE, tokens},
    settings::Settings,
};

/// What the cookies of a request prove, in the order in which they are believed: our own, the host's
/// token, the host's session.
pub fn credentials(
    headers: &HeaderMap,
    settings: &Settings,
    sessions: Option<&Sessions>,
) -> Vec<Credential> {
    let named = settings.token_cookie.iter();
    let tokens = tokens(headers, COOKIE)
        .chain(named.flat_map(|name| tokens(headers, name)))
        .map(|token| Credential::Token(token.into()));
    let sessions = sessions.into_iter();
    let sessions = sessions.flat_map(|sessions| sessions.of_cookies(headers));
    tokens
        .chain(sessions.map(Credential::HostSession))
        .collect()
}
