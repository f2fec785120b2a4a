//! The host's roles as ours.

use std::{collections::BTreeMap, fmt};

use chat::person::Role;

use super::name::literal;

/// By the host's own word, exactly as it stands in its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles(BTreeMap<String, Role>);

impl Default for Roles {
    fn default() -> Self {
        Self(
            Role::ALL
                .map(|role| (role.as_str().to_owned(), role))
                .into(),
        )
    }
}

impl Roles {
    /// `buyer=buyer, vendor=supplier, staff=admin`. Of the host's roles several may be one of ours.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut roles = BTreeMap::new();
        for pair in text.split(',').map(str::trim) {
            let form = || format!("has {pair:?}, which is not a pair like vendor=supplier");
            let (theirs, ours) = pair.rsplit_once('=').ok_or_else(form)?;
            let (theirs, ours) = (theirs.trim(), ours.trim());
            if theirs.is_empty() {
                return Err(form());
            }
            let role = Role::parse(ours).ok_or_else(|| {
                format!("has {pair:?}, and {ours:?} is none of buyer, supplier, admin")
            })?;
            match roles.insert(theirs.to_owned(), role) {
                Some(other) if other != role => {
                    return Err(format!(
                        "makes {theirs:?} both {} and {ours}",
                        other.as_str()
                    ));
                }
                _ => {}
            }
        }
        Ok(Self(roles))
    }

    pub(crate) fn of(&self, theirs: &str) -> Option<Role> {
        self.0.get(theirs).copied()
    }

    /// What follows `case … ` up to its end.
    pub(crate) fn branches(&self) -> String {
        let branch = |(theirs, ours): (&String, &Role)| {
            format!("when {} then {}", literal(theirs), literal(ours.as_str()))
        };
        self.0.iter().map(branch).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self
            .0
            .iter()
            .map(|(theirs, ours)| format!("{theirs}={}", ours.as_str()));
        f.write_str(&pairs.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use chat::person::Role;

    use super::Roles;

    #[test]
    fn several_words_of_the_host_are_one_role_of_ours() {
        let roles =
            Roles::parse("buyer=buyer, vendor=supplier,seller = supplier, Head of x=y=admin");
        let roles = roles.unwrap();
        assert_eq!(roles.of("seller"), Some(Role::Supplier));
        assert_eq!(roles.of("Head of x=y"), Some(Role::Admin));
        assert_eq!((roles.of("Buyer"), roles.of("supplier")), (None, None));
    }

    #[test]
    fn a_pair_that_says_nothing_is_refused_in_words() {
        for (text, expected) in [
            ("vendor", "not a pair like vendor=supplier"),
            ("", "not a pair"),
            ("=admin", "not a pair"),
            ("a=buyer,", "not a pair"),
            ("staff=administrator", "none of buyer, supplier, admin"),
            ("staff=Admin", "none of buyer, supplier, admin"),
            ("a=buyer, a=admin", "makes \"a\" both buyer and admin"),
        ] {
            let refused = Roles::parse(text).unwrap_err();
            assert!(refused.contains(expected), "{text}: {refused}");
        }
    }

    #[test]
    fn a_quote_in_a_role_stays_in_its_text() {
        let roles = Roles::parse("it's=admin").unwrap();
        assert_eq!(roles.branches(), "when 'it''s' then 'admin'");
    }
}
