//! The OpenAPI document, made from the handlers' own types.

use axum::{body::Bytes, extract::Extension};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{error::Problem, pages::ReadyJson};
use crate::auth::cookie::COOKIE;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Haggle",
        description = "The chat of a two-sided marketplace: buyers, suppliers and administrators talk about products.\n\nEvery error has the shape `Problem`; its `code` is stable. Times are RFC 3339 in UTC with milliseconds. Unknown fields are ignored.",
    ),
    components(schemas(Problem)),
    security(("bearer" = []), ("cookie" = [])),
    tags(
        (name = "conversations"), (name = "messages"), (name = "people"),
        (name = "notifications"), (name = "directory"), (name = "operation"),
    ),
    modifiers(&Schemes),
)]
pub struct Document;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .build();
        let cookie = ApiKey::Cookie(ApiKeyValue::new(COOKIE));
        let api_key = ApiKey::Header(ApiKeyValue::new("X-Api-Key"));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
        components.add_security_scheme("apiKey", SecurityScheme::ApiKey(api_key));
    }
}

/// The document, written once at the start.
#[derive(Clone, Debug)]
pub struct Written(pub Bytes);

pub async fn serve(Extension(Written(document)): Extension<Written>) -> ReadyJson {
    ReadyJson(document)
}
