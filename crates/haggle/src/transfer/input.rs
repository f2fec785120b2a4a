//! Files that are read, one after the other, and lines of bounded length.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

/// A longer line is none that anybody wrote.
pub const LINE_BYTES: usize = 4 << 20;
const PIECE: usize = 64 << 10;

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// The files that these paths name: themselves, and what is in folders, in the order of the names.
pub fn files(paths: &[PathBuf], endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.as_os_str() != STANDARD_INPUT && named(path, fs::metadata(path))?.is_dir() {
            let before = files.len();
            folder(path, endings, &mut files)?;
            if files.len() == before {
                let wanted = endings.join(", ");
                let what = format!("{}: holds no file that ends in {wanted}", path.display());
                return Err(io::Error::new(io::ErrorKind::NotFound, what));
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn folder(path: &Path, endings: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries: io::Result<Vec<_>> = named(path, fs::read_dir(path))?.collect();
    let mut entries: Vec<_> = named(path, entries)?
        .iter()
        .map(fs::DirEntry::path)
        .collect();
    entries.sort();
    for entry in entries {
        let kind = named(&entry, fs::symlink_metadata(&entry))?;
        let ending = entry.extension().and_then(|ending| ending.to_str());
        let is_wanted = ending.is_some_and(|ending| {
            endings
                .iter()
                .any(|wanted| ending.eq_ignore_ascii_case(wanted))
        });
        if kind.is_dir() {
            folder(&entry, endings, files)?;
        } else if is_wanted {
            files.push(entry);
        }
    }
    Ok(())
}

/// A mark of the order of bytes at the beginning is none of the content.
pub fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut reader: Box<dyn BufRead> = if path.as_os_str() == STANDARD_INPUT {
        Box::new(BufReader::with_capacity(PIECE, io::stdin()))
    } else {
        let file = named(path, File::open(path))?;
        Box::new(BufReader::with_capacity(PIECE, file))
    };
    let begin = named(path, reader.fill_buf())?;
    if begin.starts_with(b"PK\x03\x04") {
        let what = format!(
            "{}: is a ZIP; unpack it and name the folder",
            path.display()
        );
        return Err(io::Error::new(io::ErrorKind::InvalidData, what));
    }
    if begin.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    Ok(reader)
}

/// The error with the file's name before it.
pub fn named<T>(path: &Path, done: io::Result<T>) -> io::Result<T> {
    done.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// One line of a file.
pub enum Line {
    Text(String),
    /// Why it cannot be read.
    Bad(&'static str),
}

/// The next line without its end; `None`: that was all.
pub fn line(reader: &mut dyn BufRead, bytes: &mut Vec<u8>) -> io::Result<Option<Line>> {
    bytes.clear();
    let most = u64::try_from(LINE_BYTES).unwrap_or(u64::MAX);
    if Read::take(&mut *reader, most).read_until(b'\n', bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    } else if bytes.len() == LINE_BYTES {
        reader.skip_until(b'\n')?;
        return Ok(Some(Line::Bad("the line is longer than 4 MB")));
    }
    Ok(Some(match std::str::from_utf8(bytes) {
        Ok(text) => Line::Text(text.to_owned()),
        Err(_) => Line::Bad("the line is not UTF-8: save the file in that encoding"),
    }))
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::{LINE_BYTES, Line, line};

    #[test]
    fn a_line_is_one_whatever_its_end_and_its_length() {
        let mut bytes = b"a\r\n\nb\xff\n".to_vec();
        bytes.resize(bytes.len() + LINE_BYTES + 1, b'x');
        bytes.extend_from_slice(b"\nlast");
        let mut reader = BufReader::new(&*bytes);
        let mut read = Vec::new();
        let mut buffer = Vec::new();
        while let Some(line) = line(&mut reader, &mut buffer).unwrap() {
            read.push(match line {
                Line::Text(text) => text,
                Line::Bad(why) => format!("! {}", why.split(':').next().unwrap()),
            });
        }
        assert_eq!(
            read,
            [
                "a",
                "",
                "! the line is not UTF-8",
                "! the line is longer than 4 MB",
                "last"
            ]
        );
    }
}
