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
    "offer.made",
    "offer.accepted",
    "offer.declined",
    "offer.withdrawn",
    "offer.countered",
    "offer.expired",
    "report.created",
    "report.answered",
    "report.dismissed",
    "report.reopened",
];

/// All that somebody can want: types, families (`offer.*`), and `*`.
pub fn possible() -> Vec<String> {
    let mut all = vec![EVERYTHING.to_owned()];
    for name in TYPES {
        let family = name.split('.').next().unwrap_or_default();
        let family = format!("{family}.{EVERYTHING}");
        if !all.contains(&family) {
            all.push(family);
        }
        all.push((*name).to_owned());
    }
    all
}

/// Whether somebody can want this: a type, all of a family (`offer.*`), or `*`.
pub fn is_possible(wanted: &str) -> bool {
    possible().iter().any(|possible| possible == wanted)
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
    use super::{EVERYTHING, Filter, TYPES, is_possible, possible};

    #[test]
    fn every_family_stands_once_before_its_types() {
        let all = possible();
        assert_eq!(all[0], EVERYTHING);
        assert_eq!(all[1..3], ["message.*", "message.created"]);
        let families = all.iter().filter(|name| name.ends_with(".*"));
        assert_eq!(families.count(), 7);
        assert_eq!(all.len(), TYPES.len() + 8);
    }

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
            "offer.refused",
            "report.",
            "report.read",
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
