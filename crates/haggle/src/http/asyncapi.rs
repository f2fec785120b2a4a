//! The AsyncAPI document of the socket, made from the frames' own types.

use axum::extract::Extension;
use serde_json::Value;

use super::{openapi::Written, ready_json::ReadyJson};
use crate::auth::cookie::COOKIE;

pub fn document() -> Value {
    wire::asyncapi(env!("CARGO_PKG_VERSION"), COOKIE)
}

pub async fn serve(Extension(written): Extension<Written>) -> ReadyJson {
    ReadyJson(written.asyncapi)
}
