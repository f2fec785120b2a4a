//! PDF (ISO 32000-1), also behind what printers and mail programs write before it.

use std::{fs::File, io};

use chat::media_type::MediaType;

use super::{
    found::{Found, plain},
    pieces::{contains, tail},
};
use crate::attachments::Refused;

/// Bytes in which the header stands (annex H), and its version behind them.
const HEAD: usize = 1_024 + 3;

/// `None`: it is none. A text that only speaks of PDF has no end as one has.
pub fn kind(file: &mut File, head: &[u8]) -> io::Result<Option<Found>> {
    let mark = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if mark.trim_ascii_start().starts_with(b"%PDF-") {
        return Ok(Some(whole(&tail(file)?)));
    }
    let Some(at) = header(&head[..head.len().min(HEAD)]) else {
        return Ok(None);
    };
    let tail = tail(file)?;
    let is_in_words = at > 0 && matches!(head[at - 1], b' '..=b'~');
    // One that was cut off still has objects behind its header.
    let has_objects = !is_in_words && contains(&head[at..], b" obj");
    Ok((ends(&tail) || has_objects).then(|| whole(&tail)))
}

/// Where the header with its version stands.
fn header(near: &[u8]) -> Option<usize> {
    near.windows(8).position(|window| {
        let version = window.strip_prefix(b"%PDF-");
        version.is_some_and(|version| {
            version[0].is_ascii_digit() && version[1] == b'.' && version[2].is_ascii_digit()
        })
    })
}

fn whole(tail: &[u8]) -> Found {
    if contains(tail, b"%%EOF") {
        Ok(plain(MediaType::Pdf))
    } else {
        Err(Refused::Broken)
    }
}

/// Where the table of objects stands, and the mark of the end.
fn ends(tail: &[u8]) -> bool {
    const START: &[u8] = b"startxref";
    let mut starts = tail.windows(START.len()).enumerate();
    starts.any(|(at, window)| {
        if window != START {
            return false;
        }
        let place = tail[at + START.len()..].trim_ascii_start();
        let digits = place.iter().take_while(|byte| byte.is_ascii_digit());
        let digits = digits.count();
        digits > 0 && place[digits..].trim_ascii_start().starts_with(b"%%EOF")
    })
}
