//! UTF-16 in both orders, with and without the mark that tells which.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use chat::attachment::Charset;

use crate::attachments::sniff::pieces::PIECE;

/// Turns two bytes into a unit.
pub type Order = fn([u8; 2]) -> u16;

pub const ORDERS: [(Order, Charset); 2] = [
    (u16::from_le_bytes, Charset::Utf16le),
    (u16::from_be_bytes, Charset::Utf16be),
];

/// The order that a mark at the beginning tells.
pub fn marked(head: &[u8]) -> Option<Order> {
    match head {
        [0xff, 0xfe, ..] => Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] => Some(u16::from_be_bytes),
        _ => None,
    }
}

pub fn decode(bytes: &[u8], order: Order) -> String {
    let units = bytes.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
    let letters = char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}'));
    letters.collect()
}

/// What the units of a file are, read in one order.
#[derive(Default)]
pub struct Survey {
    units: u64,
    /// Control characters, half pairs, and what is no character.
    wrong: u64,
    /// Outside the blocks that people write in.
    unusual: u64,
    /// Bell, backspace, and control characters that frame others.
    frames: u64,
    /// Both bytes are letters of ASCII: perhaps it is not UTF-16.
    double: u64,
    is_cut: bool,
    high: Option<u16>,
}

/// Reads all of it in pieces.
pub fn survey(file: &mut File, order: Order) -> io::Result<Survey> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::with_capacity(PIECE, file);
    let mut survey = Survey::default();
    let mut pair = [0; 2];
    loop {
        match reader.read(&mut pair)? {
            0 => break,
            1 if reader.read(&mut pair[1..])? == 0 => {
                survey.is_cut = true;
                break;
            }
            _ => survey.note(order(pair), pair),
        }
        if survey.wrong > 0 {
            break;
        }
    }
    survey.is_cut |= survey.high.is_some();
    Ok(survey)
}

impl Survey {
    fn note(&mut self, unit: u16, pair: [u8; 2]) {
        let is_first = self.units == 0;
        self.units += 1;
        self.double += u64::from(pair.iter().all(u8::is_ascii_graphic));
        match (self.high.take(), unit) {
            (None, 0xd800..=0xdbff) => self.high = Some(unit),
            (Some(_), 0xdc00..=0xdfff) => {}
            (Some(_), _) | (None, 0xdc00..=0xdfff) => self.wrong += 1,
            (None, 0xfeff) if is_first => {}
            (None, unit) => self.note_letter(unit),
        }
    }

    fn note_letter(&mut self, unit: u16) {
        match unit {
            // The ends of lines and pages, escapes, the end of a file.
            0x09..=0x0d | 0x1a | 0x1b | 0x85
            // Latin to Hebrew, Arabic, the scripts of India, Thai, Georgian, Hangul.
            | 0x20..0x7f | 0xa0..0x0750 | 0x0900..0x0e80 | 0x10a0..0x1200 | 0x1e00..0x2000
            // Punctuation, currencies, arrows, mathematics, boxes.
            | 0x2000..0x2800
            // Kana, the common ideographs, Hangul, and forms for display.
            | 0x3000..0x3400 | 0x4e00..0xa000 | 0xac00..0xd7a4 | 0xf900..0xfdd0 | 0xfdf0..0xfff0 => {}
            0x01..=0x08 | 0x10..=0x17 | 0x1c..=0x1f => self.frames += 1,
            0x00..0x20 | 0x7f..0xa0 | 0xfdd0..=0xfdef | 0xfffe.. => self.wrong += 1,
            _ => self.unusual += 1,
        }
    }

    /// The mark says that it is UTF-16, and all of it is.
    pub fn is_text_with_mark(&self) -> bool {
        self.wrong == 0 && self.frames * 3 <= self.units * 2
    }

    /// Without a mark it has to look like something that people write.
    pub fn is_text(&self) -> bool {
        let is_whole = self.units > 0 && self.wrong == 0 && self.frames == 0 && !self.is_cut;
        let is_usual = self.unusual * 50 <= self.units;
        let is_single = self.double * 5 <= self.units * 2;
        is_whole && is_usual && is_single
    }
}

#[cfg(test)]
mod tests {
    use super::{Survey, decode};

    #[test]
    fn units_are_read_in_their_order() {
        assert_eq!(decode(b"a\0\x22\x6f\0", u16::from_le_bytes), "a漢");
        assert_eq!(decode(b"\0a\xd8", u16::from_be_bytes), "a");
        let mut survey = Survey::default();
        for unit in [0xd83d_u16, 0xde00, 0x20] {
            survey.note(unit, unit.to_le_bytes());
        }
        assert!(survey.is_text_with_mark());
    }
}
