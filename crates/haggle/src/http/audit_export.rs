//! The audit as a file. It is read and written chunk by chunk, however long it is.

use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use chat::{
    audit::{AuditPage, AuditQuery, Entry},
    error::{ChatError, StorageError},
    limits,
    person::Person,
    read_audit::read_audit,
};
use futures_util::stream;
use wire::{AuditEntry, AuditFormat};

use super::error::ApiError;
use crate::{app::App, storage_log::log_storage};

const COLUMNS: &str = "id,at,actorId,action,conversationId,ip,userAgent,detail\r\n";

/// All entries that fit. The first are read before the answer begins, so that an error can still
/// be one; a file that ends with an error later is cut off, which clients can tell.
pub async fn export(
    app: &App,
    reader: &Person,
    query: AuditQuery,
    format: AuditFormat,
) -> Result<Response, ApiError> {
    let query = AuditQuery {
        limit: limits::AUDIT_EXPORT_CHUNK,
        ..query
    };
    let first = read_audit(&app.chat, reader, &query).await?;
    let rest = Rest {
        app: app.clone(),
        reader: reader.clone(),
        query,
        format,
        read: Some(first),
        is_first: true,
    };
    let (media_type, disposition) = match format {
        AuditFormat::Csv => (
            "text/csv; charset=utf-8",
            "attachment; filename=\"audit.csv\"",
        ),
        AuditFormat::Jsonl => (
            "application/x-ndjson",
            "attachment; filename=\"audit.jsonl\"",
        ),
    };
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    let body = Body::from_stream(stream::try_unfold(rest, Rest::next));
    Ok((headers, body).into_response())
}

/// What is not yet written.
struct Rest {
    app: App,
    reader: Person,
    query: AuditQuery,
    format: AuditFormat,
    /// Read already; `None`: to be read, or the end when nothing is behind.
    read: Option<AuditPage>,
    is_first: bool,
}

impl Rest {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, ChatError> {
        let page = match self.read.take() {
            Some(page) => page,
            None if self.query.cursor.is_none() => return Ok(None),
            None => self.load().await?,
        };
        self.query.cursor = page.next();
        let mut text = String::new();
        if self.is_first && matches!(self.format, AuditFormat::Csv) {
            text.push_str(COLUMNS);
        }
        self.is_first = false;
        for entry in page.entries {
            write(self.format, entry, &mut text);
        }
        // An empty chunk would be the end of the body.
        if text.is_empty() {
            return Ok(None);
        }
        Ok(Some((text.into(), self)))
    }

    async fn load(&self) -> Result<AuditPage, ChatError> {
        let stopping = || StorageError::Unavailable("the server is stopping".into());
        let page = tokio::select! {
            () = self.app.giving_up.cancelled() => Err(stopping().into()),
            page = read_audit(&self.app.chat, &self.reader, &self.query) => page,
        };
        page.inspect_err(|error| {
            if let ChatError::Storage(error) = error {
                log_storage(error);
            }
        })
    }
}

fn write(format: AuditFormat, entry: Entry, text: &mut String) {
    match format {
        AuditFormat::Csv => csv_line(&entry, text),
        AuditFormat::Jsonl => {
            let entry = AuditEntry::from(entry);
            text.push_str(&serde_json::to_string(&entry).unwrap_or_default());
            text.push('\n');
        }
    }
}

fn csv_line(entry: &Entry, text: &mut String) {
    let optional = |id: Option<&str>| id.unwrap_or_default().to_owned();
    let cells = [
        entry.id.to_string(),
        entry.at.to_string(),
        optional(entry.actor.as_ref().map(chat::ids::UserId::as_str)),
        entry.action.as_str().to_owned(),
        optional(
            entry
                .conversation
                .as_ref()
                .map(chat::ids::ConversationId::as_str),
        ),
        entry.source.ip.map(|ip| ip.to_string()).unwrap_or_default(),
        optional(entry.source.user_agent()),
        entry.detail.to_string(),
    ];
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        csv_cell(cell, text);
    }
    text.push_str("\r\n");
}

/// In quotes. What a spreadsheet would take for a formula begins with an apostrophe.
fn csv_cell(cell: &str, text: &mut String) {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.push('"');
    if cell.starts_with(FORMULA) {
        text.push('\'');
    }
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    fn written(cell: &str) -> String {
        let mut text = String::new();
        csv_cell(cell, &mut text);
        text
    }

    #[test]
    fn a_cell_is_never_two_and_never_a_formula() {
        assert_eq!(written("a,b\r\n\"c\""), "\"a,b\r\n\"\"c\"\"\"");
        assert_eq!(written(""), "\"\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert_eq!(written(formula), format!("\"'{formula}\""));
        }
    }
}
