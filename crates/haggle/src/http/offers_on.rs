//! Whether this server has offers at all.

use axum::{extract::FromRequestParts, http::request::Parts};

use super::error::ApiError;
use crate::app::App;

/// Where they are off, their addresses are not there.
#[derive(Clone, Copy, Debug)]
pub struct OffersOn;

impl FromRequestParts<App> for OffersOn {
    type Rejection = ApiError;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if app.settings.offers {
            Ok(Self)
        } else {
            Err(ApiError::NotFound)
        }
    }
}
