//! Users of the marketplace.

use axum::{extract::State, http::StatusCode, response::Response};
use chat::{edit_directory, ids::UserId, person::Role, storage::UserRecord};
use serde::Serialize;
use utoipa::ToSchema;

use super::{EMAIL_CHARS, Keyholder, NAME_CHARS, delete_answer, put_answer};
use crate::{
    app::App,
    http::{
        error::{ApiError, Problem},
        extract::{Body, Id},
        fields::{Fields, Read},
    },
    wire::SenderType,
};

/// What is said about a user.
#[derive(Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"name": "Ute Keller", "email": "ute@example.com", "role": "supplier", "isActive": true}),
)]
pub struct PutUser {
    #[schema(min_length = 1, max_length = 200, pattern = "^[^\\u0000]*$")]
    name: String,
    #[schema(value_type = Option<String>, max_length = 320, pattern = "^[^\\u0000]*$")]
    email: String,
    #[schema(value_type = SenderType)]
    role: Role,
    /// Somebody who is not active cannot sign in. Active when left out.
    #[schema(value_type = Option<bool>)]
    is_active: bool,
}

impl Read for PutUser {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.text("name", 1..=NAME_CHARS);
        let name = fields.required("name", name);
        let email = fields.text("email", 0..=EMAIL_CHARS).unwrap_or_default();
        let roles = Role::ALL.map(|role| (role.as_str(), role));
        let role = fields.choice("role", &roles);
        let role = fields.required("role", role);
        let is_active = fields.flag("isActive").unwrap_or(true);
        Some(Self {
            name: name?,
            email,
            role: role?,
            is_active,
        })
    }
}

/// A user of the marketplace.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[schema(value_type = String)]
    id: UserId,
    name: String,
    email: String,
    #[schema(value_type = SenderType)]
    role: Role,
    is_active: bool,
}

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
    let PutUser {
        name,
        email,
        role,
        is_active,
    } = user;
    let record = UserRecord {
        id,
        name,
        email,
        role,
        is_active,
    };
    let put = edit_directory::put_user(&app.chat, &record).await?;
    let UserRecord {
        id,
        name,
        email,
        role,
        is_active,
    } = record;
    put_answer(
        put,
        User {
            id,
            name,
            email,
            role,
            is_active,
        },
    )
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
