//! Text in any common encoding: an ASCII-compatible one with bytes of one or several for each
//! letter, or UTF-16. Every one of them leaves out NUL, DEL and some more control characters, which
//! a file of another kind cannot avoid for long. Those that scanners, tills and terminals frame
//! their data with are few among what they frame.

mod utf16;

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

use chat::attachment::Charset;

use super::pieces::{PIECE, at};

/// Beginnings of files that are no text although they may have no control characters.
const FOREIGN: &[&[u8]] = &[
    b"\xff\xd8",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"7z\xbc\xaf\x27\x1c",
];

pub struct Text {
    pub charset: Option<Charset>,
    /// Its beginning. Letters outside ASCII may be wrong where the charset is not known.
    pub head: String,
}

/// `None`: it is no text. Reads all of it in pieces.
pub fn text(file: &mut File) -> io::Result<Option<Text>> {
    // What makes drawings puts long comments before them.
    let head = at(file, 0, PIECE as u64)?;
    if let Some(order) = utf16::marked(&head) {
        let is_text = utf16::survey(file, order)?.is_text_with_mark();
        return Ok(is_text.then(|| Text {
            charset: Some(Charset::Utf16),
            head: utf16::decode(&head, order),
        }));
    }
    if FOREIGN.iter().any(|foreign| head.starts_with(foreign)) {
        return Ok(None);
    }
    if let Some(Bytewise { is_utf8 }) = bytewise(file)? {
        let charset = is_utf8.then_some(Charset::Utf8);
        let head = String::from_utf8_lossy(&head).into_owned();
        return Ok(Some(Text { charset, head }));
    }
    for (order, charset) in utf16::ORDERS {
        if utf16::survey(file, order)?.is_text() {
            return Ok(Some(Text {
                charset: Some(charset),
                head: utf16::decode(&head, order),
            }));
        }
    }
    Ok(None)
}

/// Letters of one byte or several.
struct Bytewise {
    is_utf8: bool,
}

/// `None`: there are bytes that no text has.
fn bytewise(file: &mut File) -> io::Result<Option<Bytewise>> {
    file.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; PIECE];
    let mut controls = Controls::default();
    let (mut rest, mut is_utf8) = (0, true);
    loop {
        let read = file.read(&mut buffer[rest..])?;
        if !controls.accept(&buffer[rest..rest + read]) {
            return Ok(None);
        }
        let whole = rest + read;
        if read == 0 {
            // A last letter that was cut off changes nothing for the others.
            break;
        }
        let (valid, is_cut) = match std::str::from_utf8(&buffer[..whole]) {
            Ok(_) => (whole, false),
            Err(error) => (error.valid_up_to(), error.error_len().is_none()),
        };
        is_utf8 &= valid == whole || is_cut;
        rest = if is_utf8 { whole - valid } else { 0 };
        buffer.copy_within(valid..valid + rest, 0);
    }
    if !controls.are_few(is_utf8) {
        return Ok(None);
    }
    let is_utf8 = is_utf8 && !controls.has_shifted;
    Ok(Some(Bytewise { is_utf8 }))
}

/// The control characters seen so far.
#[derive(Default)]
struct Controls {
    is_escaped: bool,
    /// A sequence of ISO 2022 chose another set of letters: the rest only looks like ASCII.
    has_shifted: bool,
    /// The mark that ends a file of CP/M and DOS was there.
    is_over: bool,
    /// All bytes, and those of them that frame others.
    bytes: u64,
    frames: u64,
}

impl Controls {
    /// `false`: no text has this.
    fn accept(&mut self, piece: &[u8]) -> bool {
        piece.iter().all(|byte| self.accept_byte(*byte))
    }

    /// A code of one letter may be framed by two. Without the structure of UTF-8 it takes more
    /// letters to tell a text by.
    fn are_few(&self, is_utf8: bool) -> bool {
        if is_utf8 {
            self.frames * 3 <= self.bytes * 2
        } else {
            self.frames * 16 <= self.bytes
        }
    }

    fn accept_byte(&mut self, byte: u8) -> bool {
        self.bytes += 1;
        if self.is_over && byte != 0x1a {
            return false;
        }
        if std::mem::take(&mut self.is_escaped) {
            self.has_shifted |= matches!(byte, b'$' | b'(');
            return matches!(byte, 0x20..0x7f);
        }
        match byte {
            0x1b => self.is_escaped = true,
            0x1a => self.is_over = true,
            0x0e | 0x0f => return self.has_shifted,
            // Bell, backspace, tab, the ends of lines and pages.
            0x07..=0x0d => {}
            // The beginning and end of what a scanner reads, of a transmission and its blocks, what
            // a line answers, and what parts the fields of a GS1 code.
            0x01..=0x06 | 0x10..=0x17 | 0x1c..=0x1f => self.frames += 1,
            0x00..0x20 | 0x7f => return false,
            _ => {}
        }
        true
    }
}
