//! Becoming one of the demo's people, without a password.

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chat::{
    error::{ChatError, Missing},
    ids::UserId,
    timestamp::Timestamp,
};
use serde::Serialize;
use wire::{Fields, Read};

use super::content::{self, Person};
use crate::{
    app::App,
    auth::cookie::COOKIE,
    http::{error::ApiError, extract::Body},
};

/// How long a demo login is good.
pub const SESSION: Duration = Duration::from_hours(12);

#[derive(Debug)]
pub struct Login {
    user_id: UserId,
}

impl Read for Login {
    fn read(fields: &mut Fields) -> Option<Self> {
        let user_id = fields.id("userId");
        let user_id = fields.required("userId", user_id)?;
        Some(Self { user_id })
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LoggedIn {
    token: String,
    expires_at: Timestamp,
    user: &'static Person,
}

/// `POST /api/demo/login`
pub async fn handler(
    State(app): State<App>,
    Body(Login { user_id }): Body<Login>,
) -> Result<Response, ApiError> {
    let user = content::marketplace().person(user_id.as_str());
    let user = user.ok_or(ChatError::NotFound(Missing::User))?;
    let (token, expires_at) = app.auth.sign(&user_id, SESSION).ok_or(ApiError::Internal)?;
    let seconds = SESSION.as_secs();
    let cookie = format!("{COOKIE}={token}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}");
    let body = Json(LoggedIn {
        token,
        expires_at,
        user,
    });
    Ok(([(header::SET_COOKIE, cookie)], body).into_response())
}
