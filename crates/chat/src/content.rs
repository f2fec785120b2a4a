//! Content is plain text. It is cleaned, not escaped: what is left, parsed as
//! HTML, contains no element and no comment, and reads as it was written.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::limits::PREVIEW_CHARS;

/// Removes control characters and bidirectional overrides, normalises to NFC,
/// removes what an HTML parser would take for a tag or a comment, and trims.
///
/// Cleaning twice changes nothing.
pub fn clean(raw: &str) -> String {
    let visible = visible(raw);
    // NFC before the tags: U+212A becomes the letter K and may complete one.
    let untagged = without_tags(&nfc(visible));
    // Taking a tag away can bring a letter and its accent together.
    nfc(untagged).trim().to_owned()
}

/// One line of at most [`PREVIEW_CHARS`] characters.
pub fn preview(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > PREVIEW_CHARS * 4 {
            break;
        }
    }
    match line.char_indices().nth(PREVIEW_CHARS) {
        None => line,
        Some(_) => line.chars().take(PREVIEW_CHARS - 1).chain(['…']).collect(),
    }
}

fn visible(raw: &str) -> String {
    raw.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_bidi_override(*c)))
        .collect()
}

/// Embeddings, overrides and isolates; the plain marks U+200E, U+200F and U+061C stay.
fn is_bidi_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn nfc(text: String) -> String {
    if is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    }
}

/// Removes markup as the tokenizer of the HTML standard (13.2.5) sees it: `<` opens
/// it when a letter, `/`, `!` or `?` follows. What is kept before a removed piece is
/// held against what follows it, since `<<b>b>` must not become `<b>`.
///
/// So no `<` that is kept is ever followed by one of these.
fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if kept.ends_with('<')
            && let Some(end) = markup_end(rest)
        {
            kept.pop();
            rest = &rest[end..];
        } else {
            kept.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    kept
}

/// Where the markup ends whose `<` stands directly before `body`; `None` when it is
/// text. Unfinished markup ends with the text.
fn markup_end(body: &str) -> Option<usize> {
    match body.chars().next()? {
        first if first.is_ascii_alphabetic() => Some(tag_end(body)),
        '/' if body[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => Some(tag_end(body)),
        '!' if body.starts_with("!--") => Some(comment_end(body)),
        '/' | '!' | '?' => Some(body.find('>').map_or(body.len(), |at| at + 1)),
        _ => None,
    }
}

/// A quoted value may hold `>`.
fn tag_end(body: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, c) in body.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '>') => return at + 1,
            (None, '"' | '\'') if after_equals => {
                quote = Some(c);
                after_equals = false;
            }
            (None, '=') => after_equals = true,
            (None, _) => after_equals &= c.is_ascii_whitespace(),
        }
    }
    body.len()
}

/// `-->` and `--!>` end a comment; `<!-->` and `<!--->` are whole ones.
fn comment_end(body: &str) -> usize {
    let plain = body[1..].find("-->").map(|at| 1 + at + 3);
    let odd = body[3..].find("--!>").map(|at| 3 + at + 4);
    plain.into_iter().chain(odd).min().unwrap_or(body.len())
}

#[cfg(test)]
mod tests {
    use html5ever::{parse_document, tendril::TendrilSink};
    use markup5ever_rcdom::{Handle, NodeData, RcDom};
    use proptest::prelude::*;

    use super::{clean, preview};

    /// Whether an independent HTML parser finds anything but text.
    fn holds_markup(text: &str) -> bool {
        fn odd(node: &Handle) -> bool {
            let odd_here = match &node.data {
                NodeData::Element { name, .. } => !matches!(&*name.local, "html" | "head" | "body"),
                NodeData::Comment { .. }
                | NodeData::ProcessingInstruction { .. }
                | NodeData::Doctype { .. } => true,
                NodeData::Document | NodeData::Text { .. } => false,
            };
            odd_here || node.children.borrow().iter().any(odd)
        }
        odd(
            &parse_document(RcDom::default(), html5ever::ParseOpts::default())
                .one(text)
                .document,
        )
    }

    #[test]
    fn comparisons_survive_unchanged() {
        for text in [
            "M8 < M10 && \"5 > 3\"",
            "a<1",
            "1 <= 2",
            "x <- y",
            "<>",
            "<",
            "&lt;b&gt;",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn markup_goes_and_its_text_stays() {
        assert_eq!(clean("<b>bold</b> move"), "bold move");
        assert_eq!(clean("<script>alert(1)</script>"), "alert(1)");
        assert_eq!(clean("a <!-- hidden --> b"), "a  b");
        assert_eq!(clean("<a title=\"x > y\">link</a>"), "link");
        assert_eq!(clean("<<b>b>x"), "x");
        assert_eq!(clean("<<b></b>i>x"), "x");
        assert_eq!(clean("see <img src=x onerror=alert(1)"), "see");
        assert_eq!(clean("1 </"), "1");
        assert_eq!(clean("<\0b>x"), "x");
    }

    #[test]
    fn invisible_characters_go() {
        assert_eq!(clean("a\u{202E}b\u{0}c\u{7}d\u{9b}e"), "abcde");
        assert_eq!(clean("  a\r\nb\tc\rd  "), "a\nb\tc\nd");
        assert_eq!(clean("e\u{301}"), "\u{e9}");
        assert_eq!(clean(" \u{2067} \n"), "");
    }

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview("a\n\n b\tc"), "a b c");
        assert_eq!(preview(&"ü".repeat(500)).chars().count(), 200);
        assert_eq!(preview(&"ü".repeat(200)), "ü".repeat(200));
    }

    /// Text made of what tokenizers stumble over.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => proptest::sample::select(vec![
                "<", ">", "/", "!", "?", "-", "--", "<!--", "-->", "<b>", "</b>", "<script", "<svg/onload=",
                "\"", "'", "=", "a", "K", "\u{212A}", "\u{301}", "\u{338}", " ", "\n", "&lt;", "[CDATA[", "]]>",
                "\u{0}", "\u{202E}", "<plaintext>", "<textarea>",
            ]).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn nothing_but_text_is_left(raw in pieces()) {
            let cleaned = clean(&raw);
            prop_assert!(!holds_markup(&cleaned), "{raw:?} became {cleaned:?}");
            prop_assert_eq!(clean(&cleaned), cleaned);
        }
    }
}
