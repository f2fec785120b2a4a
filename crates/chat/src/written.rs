//! What people write beside messages follows the same rule.

use crate::{
    content,
    error::{ChatError, Fields},
};

/// Cleaned, of at most so many characters; the field is named where there are more.
pub(crate) fn written(name: &'static str, most: usize, raw: &str) -> Result<String, ChatError> {
    let plain = content::plain(raw);
    if plain.chars().count() > most {
        let mut wrong = Fields::new();
        wrong.insert(name, format!("At most {most} characters"));
        return Err(ChatError::Invalid(wrong));
    }
    Ok(content::without_markup(plain))
}
