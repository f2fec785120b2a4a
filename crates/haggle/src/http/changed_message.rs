//! A message that was changed, as an answer.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use chat::change_message::Changed;
use wire::{Message, SentMessage};

use super::rate_limit;
use crate::app::App;

pub fn show(app: &App, changed: Changed) -> Response {
    let body = SentMessage {
        message: Message::new(changed.message, &*app.attachments.links),
    };
    let mut response = Json(body).into_response();
    if let Some(rate_limit) = &changed.rate_limit {
        rate_limit::describe(rate_limit, response.headers_mut());
    }
    response
}
