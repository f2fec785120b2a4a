//! HTTP: one file per endpoint, and the list of them. Their shapes are in the crate `wire`.

pub mod caller;
pub mod cors;
pub mod error;
pub mod extract;
pub mod observe;
pub mod rate_limit;
pub mod ready_json;

pub(crate) mod answer_offer;
pub(crate) mod asyncapi;
pub(crate) mod audit_export;
pub(crate) mod block_conversation;
mod byte_range;
pub(crate) mod change_settings;
mod changed_message;
pub(crate) mod close_conversation;
pub(crate) mod close_request;
pub(crate) mod correct_message;
pub(crate) mod directory;
pub(crate) mod docs;
pub(crate) mod docs_socket;
pub(crate) mod drain_body;
pub(crate) mod get_attachment;
pub(crate) mod get_conversation;
pub(crate) mod get_delivery;
pub(crate) mod get_limits;
pub(crate) mod get_offer;
pub(crate) mod get_request;
pub mod health;
pub(crate) mod join_conversation;
pub(crate) mod leave_conversation;
pub(crate) mod list_audit;
pub(crate) mod list_conversations;
pub(crate) mod list_events;
pub(crate) mod list_files;
pub(crate) mod list_messages;
pub(crate) mod list_notifications;
pub(crate) mod list_versions;
pub(crate) mod mail_in;
pub(crate) mod make_offer;
pub(crate) mod mark_notifications_read;
pub(crate) mod mark_read;
mod offer_path;
mod offers_on;
pub(crate) mod open_conversation;
pub(crate) mod openapi;
pub(crate) mod preferences;
pub(crate) mod push;
pub(crate) mod react;
pub(crate) mod replies;
pub(crate) mod reports;
pub(crate) mod request_quotation;
pub(crate) mod resumable;
pub(crate) mod search_messages;
pub(crate) mod send_message;
pub(crate) mod take_back_message;
mod take_upload;
mod tus;
pub(crate) mod unread_count;
pub(crate) mod unsubscribe;
pub(crate) mod upload_attachment;
mod upload_head;
mod upload_name;
pub(crate) mod user_status;
pub(crate) mod webhooks;

use axum::{Extension, Router, routing::get};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::{
    directory::{products, suppliers, users},
    openapi::{Document, Written},
    webhooks::{deliveries, endpoints, rotate},
};
use crate::app::App;

/// The documented endpoints.
pub fn endpoints() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(
            list_conversations::handler,
            open_conversation::handler
        ))
        .routes(routes!(get_conversation::handler))
        .routes(routes!(join_conversation::handler))
        .routes(routes!(leave_conversation::handler))
        .routes(routes!(list_messages::handler, send_message::handler))
        .routes(routes!(
            correct_message::handler,
            take_back_message::handler
        ))
        .routes(routes!(react::put, react::delete))
        .routes(routes!(list_versions::handler))
        .routes(routes!(search_messages::handler))
        .routes(routes!(list_events::handler))
        .routes(routes!(list_files::handler))
        .routes(routes!(mark_read::handler))
        .routes(routes!(change_settings::handler))
        .routes(routes!(block_conversation::put, block_conversation::delete))
        .routes(routes!(close_conversation::close))
        .routes(routes!(close_conversation::reopen))
        .routes(routes!(reports::file))
        .routes(routes!(reports::list))
        .routes(routes!(reports::judge))
        .routes(routes!(replies::list, replies::add))
        .routes(routes!(replies::replace, replies::remove))
        .routes(routes!(upload_attachment::handler))
        .routes(routes!(resumable::begin::handler))
        .routes(routes!(
            resumable::append::handler,
            resumable::status::head,
            resumable::status::get,
            resumable::cancel::handler
        ))
        .routes(routes!(get_attachment::file))
        .routes(routes!(get_attachment::thumbnail))
        .routes(routes!(get_limits::handler))
        .routes(routes!(unread_count::handler))
        .routes(routes!(user_status::handler))
        .routes(routes!(list_notifications::handler))
        .routes(routes!(mark_notifications_read::handler))
        .routes(routes!(preferences::get, preferences::put))
        .routes(routes!(unsubscribe::page, unsubscribe::post))
        .routes(routes!(push::key))
        .routes(routes!(push::subscribe, push::unsubscribe))
        .routes(routes!(make_offer::handler))
        .routes(routes!(answer_offer::accept))
        .routes(routes!(answer_offer::decline))
        .routes(routes!(answer_offer::withdraw))
        .routes(routes!(get_offer::handler))
        .routes(routes!(request_quotation::handler))
        .routes(routes!(get_request::handler))
        .routes(routes!(close_request::handler))
        .routes(routes!(list_audit::handler))
        .routes(routes!(get_delivery::handler))
        .routes(routes!(users::put, users::delete))
        .routes(routes!(suppliers::put, suppliers::delete))
        .routes(routes!(products::put, products::delete))
        .routes(routes!(endpoints::list, endpoints::add))
        .routes(routes!(endpoints::change, endpoints::remove))
        .routes(routes!(rotate::handler))
        .routes(routes!(deliveries::list))
        .routes(routes!(deliveries::replay))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::prometheus))
}

/// The OpenAPI document of the server.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = endpoints().into_openapi();
    openapi::complete(&mut document);
    document
}

/// The documents and the page of the socket, written once.
pub fn documents() -> Router<App> {
    let asyncapi = asyncapi::document();
    let written = Written {
        openapi: document().to_json().unwrap_or_default().into(),
        asyncapi: asyncapi.to_string().into(),
        socket_page: docs_socket::page(&asyncapi).into(),
    };
    Router::new()
        .route("/api/openapi.json", get(openapi::serve))
        .route("/api/asyncapi.json", get(asyncapi::serve))
        .route("/docs/socket", get(docs_socket::serve))
        .layer(Extension(written))
}
