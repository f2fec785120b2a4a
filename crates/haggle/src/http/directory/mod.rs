//! The directory API: how a marketplace tells a standalone Haggle about its people,
//! suppliers and products. Behind a key of the server's, not of a user's.

pub mod products;
pub mod suppliers;
pub mod users;

use axum::{
    Json,
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use chat::{
    error::ChatError,
    storage::{Delete, Put},
};
use serde::Serialize;
use subtle::ConstantTimeEq;

use super::error::ApiError;
use crate::app::App;

/// Proof that the request knows the API key.
#[derive(Debug)]
pub struct Keyholder;

impl FromRequestParts<App> for Keyholder {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let key = app.settings.api_key.as_ref().ok_or(ApiError::NotFound)?;
        let given = parts.headers.get("x-api-key").ok_or(ApiError::WrongKey)?;
        let is_right = given.as_bytes().ct_eq(key.expose().as_bytes());
        if bool::from(is_right) {
            Ok(Self)
        } else {
            Err(ApiError::WrongKey)
        }
    }
}

/// 201 or 200 with the object, or why not.
fn put_answer(put: Put, object: impl Serialize) -> Result<Response, ApiError> {
    let status = match put {
        Put::Created => StatusCode::CREATED,
        Put::Replaced => StatusCode::OK,
        Put::HostOwned => return Err(ApiError::HostOwned),
        Put::Unknown(field) => return Err(ChatError::field(field, "There is none").into()),
        Put::Taken(field) => return Err(ApiError::Taken(field)),
    };
    Ok((status, Json(object)).into_response())
}

fn delete_answer(delete: Delete) -> Result<StatusCode, ApiError> {
    match delete {
        Delete::Deleted => Ok(StatusCode::NO_CONTENT),
        Delete::NotFound => Err(ApiError::NotFound),
        Delete::HostOwned => Err(ApiError::HostOwned),
    }
}
