//! CSV: conversations in one file, messages in another. The first row of each names its columns.

use std::io::BufRead;

use chat_postgres::SourceReceiver;

use super::{
    record::{Conversation, File, Message, OpenedFor},
    rows::{Rows, Stopped},
    table::{Table, plain},
};

pub const CONVERSATION: [&str; 13] = [
    "id",
    "conversationType",
    "buyerId",
    "buyerName",
    "supplierId",
    "supplierName",
    "adminId",
    "adminName",
    "productId",
    "productName",
    "subject",
    "openedFor",
    "createdAt",
];
pub const MESSAGE: [&str; 13] = [
    "id",
    "conversationId",
    "seq",
    "senderId",
    "senderType",
    "receiverId",
    "message",
    "files",
    "clientMessageId",
    "createdAt",
    "readBy",
    "isRead",
    "isFormerUser",
];

/// Where a spreadsheet would see a formula, an apostrophe stands before it.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

const NOT_A_ROW: &str = "the row cannot be read";
const NO_TIME: &str = "createdAt is not a time like 2026-03-01T10:00:00Z";
const BAD_CELL: &str = "a cell cannot be read";

pub fn read(reader: Box<dyn BufRead>, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let mut table = Table::open(reader).map_err(Stopped::Failed)?;
    let known: &[&str] = if table.column("conversationId").is_some() {
        &MESSAGE
    } else if table.column("buyerId").is_some() {
        &CONVERSATION
    } else {
        let why = "needs a column conversationId for messages, or buyerId for conversations";
        return Err(Stopped::Failed(why.to_owned()));
    };
    let unknown = table
        .names()
        .iter()
        .find(|name| known.iter().all(|known| plain(known) != plain(name)));
    if let Some(name) = unknown {
        let known = known.join(", ");
        return Err(Stopped::Failed(format!(
            "the column {name} is none of this format ({known}): rename it or leave it out"
        )));
    }
    let are_messages = known == MESSAGE;
    while let Some((line, row)) = table.next_row() {
        let cells = match row {
            Ok(cells) => cells,
            Err(why) => {
                rows.refuse(line, "lines", "", NOT_A_ROW, Some(why))?;
                continue;
            }
        };
        let row = Row {
            table: &table,
            cells: &cells,
        };
        if are_messages {
            message(&row, line, rows)?;
        } else {
            conversation(&row, line, rows)?;
        }
    }
    Ok(())
}

struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
}

impl Row<'_> {
    /// As it stands; `None`: there is no such column.
    fn cell(&self, name: &str) -> Option<String> {
        let cell = self.cells.get(self.table.column(name)?)?;
        Some(unguarded(cell).to_owned())
    }

    /// An empty cell is none.
    fn text(&self, name: &str) -> Option<String> {
        self.cell(name).filter(|cell| !cell.trim().is_empty())
    }

    /// JSON, or words with semicolons between.
    fn list(&self, name: &str) -> Result<Vec<String>, String> {
        let cell = self.text(name).unwrap_or_default();
        if cell.trim_start().starts_with('[') {
            return serde_json::from_str(&cell).map_err(|error| format!("{name}: {error}"));
        }
        let words = cell
            .split(';')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        Ok(words.map(str::to_owned).collect())
    }

    fn files(&self) -> Result<Vec<File>, String> {
        let cell = self.text("files").unwrap_or_default();
        if cell.trim_start().starts_with('[') && cell.contains('{') {
            return serde_json::from_str(&cell).map_err(|error| format!("files: {error}"));
        }
        let file = |named: String| {
            let is_address =
                named.contains("://") || named.starts_with('/') || named.starts_with("data:");
            let (path, url) = if is_address {
                (None, Some(named))
            } else {
                (Some(named), None)
            };
            File {
                path,
                url,
                ..File::default()
            }
        };
        Ok(self.list("files")?.into_iter().map(file).collect())
    }

    fn truth(&self, name: &str) -> Result<bool, String> {
        let cell = self.text(name).unwrap_or_default().trim().to_lowercase();
        match &*cell {
            "true" | "t" | "yes" | "1" => Ok(true),
            "" | "false" | "f" | "no" | "0" | "null" => Ok(false),
            _ => Err(format!("{name}: {cell} is neither true nor false")),
        }
    }
}

fn conversation(row: &Row<'_>, line: u64, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let id = row.text("id").unwrap_or_default();
    let opened_for = match row
        .text("openedFor")
        .as_deref()
        .map(serde_json::from_str::<OpenedFor>)
    {
        None => None,
        Some(Ok(opened)) => Some(opened),
        Some(Err(error)) => {
            let detail = Some(format!("openedFor: {error}"));
            return rows.refuse(line, "conversations", &id, BAD_CELL, detail);
        }
    };
    let read = Conversation {
        id: id.clone(),
        kind: row.text("conversationType"),
        buyer_id: row.text("buyerId"),
        supplier_id: row.text("supplierId"),
        admin_id: row.text("adminId"),
        product_id: row.text("productId"),
        subject: row.text("subject"),
        opened_for,
        created_at: row.text("createdAt"),
        ..Conversation::default()
    };
    match read.source() {
        Ok(mut source) => {
            source.origin = rows.origin(line);
            rows.conversation(source)
        }
        Err(time) => rows.refuse(line, "conversations", &id, NO_TIME, Some(time)),
    }
}

fn message(row: &Row<'_>, line: u64, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let id = row.text("id");
    let cells = || {
        Ok::<_, String>((
            row.files()?,
            row.list("readBy")?,
            row.truth("isRead")?,
            row.truth("isFormerUser")?,
        ))
    };
    let (files, read_by, is_read, is_former_user) = match cells() {
        Ok(cells) => cells,
        Err(why) => {
            return rows.refuse(
                line,
                "messages",
                &id.unwrap_or_default(),
                BAD_CELL,
                Some(why),
            );
        }
    };
    let read = Message {
        id: id.clone(),
        conversation_id: row.text("conversationId").unwrap_or_default(),
        seq: None,
        sender_id: row.text("senderId"),
        is_former_user,
        sender_type: row.text("senderType"),
        // Written by an export, an empty cell says that nobody was there; so does the file's seq.
        receiver_id: match (row.text("receiverId"), row.text("seq")) {
            (Some(user), _) => SourceReceiver::User(user),
            (None, Some(_)) => SourceReceiver::Nobody,
            (None, None) => SourceReceiver::Unknown,
        },
        text: row.cell("message"),
        files,
        client_message_id: row.text("clientMessageId"),
        created_at: row.text("createdAt"),
        edited_at: None,
        deleted_at: None,
        read_by,
        is_read,
    };
    match read.source() {
        Ok(mut source) => {
            source.origin = rows.origin(line);
            rows.message(source)
        }
        Err(time) => rows.refuse(
            line,
            "messages",
            &id.unwrap_or_default(),
            NO_TIME,
            Some(time),
        ),
    }
}

/// In quotes where needed, and never a formula. [`unguarded`] takes it back.
pub fn guarded(cell: &str) -> String {
    if cell.trim_start_matches('\'').starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::{guarded, unguarded};

    #[test]
    fn a_guard_is_taken_back() {
        for cell in [
            "=1+1", "'=1+1", "''@x", "plain", "'quoted'", "", "-5 °C", "\tx",
        ] {
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        assert_eq!(guarded("=1"), "'=1");
        assert_eq!(guarded("plain"), "plain");
    }
}
