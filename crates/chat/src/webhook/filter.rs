//! Which events an endpoint wants.

/// Every event.
pub const EVERYTHING: &str = "*";

/// Every type by its name.
pub const TYPES: &[&str] = &[
    "message.created",
    "message.updated",
    "message.deleted",
    "conversation.created",
    "conversation.updated",
    "participant.joined",
    "participant.left",
    "read.moved",
    "user.erased",
];

/// Types that begin like this may be asked for before there are any.
const FAMILIES: &[&str] = &[
    "message",
    "conversation",
    "participant",
    "read",
    "user",
    "offer",
    "report",
];

/// Whether somebody can want this: a type, all of a family (`offer.*`), or `*`.
pub fn is_possible(wanted: &str) -> bool {
    wanted == EVERYTHING
        || TYPES.contains(&wanted)
        || wanted.split_once('.').is_some_and(|(family, name)| {
            let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
            FAMILIES.contains(&family)
                && (name == EVERYTHING
                    // Their types are not all known here.
                    || matches!(family, "offer" | "report") && !name.is_empty() && name.chars().all(is_name))
        })
}

/// What is wanted by one endpoint, or by all of them together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter(pub Vec<String>);

impl Filter {
    pub fn wants(&self, name: &str) -> bool {
        let family = name.split('.').next().unwrap_or_default();
        self.0.iter().any(|wanted| {
            wanted == EVERYTHING
                || wanted == name
                || wanted
                    .strip_suffix(".*")
                    .is_some_and(|wanted| wanted == family)
        })
    }

    /// Nobody wants anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Filter, is_possible};

    #[test]
    fn types_families_and_everything_can_be_wanted() {
        for right in [
            "*",
            "message.created",
            "offer.*",
            "offer.accepted",
            "report.*",
            "read.*",
        ] {
            assert!(is_possible(right), "{right}");
        }
        for wrong in [
            "",
            "message",
            "message.",
            "message.read",
            "offer.",
            "offer.A",
            "*.created",
            "**",
            "nothing.*",
            "message.created.twice",
        ] {
            assert!(!is_possible(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_filter_wants_what_it_names() {
        let filter = Filter(vec!["message.*".into(), "read.moved".into()]);
        for wanted in ["message.created", "message.deleted", "read.moved"] {
            assert!(filter.wants(wanted), "{wanted}");
        }
        for other in ["messages.created", "conversation.created", "read.other"] {
            assert!(!filter.wants(other), "{other}");
        }
        assert!(Filter(vec!["*".into()]).wants("offer.accepted"));
        assert!(!Filter::default().wants("message.created"));
    }
}
