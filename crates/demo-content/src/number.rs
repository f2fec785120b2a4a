//! Numbers as each language writes them.

use crate::language::Language::{
    self, Arabic, Chinese, English, French, German, Italian, Japanese, Portuguese, Spanish, Turkish,
};

/// A whole number with the separators of a language.
pub(crate) fn grouped(number: i64, language: Language) -> String {
    let digits = number.to_string();
    let separator = match language {
        English | Chinese | Japanese | Arabic => ",",
        French => "\u{a0}",
        German | Spanish | Italian | Portuguese | Turkish => ".",
    };
    let mut text = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}
