//! Bytes that are JSON already.

use axum::{
    body::Bytes,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::error::ApiError;

/// An answer whose JSON was written before.
#[derive(Clone, Debug)]
pub struct ReadyJson(pub Bytes);

impl ReadyJson {
    pub fn of(value: &impl Serialize) -> Result<Self, ApiError> {
        match serde_json::to_vec(value) {
            Ok(bytes) => Ok(Self(bytes.into())),
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written");
                Err(ApiError::Internal)
            }
        }
    }
}

impl IntoResponse for ReadyJson {
    fn into_response(self) -> Response {
        let json = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, json)], self.0).into_response()
    }
}
