//! Products that conversations are about.

use axum::{extract::State, http::StatusCode, response::Response};
use chat::{edit_directory, ids::ProductId, storage::ProductRecord};
use serde::Serialize;
use utoipa::ToSchema;

use super::{IMAGE_CHARS, Keyholder, NAME_CHARS, delete_answer, put_answer};
use crate::{
    app::App,
    http::{
        error::{ApiError, Problem},
        extract::{Body, Id},
        fields::{self, Fields, Read},
    },
};

/// What is said about a product.
#[derive(Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"name": "Kitchen scale", "image": "", "supplierId": "supplier-keller"}),
)]
pub struct PutProduct {
    #[schema(min_length = 1, max_length = 200, pattern = "^[^\\u0000]*$")]
    name: String,
    /// The address of a picture; empty when there is none.
    #[schema(value_type = Option<String>, max_length = 2000, pattern = "^[^\\u0000]*$")]
    image: String,
    /// A supplier's id.
    #[schema(value_type = Option<fields::Id>)]
    supplier_id: Option<String>,
}

impl Read for PutProduct {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.text("name", 1..=NAME_CHARS);
        let name = fields.required("name", name);
        let image = fields.text("image", 0..=IMAGE_CHARS).unwrap_or_default();
        let supplier_id = fields.id("supplierId");
        Some(Self {
            name: name?,
            image,
            supplier_id,
        })
    }
}

/// A product of the marketplace, with the supplier who offers it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DirectoryProduct)]
pub struct Offer {
    #[schema(value_type = String)]
    id: ProductId,
    name: String,
    image: String,
    #[schema(required = true)]
    supplier_id: Option<String>,
}

/// Creates or replaces a product. Conversations about it show the change at once.
#[utoipa::path(
    put, path = "/api/directory/products/{id}", operation_id = "put_product", tag = "directory",
    params(("id" = String, Path, example = "product-keller")),
    request_body = PutProduct,
    responses(
        (status = 200, description = "Replaced", body = Offer),
        (status = 201, description = "Created", body = Offer),
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
    let PutProduct {
        name,
        image,
        supplier_id,
    } = product;
    let record = ProductRecord {
        id,
        name,
        image,
        supplier_id,
    };
    let put = edit_directory::put_product(&app.chat, &record).await?;
    let ProductRecord {
        id,
        name,
        image,
        supplier_id,
    } = record;
    put_answer(
        put,
        Offer {
            id,
            name,
            image,
            supplier_id,
        },
    )
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
