//! CSV under the names of its first row.

use std::{collections::HashMap, io::BufRead};

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

/// What separates cells, as the first row tells.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A file of rows under names.
pub struct Table {
    reader: Reader<Box<dyn BufRead>>,
    columns: HashMap<String, usize>,
    names: Vec<String>,
    record: ByteRecord,
}

impl Table {
    /// Reads the first row.
    pub fn open(mut reader: Box<dyn BufRead>) -> Result<Self, String> {
        let begin = reader.fill_buf().map_err(|error| error.to_string())?;
        let first = begin
            .split(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        let count = |separator: &u8| memchr::memchr_iter(*separator, first).count();
        let separator = SEPARATORS
            .into_iter()
            .rev()
            .max_by_key(count)
            .unwrap_or(b',');
        // With CR and LF it would count the lines too late.
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .terminator(Terminator::Any(b'\n'))
            .flexible(true)
            .has_headers(false)
            .from_reader(reader);
        let mut record = ByteRecord::new();
        let read = reader.read_byte_record(&mut record);
        read.map_err(|error| format!("its first row cannot be read: {error}"))?;
        let header = cells(&record).map_err(|why| format!("its first row {why}"))?;
        let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let columns = names.iter().enumerate().map(|(at, name)| (plain(name), at));
        let columns: HashMap<_, _> = columns.collect();
        if columns.len() < names.len() {
            return Err("two columns have the same name".to_owned());
        }
        Ok(Self {
            reader,
            columns,
            names,
            record,
        })
    }

    /// Whatever case it is written in: `buyerId`, `buyer_id` and `BUYER_ID` are one.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.get(&plain(name)).copied()
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The next row that is not empty, and the line on which it begins.
    pub fn next_row(&mut self) -> Option<(u64, Result<Vec<String>, String>)> {
        loop {
            let line = self.reader.position().line();
            match self.reader.read_byte_record(&mut self.record) {
                Ok(false) => return None,
                Ok(true) => {}
                Err(error) => return Some((line, Err(error.to_string()))),
            }
            let line = self.record.position().map_or(line, csv::Position::line);
            let cells = match cells(&self.record) {
                Ok(cells) => cells,
                Err(why) => return Some((line, Err(why))),
            };
            let (count, wanted) = (cells.len(), self.names.len());
            if cells == [""] && wanted > 1 {
                continue;
            }
            if count != wanted {
                let why = format!("has {count} cells; the first row has {wanted}");
                return Some((line, Err(why)));
            }
            return Some((line, Ok(cells)));
        }
    }
}

fn cells(record: &ByteRecord) -> Result<Vec<String>, String> {
    let last = record.len().saturating_sub(1);
    let cells = record.iter().enumerate().map(|(at, cell)| {
        let cell = cell
            .strip_suffix(b"\r")
            .filter(|_| at == last)
            .unwrap_or(cell);
        String::from_utf8(cell.to_vec())
    });
    let cells: Result<_, _> = cells.collect();
    cells.map_err(|_| "is not UTF-8: save the file in that encoding".to_owned())
}

/// A name without case and without what separates its words.
pub fn plain(name: &str) -> String {
    name.replace(['_', ' ', '-'], "").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_have_names_whatever_separates_them() {
        for text in [
            "buyer_id,id\n1,2\n",
            "buyerId;ID\n1;2\n",
            "BUYER ID\tid\n1\t2\n",
        ] {
            let mut table = Table::open(Box::new(text.as_bytes())).unwrap();
            let (buyer, id) = (
                table.column("buyerId").unwrap(),
                table.column("id").unwrap(),
            );
            let (line, row) = table.next_row().unwrap();
            let row = row.unwrap();
            assert_eq!((line, &*row[buyer], &*row[id]), (2, "1", "2"), "{text}");
        }
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "1,\"x", "y\"", "3", "4,5", ""].join(end);
            let mut table = Table::open(Box::new(std::io::Cursor::new(text))).unwrap();
            let mut rows = Vec::new();
            while let Some((line, row)) = table.next_row() {
                rows.push((line, row.is_ok()));
            }
            assert_eq!(rows, [(2, true), (4, false), (5, true)], "{end:?}");
        }
    }

    #[test]
    fn a_row_of_another_length_is_told_with_its_line() {
        let mut table = Table::open(Box::new(&b"a,b\n1,\"x\ny\"\n3\n4,5\n"[..])).unwrap();
        assert_eq!(
            table.next_row().unwrap(),
            (2, Ok(vec!["1".into(), "x\ny".into()]))
        );
        let (line, row) = table.next_row().unwrap();
        assert_eq!(
            (line, row.unwrap_err().as_str()),
            (4, "has 1 cells; the first row has 2")
        );
        assert_eq!(
            table.next_row().unwrap(),
            (5, Ok(vec!["4".into(), "5".into()]))
        );
        assert!(table.next_row().is_none());
    }
}
