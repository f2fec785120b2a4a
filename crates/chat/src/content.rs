//! Content is plain text. It is cleaned, not escaped: what is stored, parsed as HTML, contains
//! no element and no comment, and everything that people can see in it is still there.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::limits::PREVIEW_CHARS;

/// [`plain`], then [`without_markup`]. Cleaning twice changes nothing.
pub fn clean(raw: &str) -> String {
    without_markup(plain(raw))
}

/// Without control characters and bidirectional overrides, in NFC, trimmed. The characters of a
/// message are counted here.
pub fn plain(raw: &str) -> String {
    nfc(visible(raw)).trim().to_owned()
}

/// Puts a space behind every `<` that would begin markup for the tokenizer of the HTML standard
/// (13.2.5.6): one that a letter, `/`, `!` or `?` follows directly. NFC must come before, since it
/// makes the letter K of U+212A.
pub fn without_markup(plain: String) -> String {
    let begins = |after: u8| after.is_ascii_alphabetic() || matches!(after, b'/' | b'!' | b'?');
    let is_markup = |pair: &[u8]| pair[0] == b'<' && begins(pair[1]);
    let found = plain.as_bytes().windows(2).filter(|pair| is_markup(pair));
    let spaces = found.count();
    if spaces == 0 {
        return plain;
    }
    let mut apart = String::with_capacity(plain.len() + spaces);
    let mut rest = plain.as_str();
    while let Some(at) = rest.as_bytes().windows(2).position(is_markup) {
        let (before, after) = rest.split_at(at + 1);
        apart.push_str(before);
        apart.push(' ');
        rest = after;
    }
    apart.push_str(rest);
    apart
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
    let line = without_markup(line);
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

#[cfg(test)]
mod tests {
    use html5ever::{parse_document, tendril::TendrilSink};
    use markup5ever_rcdom::{Handle, NodeData, RcDom};
    use proptest::prelude::*;

    use unicode_normalization::UnicodeNormalization;

    use super::{clean, is_bidi_override, preview};

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
    fn nothing_that_people_see_is_taken_out() {
        for (raw, cleaned) in [
            (
                "if x<y then ship 500 pieces",
                "if x< y then ship 500 pieces",
            ),
            (
                "Target price <EUR 5 per set, 300 sets, to <warehouse 3>",
                "Target price < EUR 5 per set, 300 sets, to < warehouse 3>",
            ),
            ("see <https://a.example/b>", "see < https://a.example/b>"),
            ("<https://a.example/b>", "< https://a.example/b>"),
            (
                "Anna <anna@a.example>, Ben <ben@b.example>",
                "Anna < anna@a.example>, Ben < ben@b.example>",
            ),
            ("<script>alert(1)</script>", "< script>alert(1)< /script>"),
            ("a <!-- hidden --> b", "a < !-- hidden --> b"),
            ("<?php 1 ?>", "< ?php 1 ?>"),
            ("<<b>b>x", "<< b>b>x"),
            ("1 </", "1 < /"),
            ("<\0b>x", "< b>x"),
            ("<\u{202E}b>x", "< b>x"),
            ("<\u{212A}>", "< K>"),
        ] {
            assert_eq!(clean(raw), cleaned);
        }
    }

    #[test]
    fn what_starts_no_markup_is_unchanged() {
        for text in [
            "M8 < M10 && \"5 > 3\"",
            "<3",
            "size <5mm",
            "a <- b",
            "<ü>",
            "x < y",
            "5 <\nb",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn a_preview_holds_the_same_rule() {
        assert_eq!(preview("<b"), "< b");
        let cut = format!("{}<b>", "x".repeat(198));
        assert!(!preview(&clean(&cut)).contains("<b"));
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

        #[test]
        fn every_visible_character_arrives_in_its_order(raw in pieces()) {
            let seen = |text: &str| -> String {
                let shown = text.chars().filter(|c| !c.is_control() && !is_bidi_override(*c));
                shown.nfc().filter(|c| !c.is_whitespace()).collect()
            };
            prop_assert_eq!(seen(&clean(&raw)), seen(&raw));
        }

        #[test]
        fn previews_hold_no_markup_either(raw in pieces(), before in 190..205_usize) {
            let preview = preview(&clean(&format!("{}{raw}", "x".repeat(before))));
            prop_assert!(!holds_markup(&preview), "{raw:?} became {preview:?}");
            prop_assert!(preview.chars().count() <= 200);
        }
    }
}
