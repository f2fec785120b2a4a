//! The report: a line for each row that was not kept as it stood.

use futures_util::TryStreamExt;

use crate::{
    PgError, PgOptions,
    legacy::reason::{OldRow, Reason},
    pool::Servers,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportLine {
    pub row: OldRow,
    pub id: String,
    pub reason: Reason,
    pub detail: Option<String>,
}

impl ReportLine {
    /// As JSON, on one line.
    pub fn to_json(&self) -> String {
        let mut line = serde_json::json!({
            "table": self.row.table(),
            "id": self.id,
            "what": self.reason.fate().as_str(),
            "why": self.reason.words(),
        });
        if let Some(detail) = &self.detail {
            line["detail"] = detail.as_str().into();
        }
        line.to_string()
    }
}

/// Hands over every line, conversations first.
pub async fn report<E: From<PgError>>(
    options: &PgOptions,
    mut each: impl FnMut(ReportLine) -> Result<(), E>,
) -> Result<(), E> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let rows = "
        select is_message, old_id::text, reason, detail
        from haggle.legacy_report
        order by is_message, old_id, reason";
    let mut rows =
        sqlx::query_as::<_, (bool, String, i16, Option<String>)>(rows).fetch(session.db());
    while let Some((is_message, id, reason, detail)) =
        rows.try_next().await.map_err(PgError::from)?
    {
        let Some(reason) = Reason::of_number(reason) else {
            continue;
        };
        let row = if is_message {
            OldRow::Message
        } else {
            OldRow::Conversation
        };
        each(ReportLine {
            row,
            id,
            reason,
            detail,
        })?;
    }
    drop(rows);
    session.close().await;
    Ok(())
}
