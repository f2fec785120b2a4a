//! JSON lines: one record a line, the first of which names the version.

use std::io::BufRead;

use super::{
    input::{self, Line},
    record::{Record, VERSION},
    rows::{Rows, Stopped},
};

const NOT_A_RECORD: &str = "the line is not a record of this format";
const NO_TIME: &str = "createdAt is not a time like 2026-03-01T10:00:00Z";

pub fn read(reader: &mut dyn BufRead, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    let mut bytes = Vec::new();
    let mut number = 0;
    let mut has_header = false;
    let failed = |error: std::io::Error| Stopped::Failed(error.to_string());
    while let Some(line) = input::line(reader, &mut bytes).map_err(failed)? {
        number += 1;
        let text = match line {
            Line::Text(text) if text.trim().is_empty() => continue,
            Line::Text(text) => text,
            Line::Bad(why) => {
                rows.refuse(number, "lines", "", why, None)?;
                continue;
            }
        };
        if !has_header {
            header(&text, number)?;
            has_header = true;
            continue;
        }
        match serde_json::from_str::<Record>(&text) {
            Ok(Record::Haggle(_)) => header(&text, number)?,
            Ok(Record::Conversation(row)) => {
                let id = row.id.clone();
                match row.source() {
                    Ok(mut row) => {
                        row.origin = rows.origin(number);
                        rows.conversation(row)?;
                    }
                    Err(time) => rows.refuse(number, "conversations", &id, NO_TIME, Some(time))?,
                }
            }
            Ok(Record::Message(row)) => {
                let id = row.id.clone().unwrap_or_default();
                match row.source() {
                    Ok(mut row) => {
                        row.origin = rows.origin(number);
                        rows.message(row)?;
                    }
                    Err(time) => rows.refuse(number, "messages", &id, NO_TIME, Some(time))?,
                }
            }
            Err(error) => {
                rows.refuse(number, "lines", "", NOT_A_RECORD, Some(error.to_string()))?;
            }
        }
    }
    Ok(())
}

/// Files that are put together keep the first lines of each.
fn header(text: &str, number: u64) -> Result<(), Stopped> {
    match serde_json::from_str::<Record>(text) {
        Ok(Record::Haggle(header)) if header.version == VERSION => Ok(()),
        Ok(Record::Haggle(header)) => Err(Stopped::Failed(format!(
            "line {number}: version {} of the format; this Haggle reads version {VERSION}",
            header.version
        ))),
        _ => Err(Stopped::Failed(format!(
            "line {number}: the first line must be {{\"type\":\"haggle\",\"version\":{VERSION}}}"
        ))),
    }
}
