//! Whether a text can stand between parentheses in the SQL of a view and stay there. What it means
//! is PostgreSQL's to judge.

const MOST_CHARACTERS: usize = 2_000;

/// A name that needs no quotes, whatever its case.
pub(crate) fn is_plain(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    first.is_some_and(|letter| letter.is_alphabetic() || letter == '_')
        && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '$'))
}

/// Of a name, a keyword or a number, as PostgreSQL reads them without quotes.
fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || !letter.is_ascii()
}

/// The reason why not reads on after the name of the setting.
pub(super) fn check(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("is empty".to_owned());
    }
    if text.chars().count() > MOST_CHARACTERS {
        return Err(format!("is longer than {MOST_CHARACTERS} characters"));
    }
    if text.contains('\0') {
        return Err("contains a NUL".to_owned());
    }
    let mut reader = Reader {
        rest: text,
        before: None,
        open: Vec::new(),
    };
    while !reader.rest.is_empty() {
        reader.step()?;
    }
    match reader.open.last() {
        Some(open) => Err(format!("has a {open} that is not closed")),
        None => Ok(()),
    }
}

struct Reader<'a> {
    rest: &'a str,
    /// The character before the rest, where it was outside of quotes.
    before: Option<char>,
    /// Parentheses and brackets that wait to be closed.
    open: Vec<char>,
}

impl Reader<'_> {
    fn step(&mut self) -> Result<(), String> {
        let rest = self.rest;
        if rest.starts_with("--") || rest.starts_with("/*") {
            return Err("contains a comment".to_owned());
        }
        let letter = rest.chars().next().unwrap_or_default();
        match letter {
            ';' => return Err("contains a semicolon: it is one expression".to_owned()),
            ',' if self.open.is_empty() => {
                return Err("has a comma outside of parentheses: it is one expression".to_owned());
            }
            '(' | '[' => self.open.push(letter),
            ')' | ']' => {
                let opening = if letter == ')' { '(' } else { '[' };
                if self.open.pop() != Some(opening) {
                    return Err(format!("has a {letter} that nothing opens"));
                }
            }
            '"' => return self.quote("\"", false),
            '\'' => {
                let has_escapes = self.is_escape_string();
                return self.quote("'", has_escapes);
            }
            '$' => return self.dollar(),
            letter if is_part(letter) => {
                self.word();
                return Ok(());
            }
            _ => {}
        }
        self.skip(letter.len_utf8());
        Ok(())
    }

    /// A name, a keyword or a number: a `$` in it begins nothing.
    fn word(&mut self) {
        let end = self.rest.find(|letter| !(is_part(letter) || letter == '$'));
        let word = &self.rest[..end.unwrap_or(self.rest.len())];
        // Only a lone E says that the string behind it has escapes.
        let is_e = word.eq_ignore_ascii_case("e");
        self.rest = &self.rest[word.len()..];
        self.before = Some(if is_e { 'E' } else { '_' });
    }

    fn is_escape_string(&self) -> bool {
        self.before == Some('E')
    }

    fn skip(&mut self, bytes: usize) {
        self.before = self.rest[..bytes].chars().next_back();
        self.rest = &self.rest[bytes..];
    }

    fn quote(&mut self, mark: &str, has_escapes: bool) -> Result<(), String> {
        let mut inside = self.rest[1..].char_indices();
        while let Some((at, letter)) = inside.next() {
            if letter == '\\' && has_escapes {
                inside.next();
            } else if mark.starts_with(letter) {
                // A doubled one closes and opens again, which comes to the same.
                self.rest = &self.rest[1 + at + 1..];
                self.before = None;
                if has_escapes && self.rest.starts_with('\'') {
                    self.before = Some('E');
                }
                return if has_escapes {
                    self.continued()
                } else {
                    Ok(())
                };
            }
        }
        Err(format!("has a {mark} that is not closed"))
    }

    /// A string behind a line break goes on with the one before, and with its escapes.
    fn continued(&mut self) -> Result<(), String> {
        let after = self.rest.trim_start();
        let gap = &self.rest[..self.rest.len() - after.len()];
        if after.starts_with('\'') && gap.contains(['\n', '\r']) {
            self.rest = after;
            return self.quote("'", true);
        }
        Ok(())
    }

    /// `$$text$$` or `$tag$text$tag$`; `$1` is a parameter.
    fn dollar(&mut self) -> Result<(), String> {
        let inside = &self.rest[1..];
        let Some(end) = inside.find('$') else {
            return Err("contains a $".to_owned());
        };
        let tag = &self.rest[..end + 2];
        let name = &inside[..end];
        if !(name.is_empty() || is_plain(name)) {
            return Err("contains a $".to_owned());
        }
        let text = &self.rest[tag.len()..];
        let Some(close) = text.find(tag) else {
            return Err(format!("has a {tag} that is not closed"));
        };
        self.rest = &text[close + tag.len()..];
        self.before = None;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn an_expression_is_columns_calls_casts_and_texts() {
        for text in [
            "name",
            "firstName",
            "images[1]",
            "photos->>0",
            "order",
            "display-name",
            "a$b",
            r#""odd ) name;""#,
            "coalesce(nullif(company_name, ''), concat_ws(' ', first_name, last_name))",
            "coalesce(is_active, true) and deleted_at is null",
            "status = 'active'",
            "id::text",
            "'it''s; (' || name",
            r"E'it\'s (' || name",
            r"regexp_replace(name, '\s+$', '')",
            "$$a ' ( b$$ || name",
            "$x$ $$ ; $x$ || name",
            "E'a'\n'\\', name || '",
            "E'a''\\', (' || name",
            "case when a then b else c end",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_would_not_stay_in_its_parentheses_is_refused() {
        for (text, reason) in [
            ("", "is empty"),
            ("id; drop table users", "semicolon"),
            ("id) from users where (true", "nothing opens"),
            ("coalesce(name", "not closed"),
            ("images[1)", "nothing opens"),
            ("id -- ", "comment"),
            ("id /* ", "comment"),
            ("id, name", "comma"),
            ("name || 'x", "not closed"),
            (r"E'\' || name", "not closed"),
            (r"'\', name || '", "comma"),
            ("E'a'\n'\\', name", "not closed"),
            ("é$x$, ) $x$", "comma"),
            ("\"name", "not closed"),
            ("$$name", "not closed"),
            ("$1", "contains a $"),
            ("nul\0", "NUL"),
        ] {
            let refused = check(text).unwrap_err();
            assert!(refused.contains(reason), "{text}: {refused}");
        }
        assert!(check(&"x".repeat(2_001)).is_err());
    }
}
