use proptest::prelude::*;

use super::{Piece, Wanted, words_of};

fn wanted(text: &str) -> Wanted {
    Wanted::parse(text).expect("enough to look for")
}

fn says(text: &str, query: &str) -> bool {
    wanted(query).find(text).is_some()
}

/// Whether an index of its words leads to a text.
fn leads(text: &str, query: &str) -> bool {
    let words = words_of(text);
    let terms = wanted(query).terms();
    terms.iter().all(|term| {
        let mut words = words.iter();
        words.any(|word| *word == term.text || term.is_prefix && word.starts_with(&term.text))
    })
}

#[test]
fn words_are_found_in_any_script() {
    for (text, query) in [
        ("Could you quote 500 pieces?", "quote"),
        ("Could you quote 500 pieces?", "QUO piec"),
        ("The order PO-5221 is late", "PO-5221"),
        ("The order PO-5221 is late", "po-52"),
        ("The order PO–5221 is late", "5221"),
        ("Screws M8 × 40, zinc", "M8x40"),
        ("Screws M8x40, zinc", "m8 x 40"),
        ("Größe XL", "grosse"),
        ("Crème brûlée", "CREME BRU"),
        ("Договор поставки", "ДОГОВОР"),
        ("αθήνας", "ΑΘΗΝΑΣ"),
        ("مُحَمَّد", "محمد"),
        ("आपका आदेश", "आदेश"),
        ("商品の見積もりをお願いします", "見積"),
        ("商品の見積もりをお願いします", "積"),
        ("中村 由紀", "中村由紀"),
        ("สวัสดีครับ", "ครับ"),
        ("주문 번호 12", "번호"),
        ("주문번호 12", "번호"),
        ("C++ and C#", "c++"),
        ("v1.2.3-beta", "v1.2"),
        ("write to a@b.example", "a@b.ex"),
        ("漢字ABC", "abc"),
        ("quote.pdf", "quote.pdf"),
    ] {
        assert!(says(text, query), "{text}: {query}");
        assert!(leads(text, query), "{text}: {query}");
    }
    for (text, query) in [
        ("Could you quote", "ote"),
        ("M8x40", "40"),
        ("PO-5221", "PO5221"),
        ("漢字", "汉字"),
        ("one", "one two"),
    ] {
        assert!(!says(text, query), "{text}: {query}");
    }
}

#[test]
fn too_little_is_refused() {
    for little in ["", " ", "a", "é", "?!", "漢".repeat(0).as_str(), "--", "👍"] {
        assert!(Wanted::parse(little).is_err(), "{little}");
    }
    for enough in ["ab", "漢", "7 8", "a1", "a-", "가"] {
        assert!(Wanted::parse(enough).is_ok(), "{enough}");
    }
}

fn snippet(text: &str, query: &str) -> Vec<(String, bool)> {
    let pieces = wanted(query).snippet(text).into_iter();
    pieces
        .map(|Piece { text, is_match }| (text, is_match))
        .collect()
}

#[test]
fn a_snippet_shows_what_matched_as_it_was_written() {
    let piece = |text: &str, is_match| (text.to_owned(), is_match);
    assert_eq!(
        snippet("Größe M8 × 40, bitte", "m8x40 GROSSE"),
        [
            piece("Größe", true),
            piece(" ", false),
            piece("M8 × 40", true),
            piece(", bitte", false)
        ]
    );
    let long = format!("{} needle {}", "hay ".repeat(100), "hay ".repeat(100));
    let shown = snippet(&long, "needle");
    assert_eq!(shown[0], piece("…", false));
    assert!(shown.contains(&piece("needle", true)));
    let length: usize = shown.iter().map(|(text, _)| text.chars().count()).sum();
    assert!(length <= 202, "{length}");
}

proptest! {
    #[test]
    fn whatever_is_found_is_led_to_and_shown(
        text in "[a-zé漢字かก0-9 .×xM-]{0,40}",
        query in "[a-zé漢字かก0-9 .×xM-]{1,6}",
    ) {
        if let Ok(wanted) = Wanted::parse(&query)
            && let Some(found) = wanted.find(&text)
        {
            prop_assert!(leads(&text, &query), "{:?} {:?}", text, query);
            for range in found {
                prop_assert!(text.get(range).is_some());
            }
            let shown = wanted.snippet(&text);
            prop_assert!(shown.iter().any(|piece| piece.is_match));
            let whole: String = shown.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(whole, text);
        }
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>(), query in any::<String>()) {
        words_of(&text);
        if let Ok(wanted) = Wanted::parse(&query) {
            wanted.find(&text);
            wanted.snippet(&text);
        }
    }
}
