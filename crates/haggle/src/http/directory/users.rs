//! Users of the marketplace.

use axum::{extract::State, http::StatusCode, response::Response};
use chat::{edit_directory, ids::UserId};
use wire::{Problem, PutUser, User};

use super::{Keyholder, delete_answer, put_answer};
use crate::{
    app::App,
    http::{
        error::ApiError,
        extract::{Body, Id},
    },
};

/// Creates or replaces a user. Deactivating or demoting one takes effect within two seconds.
#[utoipa::path(
    put, path = "/api/directory/users/{id}", operation_id = "put_user", tag = "directory",
    params(("id" = String, Path, example = "user-keller")),
    request_body = PutUser,
    responses(
        (status = 200, description = "Replaced", body = User),
        (status = 201, description = "Created", body = User),
        (status = 404, description = "The directory API is off", body = Problem),
        (status = 409, description = "The marketplace keeps the table itself", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn put(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<UserId>,
    Body(user): Body<PutUser>,
) -> Result<Response, ApiError> {
    let record = user.record(id);
    let put = edit_directory::put_user(&app.chat, &record).await?;
    put_answer(put, User::from(record))
}

/// Deletes a user. The conversations of a buyer or supplier go with them; an
/// administrator's messages stay.
#[utoipa::path(
    delete, path = "/api/directory/users/{id}", operation_id = "delete_user", tag = "directory",
    params(("id" = String, Path, example = "user-keller")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "There is none, or the directory API is off", body = Problem),
        (status = 409, description = "The marketplace keeps the table itself", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn delete(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<UserId>,
) -> Result<StatusCode, ApiError> {
    let deleted = edit_directory::delete_user(&app.chat, &id).await?;
    delete_answer(deleted)
}
