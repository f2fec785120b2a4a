//! Text as a search compares it: without case, accents and the points of vowels, with the marks of
//! a keyboard for those of a typesetter, and without the spaces that some people write inside a
//! name in Chinese or Japanese, or around the sign between two measures. Storage has the same in
//! its own language; this one is the model's.

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
            '\u{2018}'..='\u{201B}' | '\u{2B9}' | '\u{2BB}' | '\u{2BC}' | '\u{2032}' => {
                folded.push('\'');
            }
            '\u{201C}'..='\u{201F}' => folded.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            c => folded.push(c),
        }
    }
    without_optional_spaces(&folded)
}

/// "M10 × 60" and "M10 x 60" are the size "M10x60", "中村 由紀" is "中村由紀".
fn without_optional_spaces(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        if *c != ' ' {
            kept.push(if *c == '×' { 'x' } else { *c });
            at += 1;
            continue;
        }
        // Spaces in a row are all written, or none of them.
        let end = at + chars[at..].iter().take_while(|c| **c == ' ').count();
        let before = chars[..at].last().copied();
        let after = chars.get(end).copied();
        if !is_optional(&chars, at, before, after) {
            kept.extend(&chars[at..end]);
        }
        at = end;
    }
    kept
}

/// Whether the spaces that begin there may as well not be written, by what stands before and after them.
fn is_optional(chars: &[char], at: usize, before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return before == Some('×') || after == Some('×');
    };
    let is_sign = before == '×' || after == '×';
    let is_together = is_written_together(before) && is_written_together(after);
    is_sign || is_together || is_beside_x(chars, at)
}

/// An x between two digits, with spaces on either side or not.
fn is_beside_x(chars: &[char], at: usize) -> bool {
    let is_space = |c: &char| *c == ' ';
    let start = at - chars[..at].iter().rev().take_while(|c| is_space(c)).count();
    let end = at + chars[at..].iter().take_while(|c| is_space(c)).count();
    let digit_before = |place: usize| {
        let before = chars[..place].iter().rev().find(|c| !is_space(c));
        before.is_some_and(char::is_ascii_digit)
    };
    let digit_after = |place: usize| {
        let after = chars[place..].iter().find(|c| !is_space(c));
        after.is_some_and(char::is_ascii_digit)
    };
    let x_after = chars.get(end) == Some(&'x') && digit_before(start) && digit_after(end + 1);
    let x_before =
        start > 0 && chars[start - 1] == 'x' && digit_before(start - 1) && digit_after(end);
    x_after || x_before
}

/// Scripts that set no spaces between words: Chinese and Japanese.
fn is_written_together(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
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
            ("za’atar", "Za'atar"),
            ("l‘offre", "L'Offre"),
            ("2–3 weeks", "2-3 weeks"),
            ("“oak”", "\"oak\""),
            ("M10 × 60", "m10x60"),
            ("M10×60", "m10 ×60"),
            ("M10 x 60 X 4", "m10x60x4"),
            ("中村 由紀", "中村由紀"),
            ("中村　由紀", "中村由紀"),
            ("田中 ひろし", "田中ひろし"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        for (one, other) in [
            ("か", "が"),
            ("漢字", "汉字"),
            ("กี", "กา"),
            ("oak table", "oaktable"),
            ("中村 co", "中村co"),
            ("4 xl", "4xl"),
        ] {
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
