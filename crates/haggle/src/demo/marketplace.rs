//! What the pages of the demo marketplace show.

use std::sync::LazyLock;

use axum::{
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
};

use crate::http::{cursor::ReadyJson, error::ApiError, extract::Id};

/// `GET /api/demo/marketplace`: people, suppliers, products, requests for quotation.
pub async fn list() -> ReadyJson {
    static MARKETPLACE: LazyLock<Bytes> = LazyLock::new(|| {
        serde_json::to_vec(demo_data::marketplace())
            .unwrap_or_default()
            .into()
    });
    ReadyJson(MARKETPLACE.clone())
}

/// `GET /demo/pictures/ID.svg`
pub async fn picture(Id(file): Id<String>) -> Result<Response, ApiError> {
    svg(&file, demo_data::picture)
}

/// `GET /demo/avatars/ID.svg`
pub async fn avatar(Id(file): Id<String>) -> Result<Response, ApiError> {
    svg(&file, demo_data::avatar)
}

fn svg(file: &str, draw: fn(&str) -> Option<String>) -> Result<Response, ApiError> {
    let id = file.strip_suffix(".svg").ok_or(ApiError::NotFound)?;
    let drawing = draw(id).ok_or(ApiError::NotFound)?;
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
