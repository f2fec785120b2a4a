//! What a conversation was opened for: there is one for each purpose, and a unique index sees to it.

use chat::conversation::Kind;
use sqlx::PgExecutor;

/// With the product and the administrator as they were named when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Purpose<'a> {
    pub buyer: &'a str,
    pub supplier: Option<&'a str>,
    pub product: Option<&'a str>,
    pub kind: Kind,
    pub admin: Option<&'a str>,
}

impl Purpose<'_> {
    /// The id of the conversation that has it.
    pub async fn find(&self, db: impl PgExecutor<'_>) -> Result<Option<String>, sqlx::Error> {
        sqlx::query_scalar!(
            r#"
            select id
            from haggle.conversations
            where buyer_id = $1
              and supplier_id is not distinct from $2
              and product_key is not distinct from $3
              and type = $4
              and admin_key is not distinct from $5
            "#,
            self.buyer,
            self.supplier,
            self.product,
            self.kind.as_str(),
            self.admin
        )
        .fetch_optional(db)
        .await
    }
}
