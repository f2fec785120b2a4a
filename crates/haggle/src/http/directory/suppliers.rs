//! Suppliers: companies that a user of the marketplace speaks for.

use axum::{extract::State, http::StatusCode, response::Response};
use chat::edit_directory;
use wire::{Problem, PutSupplier, Supplier};

use super::{Keyholder, delete_answer, put_answer};
use crate::{
    app::App,
    http::{
        error::ApiError,
        extract::{Body, Id},
    },
};

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
    Body(supplier): Body<PutSupplier>,
) -> Result<Response, ApiError> {
    let record = supplier.record(id);
    let put = edit_directory::put_supplier(&app.chat, &record).await?;
    put_answer(put, Supplier::from(record))
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
