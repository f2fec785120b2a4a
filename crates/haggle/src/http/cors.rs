//! Pages of other origins that the settings allow.

use std::{sync::Arc, time::Duration};

use axum::http::{HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::{observe::REQUEST_ID, rate_limit, tus};
use crate::{auth::origin, settings::Settings, web_origin};

/// Lets the allowed origins call, with cookies, and read the headers of limits.
pub fn layer(settings: &Arc<Settings>) -> CorsLayer {
    let settings = Arc::clone(settings);
    let is_listed = move |given: &HeaderValue, _: &_| {
        let given = given.to_str().ok().and_then(web_origin::normalise);
        given.is_some_and(|given| origin::is_listed(&given, &settings))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_listed))
        .allow_credentials(true)
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PATCH,
            Method::PUT,
            Method::DELETE,
            Method::HEAD,
        ])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            REQUEST_ID,
            tus::RESUMABLE,
            tus::LENGTH,
            tus::OFFSET,
            tus::METADATA,
        ])
        .expose_headers([
            header::LOCATION,
            tus::RESUMABLE,
            tus::LENGTH,
            tus::OFFSET,
            tus::EXPIRES,
            tus::ATTACHMENT,
            rate_limit::LIMIT,
            rate_limit::POLICY,
            header::RETRY_AFTER,
            REQUEST_ID,
        ])
        .max_age(Duration::from_hours(1))
}
