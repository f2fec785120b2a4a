//! The languages that the people of the demo write in.

/// A language with scripts of its own under `scripts/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Turkish,
    Chinese,
    Japanese,
    Arabic,
}

pub(crate) use Language::{
    Arabic, Chinese, English, French, German, Italian, Japanese, Portuguese, Spanish, Turkish,
};

impl Language {
    /// Position in tables with one column for each language.
    pub(crate) const fn column(self) -> usize {
        self as usize
    }

    /// What two people write to each other, given what each speaks, mother tongue first: the
    /// buyer's language if the other knows it, else the other's, else any they share.
    pub(crate) fn common(buyer: &[Self], other: &[Self]) -> Self {
        let buyers_own = buyer.first().filter(|own| other.contains(own));
        let others_own = other.first().filter(|own| buyer.contains(own));
        let shared = buyer.iter().find(|spoken| other.contains(spoken));
        *buyers_own.or(others_own).or(shared).unwrap_or(&English)
    }
}
