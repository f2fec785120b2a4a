//! People of the marketplace as others see them.

use chat::{ids::UserId, timestamp::Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserStatus {
    #[schema(value_type = String)]
    pub id: UserId,
    pub is_online: bool,
    /// When they were last here; null for somebody who is, or never was.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub last_seen: Option<Timestamp>,
}
