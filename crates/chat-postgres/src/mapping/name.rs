//! Names of tables in the settings, and names and texts in SQL.

/// PostgreSQL cuts longer names off.
const LONGEST: usize = 63;

/// A table, with its schema where one is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableName {
    pub schema: Option<String>,
    pub name: String,
}

impl TableName {
    /// `users`, `shop.users`, `"My Users"`, `shop."My Users"`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        loop {
            let (part, after) = part(rest).ok_or("is not a name of a table")?;
            parts.push(part);
            match after.strip_prefix('.') {
                Some(after) => rest = after,
                None if after.is_empty() => break,
                None => return Err("is not a name of a table".to_owned()),
            }
        }
        let name = parts.pop().unwrap_or_default();
        let schema = parts.pop();
        if parts.is_empty() {
            Ok(Self { schema, name })
        } else {
            Err("is not a name of a table, with at most its schema before it".to_owned())
        }
    }
}

/// The first part of a name, and what follows it.
fn part(text: &str) -> Option<(String, &str)> {
    let found = if let Some(inside) = text.strip_prefix('"') {
        quoted_part(inside)?
    } else {
        let end = text.find('.').unwrap_or(text.len());
        let (name, after) = text.split_at(end);
        super::expression::is_plain(name).then(|| (name.to_owned(), after))?
    };
    let is_name = !found.0.is_empty() && found.0.len() <= LONGEST && !found.0.contains('\0');
    is_name.then_some(found)
}

/// Up to the quote that closes it; two quotes are one of the name.
fn quoted_part(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some((name, after)),
        }
    }
}

/// A name as SQL has it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL has it.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::TableName;

    #[test]
    fn names_of_tables_may_have_a_schema_and_quotes() {
        for (text, schema, name) in [
            ("users", None, "users"),
            ("User", None, "User"),
            ("shop.users", Some("shop"), "users"),
            (r#""My Users""#, None, "My Users"),
            (r#"shop."a.""b""#, Some("shop"), r#"a."b"#),
        ] {
            let expected = TableName {
                schema: schema.map(str::to_owned),
                name: name.to_owned(),
            };
            assert_eq!(TableName::parse(text), Ok(expected), "{text}");
        }
        for wrong in [
            "",
            "a.b.c",
            "users; drop table users",
            "1st",
            "a.",
            r#""a"#,
            r#""a"b"#,
        ] {
            assert!(TableName::parse(wrong).is_err(), "{wrong}");
        }
    }
}
