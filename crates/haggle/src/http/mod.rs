//! HTTP: one file per endpoint, in the order errors, request, handler, tests; and the list of them.

pub mod caller;
pub mod cors;
pub mod cursor;
pub mod error;
pub mod extract;
pub mod fields;
pub mod observe;
mod query;
pub mod rate_limit;

pub(crate) mod audit_entry;
pub(crate) mod audit_export;
mod byte_range;
pub(crate) mod directory;
pub(crate) mod docs;
pub(crate) mod drain_body;
pub(crate) mod get_attachment;
pub(crate) mod get_conversation;
pub(crate) mod get_limits;
pub mod health;
pub(crate) mod join_conversation;
pub(crate) mod leave_conversation;
pub(crate) mod list_audit;
pub(crate) mod list_conversations;
pub(crate) mod list_events;
pub(crate) mod list_messages;
pub(crate) mod list_notifications;
pub(crate) mod mark_notifications_read;
pub(crate) mod mark_read;
pub(crate) mod open_conversation;
pub(crate) mod openapi;
pub(crate) mod send_message;
pub(crate) mod unread_count;
pub(crate) mod upload_attachment;
mod upload_head;
mod upload_name;
pub(crate) mod user_status;

#[cfg(test)]
mod openapi_drift;

use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

/// Every documented endpoint. Its path and method stand at its handler.
pub fn endpoints() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(
            list_conversations::handler,
            open_conversation::handler
        ))
        .routes(routes!(get_conversation::handler))
        .routes(routes!(join_conversation::handler))
        .routes(routes!(leave_conversation::handler))
        .routes(routes!(list_messages::handler, send_message::handler))
        .routes(routes!(list_events::handler))
        .routes(routes!(mark_read::handler))
        .routes(routes!(upload_attachment::handler))
        .routes(routes!(get_attachment::file))
        .routes(routes!(get_attachment::thumbnail))
        .routes(routes!(get_limits::handler))
        .routes(routes!(unread_count::handler))
        .routes(routes!(user_status::handler))
        .routes(routes!(list_notifications::handler))
        .routes(routes!(mark_notifications_read::handler))
        .routes(routes!(list_audit::handler))
        .routes(routes!(directory::users::put, directory::users::delete))
        .routes(routes!(
            directory::suppliers::put,
            directory::suppliers::delete
        ))
        .routes(routes!(
            directory::products::put,
            directory::products::delete
        ))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::prometheus))
}
