//! Reading the audit, page by page.

use crate::{
    access::authorize_audit,
    audit::{AuditPage, AuditQuery},
    chat::Chat,
    error::ChatError,
    person::Person,
};

pub async fn read_audit(
    chat: &Chat,
    reader: &Person,
    query: &AuditQuery,
) -> Result<AuditPage, ChatError> {
    authorize_audit(reader)?;
    Ok(chat.audit.entries(query).await?)
}
