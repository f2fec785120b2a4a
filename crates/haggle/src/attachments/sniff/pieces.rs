//! Parts of a file, of bounded size.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

/// Bytes in which a file says what it is.
pub const HEAD: u64 = 4_096;
/// Bytes behind which an end mark is not looked for.
pub const TAIL: u64 = 66_000;
/// Bytes of a long text that are looked at together.
pub const PIECE: usize = 64 << 10;

/// At most this many bytes from here; fewer where the file ends.
pub fn at(file: &mut File, from: u64, count: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub fn tail(file: &mut File) -> io::Result<Vec<u8>> {
    let size = file.metadata()?.len();
    at(file, size.saturating_sub(TAIL), TAIL)
}

pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
