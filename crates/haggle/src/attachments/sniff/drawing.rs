//! Drawings that are text: DXF and STEP. What writes them puts blank lines and comments before
//! the words that say what they are, and sometimes UTF-16.

use std::io;

use chat::media_type::{FORMATS, Signature};

use super::{
    found::{Found, plain},
    pieces::contains,
};
use crate::attachments::Refused;

/// Whether a text that begins so is a drawing, and whether its end is there. `None`: it is none.
pub fn kind(head: &str, tail: &[u8]) -> Option<Found> {
    let head = &unix_lines(head);
    let tail = tail.iter().filter(|byte| **byte != 0);
    // Letters outside ASCII do not matter here, and UTF-16 leaves the others as they are.
    let tail = &unix_lines(&String::from_utf8_lossy(&tail.copied().collect::<Vec<_>>()));
    FORMATS.iter().find_map(|format| {
        let is_whole = match format.signature {
            Signature::Lines { first, end, .. } if begins_with_lines(head, first) => {
                tail.lines().any(|line| line.trim() == end)
            }
            Signature::Clauses { first, end } if clause(head, first) => {
                let mut ends = tail.match_indices(end);
                ends.any(|(at, _)| clause(&tail[at..], end))
            }
            _ => return None,
        };
        Some(if is_whole {
            Ok(plain(format.kind))
        } else {
            Err(Refused::Broken)
        })
    })
}

/// A DXF that is no text.
pub fn binary(
    head: &[u8],
    tail: impl FnOnce() -> io::Result<Vec<u8>>,
) -> io::Result<Option<Found>> {
    for format in FORMATS {
        if let Signature::Lines {
            binary: [first, last],
            ..
        } = format.signature
            && head.starts_with(first)
        {
            let is_whole = contains(&tail()?, last);
            let found = is_whole.then(|| plain(format.kind));
            return Ok(Some(found.ok_or(Refused::Broken)));
        }
    }
    Ok(None)
}

/// With the ends of lines that Unix has, whichever the text has.
fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn skip_blank(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Behind blank lines, and comments as DXF has them: a line `999`, and one with the words.
fn begins_with_lines(head: &str, first: &[&str]) -> bool {
    let mut rest = skip_blank(head);
    while let Some(("999", words)) = line(rest) {
        let Some((_, behind)) = line(words) else {
            return false;
        };
        rest = skip_blank(behind);
    }
    first.iter().all(|wanted| {
        let Some((found, behind)) = line(rest) else {
            return false;
        };
        rest = behind;
        found == *wanted
    })
}

/// The first line, and what comes behind it.
fn line(text: &str) -> Option<(&str, &str)> {
    if text.is_empty() {
        return None;
    }
    let (line, behind) = text.split_once('\n').unwrap_or((text, ""));
    Some((line.trim(), behind))
}

/// These words and a semicolon. Blanks and comments stand where they like.
fn clause(text: &str, words: &str) -> bool {
    let behind = skip_comments(text).strip_prefix(words);
    behind.is_some_and(|behind| skip_comments(behind).starts_with(';'))
}

/// A comment that does not end is left.
fn skip_comments(text: &str) -> &str {
    let mut rest = skip_blank(text);
    while let Some(comment) = rest.strip_prefix("/*")
        && let Some((_, behind)) = comment.split_once("*/")
    {
        rest = skip_blank(behind);
    }
    rest
}

#[cfg(test)]
mod tests {
    use chat::media_type::MediaType;

    use super::kind;
    use crate::attachments::Refused;

    fn drawing(text: &str) -> Option<Result<MediaType, Refused>> {
        kind(text, text.as_bytes()).map(|found| found.map(|found| found.kind))
    }

    #[test]
    fn words_that_stand_elsewhere_are_no_drawing() {
        for text in [
            "ISO-10303-21 is a standard;",
            "see ISO-10303-21;",
            "/* ISO-10303-21; END-ISO-10303-21;",
            "ISO-10303-214;",
            "0\nSECTIONS\n0\nEOF",
            "999\n0\nSECTION",
            "0 SECTION\nEOF",
            "",
        ] {
            assert_eq!(drawing(text), None, "{text}");
        }
        for cut in [
            "ISO-10303-21;\nHEADER;\n/* END-ISO-10303-21",
            "ISO-10303-21;\nEND-ISO-10303-21 /* and no more",
            "0\nSECTION\n0\nEO",
            "0\nSECTION\n1\nEOF is not yet\n",
        ] {
            assert_eq!(drawing(cut), Some(Err(Refused::Broken)), "{cut}");
        }
    }
}
