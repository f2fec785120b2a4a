//! Opening a conversation: get or create.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chat::{
    conversation::Kind,
    open_conversation::{Request, open_conversation},
};
use utoipa::ToSchema;

use super::{
    error::{ApiError, Problem},
    extract::Body,
    fields::{Fields, Id, Read},
    get_conversation, rate_limit,
};
use crate::{
    app::App,
    http::caller::Caller,
    wire::{Conversation, ConversationType},
};

/// A supplier given makes `buyer_supplier`, an administrator without a supplier
/// `buyer_admin`, neither `support`.
#[derive(Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"supplierId": "supplier-tanaka", "productId": "product-ball-bearing"}),
)]
#[expect(dead_code, reason = "the document's view of `Request`")]
pub struct OpenConversation {
    /// Needed from suppliers and administrators; a buyer is always their own.
    buyer_id: Option<Id>,
    /// A supplier's id or that supplier's user id; a supplier who leaves it out means itself.
    supplier_id: Option<Id>,
    admin_id: Option<Id>,
    product_id: Option<Id>,
    /// Follows from the participants; must not contradict them.
    r#type: Option<ConversationType>,
}

impl Read for Request {
    fn read(fields: &mut Fields) -> Option<Self> {
        let kinds = Kind::ALL.map(|kind| (kind.as_str(), kind));
        Some(Self {
            buyer: fields.id("buyerId"),
            supplier: fields.id("supplierId"),
            admin: fields.id("adminId"),
            product: fields.id("productId"),
            kind: fields.choice("type", &kinds),
        })
    }
}

/// Opens a conversation, or finds the one that already has this purpose.
#[utoipa::path(
    operation_id = "open_conversation",
    post, path = "/api/chat/conversations", tag = "conversations",
    request_body = OpenConversation,
    responses(
        (status = 200, description = "It existed", body = Conversation),
        (status = 201, description = "It was created", body = Conversation),
        (status = 403, description = "Another buyer or supplier was named", body = Problem),
        (status = 404, description = "A participant does not exist", body = Problem),
        (status = 429, description = "Too many were created", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Body(request): Body<Request>,
) -> Result<Response, ApiError> {
    let opened = open_conversation(&app.chat, &caller, request).await?;
    let shown = get_conversation::show(&app, &caller, &opened.conversation).await?;
    let status = if opened.created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let mut response = (status, Json(shown)).into_response();
    if let Some(rate_limit) = &opened.rate_limit {
        rate_limit::describe(rate_limit, response.headers_mut());
    }
    Ok(response)
}
