//! The OpenAPI document, made from the handlers' own types. What is the same for many
//! endpoints is added here, not repeated at each.

use axum::{body::Bytes, extract::Extension, http::Method};
use chat::media_type::{FORMATS, MediaType};
use utoipa::{
    OpenApi,
    openapi::{
        self, Content, Header, HttpMethod, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder,
        path::Operation,
        schema::{KnownFormat, SchemaFormat, Type},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use wire::Problem;

use super::ready_json::ReadyJson;
use crate::{auth::cookie::COOKIE, read_share::Cost};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Haggle",
        description = "The chat of a two-sided marketplace: buyers, suppliers and administrators talk about products.\n\nEvery error has the shape `Problem`; its `code` is stable. Times are RFC 3339 in UTC with milliseconds. Unknown fields are ignored, and `null` is the same as absent.\n\nThe WebSocket at `/api/chat/ws` has [a page](socket) and [a document](../api/asyncapi.json) of its own.",
    ),
    components(schemas(Problem)),
    security(("bearer" = []), ("cookie" = [])),
    tags(
        (name = "conversations"), (name = "messages"), (name = "offers"), (name = "attachments"), (name = "people"),
        (name = "notifications"), (name = "reports"), (name = "replies"), (name = "audit"),
        (name = "directory"), (name = "webhooks"), (name = "operation"),
    ),
)]
pub struct Document;

/// The documents, written once at the start.
#[derive(Clone, Debug)]
pub struct Written {
    pub openapi: Bytes,
    pub asyncapi: Bytes,
    pub socket_page: Bytes,
}

pub async fn serve(Extension(written): Extension<Written>) -> ReadyJson {
    ReadyJson(written.openapi)
}

/// Adds what all endpoints share: the ways to sign in, and the errors that follow from
/// having a caller, a body or a query.
pub fn complete(document: &mut openapi::OpenApi) {
    let all: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    add_bytes(document, "/api/chat/attachments/{id}", &all);
    let thumbnails = [MediaType::Png, MediaType::Jpeg].map(MediaType::as_str);
    add_bytes(
        document,
        "/api/chat/attachments/{id}/thumbnail",
        &thumbnails,
    );
    for (path, item) in &mut document.paths.paths {
        let operations = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Patch, &mut item.patch),
            (HttpMethod::Delete, &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                add_errors(path, &method, operation);
            }
        }
    }
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .build();
    let cookie = ApiKey::Cookie(ApiKeyValue::new(COOKIE));
    let api_key = ApiKey::Header(ApiKeyValue::new("X-Api-Key"));
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    components.add_security_scheme("apiKey", SecurityScheme::ApiKey(api_key));
}

fn add_errors(path: &str, method: &HttpMethod, operation: &mut Operation) {
    let is_api = path.starts_with("/api/");
    let has_body = operation.request_body.is_some();
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    let is_in_query = |parameter: &openapi::path::Parameter| {
        parameter.parameter_in == openapi::path::ParameterIn::Query
    };
    let has_query = parameters.iter().any(|parameter| match parameter {
        RefOr::T(parameter) => is_in_query(parameter),
        RefOr::Ref(_) => false,
    });
    if let (HttpMethod::Patch, Some(RefOr::T(body))) = (method, &mut operation.request_body) {
        // Without a body, or with an empty one, everything is meant.
        body.required = None;
    }
    let is_cookie_write = path.starts_with("/api/chat/") && *method != HttpMethod::Get;

    let mut add = |status: &str, needed: bool, description: &str| {
        let responses = &mut operation.responses.responses;
        if needed && !responses.contains_key(status) {
            responses.insert(status.to_owned(), problem(description).into());
        }
    };
    add(
        "400",
        has_body || has_query,
        "`fields` names every wrong field",
    );
    add("401", is_api, "No valid token or key");
    add(
        "403",
        is_cookie_write,
        "A cookie came from a page that may not use it",
    );
    add("408", has_body, "The body did not arrive in time");
    add("413", has_body, "The body is larger than 256 KiB");
    add("415", has_body, "The body is not `application/json`");
    add(
        "429",
        Cost::of(&as_method(method), path, None).is_some(),
        "Too many of the caller's requests at once",
    );
    add("500", is_api, "A defect of the server");
    add("503", is_api, "The database cannot be reached; try again");
    if let Some(RefOr::T(limited)) = operation.responses.responses.get_mut("429") {
        let header = |kind| RefOr::T(Header::new(ObjectBuilder::new().schema_type(kind).build()));
        limited
            .headers
            .insert("Retry-After".to_owned(), header(Type::Integer));
        limited
            .headers
            .insert("RateLimit".to_owned(), header(Type::String));
        limited
            .headers
            .insert("RateLimit-Policy".to_owned(), header(Type::String));
    }
}

fn as_method(method: &HttpMethod) -> Method {
    match method {
        HttpMethod::Get => Method::GET,
        // Only reads are asked for.
        _ => Method::POST,
    }
}

/// The answers of this address hold bytes of these types.
fn add_bytes(document: &mut openapi::OpenApi, path: &str, types: &[&str]) {
    let item = document.paths.paths.get_mut(path);
    let Some(operation) = item.and_then(|item| item.get.as_mut()) else {
        return;
    };
    for status in ["200", "206"] {
        let response = operation.responses.responses.get_mut(status);
        let Some(RefOr::T(response)) = response else {
            continue;
        };
        for name in types {
            let bytes = ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
                .build();
            let content = Content::new(Some(bytes));
            response.content.insert((*name).to_owned(), content.into());
        }
    }
}

fn problem(description: &str) -> Response {
    let schema = Ref::from_schema_name("Problem");
    let content = Content::new(Some(schema));
    ResponseBuilder::new()
        .description(description)
        .content("application/json", content)
        .build()
}
