//! The API to read and to try, at `/docs`. Everything comes from the binary.

use std::sync::{Arc, LazyLock};

use axum::{
    http::{HeaderValue, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use utoipa_swagger_ui::Config;

use super::error::ApiError;

/// The page styles its parts by attributes.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    // Nothing is sent to a validator elsewhere.
    let config = Config::new(["../api/openapi.json"]).validator_url("none");
    Arc::new(config.try_it_out_enabled(true).persist_authorization(false))
});

/// The files of the page use addresses relative to its folder.
pub async fn enter() -> Redirect {
    // Relative, since a proxy may serve us below a path of its own.
    Redirect::permanent("docs/")
}

pub async fn serve(uri: Uri) -> Result<Response, ApiError> {
    let path = uri.path().trim_start_matches("/docs/");
    let file = utoipa_swagger_ui::serve(path, CONFIG.clone()).map_err(|error| {
        tracing::error!(%error, "the pages of the API cannot be made");
        ApiError::Internal
    })?;
    let file = file.ok_or(ApiError::NotFound)?;
    let mut response = file.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    if let Ok(media_type) = HeaderValue::from_str(&file.content_type) {
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if file.gzpipped {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
