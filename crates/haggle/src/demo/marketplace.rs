//! What the pages of the demo marketplace show.

use axum::{
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
};

use super::content;
use crate::http::{error::ApiError, extract::Id, ready_json::ReadyJson};

/// `GET /api/demo/marketplace`: people, suppliers, products, requests for quotation.
pub async fn list() -> ReadyJson {
    ReadyJson(Bytes::from_static(content::marketplace_json().as_bytes()))
}

/// `GET /demo/pictures/ID.svg`
pub async fn picture(Id(file): Id<String>) -> Result<Response, ApiError> {
    svg("pictures", &file)
}

/// `GET /demo/avatars/ID.svg`
pub async fn avatar(Id(file): Id<String>) -> Result<Response, ApiError> {
    svg("avatars", &file)
}

fn svg(folder: &str, file: &str) -> Result<Response, ApiError> {
    let drawing = content::file(&format!("{folder}/{file}")).ok_or(ApiError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'",
        ),
    ];
    Ok((headers, drawing).into_response())
}
