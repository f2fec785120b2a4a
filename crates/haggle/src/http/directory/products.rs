//! Products that conversations are about.

use axum::{extract::State, http::StatusCode, response::Response};
use chat::{edit_directory, ids::ProductId};
use wire::{DirectoryProduct, Problem, PutProduct};

use super::{Keyholder, delete_answer, put_answer};
use crate::{
    app::App,
    http::{
        error::ApiError,
        extract::{Body, Id},
    },
};

/// Creates or replaces a product. Conversations about it show the change at once.
#[utoipa::path(
    put, path = "/api/directory/products/{id}", operation_id = "put_product", tag = "directory",
    params(("id" = String, Path, example = "product-keller")),
    request_body = PutProduct,
    responses(
        (status = 200, description = "Replaced", body = DirectoryProduct),
        (status = 201, description = "Created", body = DirectoryProduct),
        (status = 404, description = "The directory API is off", body = Problem),
        (status = 409, description = "The marketplace keeps the table itself", body = Problem),
    ),
    security(("apiKey" = [])),
)]
pub async fn put(
    State(app): State<App>,
    _: Keyholder,
    Id(id): Id<ProductId>,
    Body(product): Body<PutProduct>,
) -> Result<Response, ApiError> {
    let record = product.record(id);
    let put = edit_directory::put_product(&app.chat, &record).await?;
    put_answer(put, DirectoryProduct::from(record))
}

/// Deletes a product; its conversations stay, about nothing from then on.
#[utoipa::path(
    delete, path = "/api/directory/products/{id}", operation_id = "delete_product", tag = "directory",
    params(("id" = String, Path, example = "product-keller")),
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
    Id(id): Id<ProductId>,
) -> Result<StatusCode, ApiError> {
    let deleted = edit_directory::delete_product(&app.chat, &id).await?;
    delete_answer(deleted)
}
