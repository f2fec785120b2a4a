//! Text in any common encoding: an ASCII-compatible one with bytes of one or several for each
//! letter, or UTF-16. Every one of them leaves out most of the control characters, which a
//! file of another kind cannot avoid for long.

mod utf16;

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

use chat::attachment::Charset;

use super::pieces::{HEAD, PIECE, at};

/// Beginnings of files that are no text although they may have no control characters.
const FOREIGN: &[&[u8]] = &[
    b"\xff\xd8",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
];

pub struct Text {
    pub charset: Option<Charset>,
    /// Its beginning. Letters outside ASCII may be wrong where the charset is not known.
    pub head: String,
}

/// `None`: it is no text. Reads all of it in pieces.
pub fn text(file: &mut File) -> io::Result<Option<Text>> {
    let head = at(file, 0, HEAD)?;
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
}

impl Controls {
    /// `false`: no text has this.
    fn accept(&mut self, piece: &[u8]) -> bool {
        piece.iter().all(|byte| self.accept_byte(*byte))
    }

    fn accept_byte(&mut self, byte: u8) -> bool {
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
            0x00..0x20 | 0x7f => return false,
            _ => {}
        }
        true
    }
}
