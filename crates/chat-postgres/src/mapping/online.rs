//! The host's columns that say who is online.

use std::fmt;

use super::name::{TableName, quoted};

/// Columns of the users' table that are kept as presence is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Online {
    pub(crate) flag: String,
    pub(crate) last_seen: Option<String>,
}

impl Online {
    /// `is_online`, or `is_online, last_seen`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let column = |part: &str| {
            let name = TableName::parse(part.trim()).ok();
            let name = name.filter(|name| name.schema.is_none());
            name.map(|name| name.name)
        };
        let mut parts = text.split(',').map(column);
        match (parts.next().flatten(), parts.next(), parts.next()) {
            (Some(flag), None, None) => Ok(Self {
                flag,
                last_seen: None,
            }),
            (Some(flag), Some(Some(last_seen)), None) if last_seen != flag => Ok(Self {
                flag,
                last_seen: Some(last_seen),
            }),
            _ => {
                Err("is not two columns like `is_online, last_seen`, or the first alone".to_owned())
            }
        }
    }

    /// Of all columns of the table those that are meant: as they are named, or in lower case, as SQL would
    /// have it.
    pub(crate) fn columns<'a>(&'a self, all: &'a [String]) -> impl Iterator<Item = String> {
        let named = std::iter::once(&self.flag).chain(&self.last_seen);
        named.map(|name| {
            let lower = name.to_lowercase();
            let known = |wanted: &str| all.iter().find(|known| *known == wanted);
            known(name)
                .or_else(|| known(&lower))
                .unwrap_or(name)
                .clone()
        })
    }
}

impl fmt::Display for Online {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quoted(&self.flag))?;
        match &self.last_seen {
            Some(last_seen) => write!(f, ", {}", quoted(last_seen)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Online;

    #[test]
    fn one_or_two_columns_are_named() {
        let both = Online::parse(r#"isOnline, "last seen""#).unwrap();
        assert_eq!(both.flag, "isOnline");
        assert_eq!(both.last_seen.as_deref(), Some("last seen"));
        assert_eq!(Online::parse("is_online").unwrap().last_seen, None);
        for wrong in ["", "a, b, c", "a,", "a, a", "u.a, b", "a = true"] {
            assert!(Online::parse(wrong).is_err(), "{wrong}");
        }
    }
}
