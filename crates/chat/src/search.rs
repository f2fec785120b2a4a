//! Text as a search compares it: without case, accents and the points of vowels. Storage has the
//! same in its own language; this one is the model's.

use unicode_normalization::UnicodeNormalization;

/// What must all be found, in any order.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

pub fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_accent(*c));
    let lower = plain.flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for c in lower.filter(|c| !is_accent(*c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŧ' => folded.push('t'),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

/// Marks that people leave out. Those without which a word is another one stay, as in Indic scripts,
/// Thai and Japanese.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5BD}' | '\u{5BF}'
        | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;

    #[test]
    fn case_and_accents_are_no_matter() {
        for (one, other) in [
            ("AMÉLIE", "amelie"),
            ("Großhandel", "GROSSHANDEL"),
            ("STRAẞE", "strasse"),
            ("ΑΘΗΝΑΣ", "αθήνας"),
            ("ГОСТ", "гост"),
            ("İSTANBUL", "istanbul"),
            ("Łódź", "lodz"),
            ("Ørsted Æbler", "orsted aebler"),
            ("ﬁx ＡＢＣ", "fix abc"),
            ("مُحَمَّد", "محمد"),
            ("Nguyễn", "nguyen"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        for (one, other) in [("か", "が"), ("漢字", "汉字"), ("กี", "กา")] {
            assert_ne!(fold(one), fold(other));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
