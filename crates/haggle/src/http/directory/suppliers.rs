//! Suppliers: companies that a user of the marketplace speaks for.

use axum::{extract::State, http::StatusCode, response::Response};
use chat::{edit_directory, ids::UserId, storage::SupplierRecord};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Keyholder, NAME_CHARS, delete_answer, put_answer};
use crate::{
    app::App,
    http::{
        error::{ApiError, Problem},
        extract::{Body, Id},
        fields::{self, Fields, Read},
    },
};

/// What is said about a supplier.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"userId": "user-keller", "name": "Keller AG"}))]
pub struct PutSupplier {
    /// The user who speaks for it; nobody speaks for two.
    #[schema(value_type = fields::Id)]
    user_id: UserId,
    /// The company's name, shown in place of the user's.
    #[schema(min_length = 1, max_length = 200, pattern = "^[^\\u0000]*$")]
    name: String,
}

impl Read for PutSupplier {
    fn read(fields: &mut Fields) -> Option<Self> {
        let user_id = fields.id("userId");
        let user_id = fields.required("userId", user_id);
        let name = fields.text("name", 1..=NAME_CHARS);
        let name = fields.required("name", name);
        Some(Self {
            user_id: user_id?,
            name: name?,
        })
    }
}

/// A supplier of the marketplace.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Supplier {
    id: String,
    #[schema(value_type = String)]
    user_id: UserId,
    name: String,
}

/// Creates or replaces a supplier.
#[utoipa::path(
    put, path = "/api/directory/suppliers/{id}", operation_id = "put_supplier", tag = "directory",
    params(("id" = String, Path, example = "supplier-keller")),
    request_body = PutSupplier,
    responses(
        (status = 200, description = "Replaced", body = Supplier),
        (status = 201, description = "Created", body = Supplier),
        (status = 404, description = "The directory API is off", body = Problem),
        (status = 409, description = "The user speaks for another supplier, or the marketplace keeps the table itself", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn put(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<String>,
    Body(PutSupplier { user_id, name }): Body<PutSupplier>,
) -> Result<Response, ApiError> {
    let record = SupplierRecord { id, user_id, name };
    let put = edit_directory::put_supplier(&app.chat, &record).await?;
    let SupplierRecord { id, user_id, name } = record;
    put_answer(put, Supplier { id, user_id, name })
}

/// Deletes a supplier; its user and their conversations stay.
#[utoipa::path(
    delete, path = "/api/directory/suppliers/{id}", operation_id = "delete_supplier", tag = "directory",
    params(("id" = String, Path, example = "supplier-keller")),
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
    Id(id): Id<String>,
) -> Result<StatusCode, ApiError> {
    let deleted = edit_directory::delete_supplier(&app.chat, &id).await?;
    delete_answer(deleted)
}
