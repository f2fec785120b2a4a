//! What happens between two people: which scenes follow each other, in which variant.

use std::collections::HashMap;

use super::ConversationKind;
use super::deal::by_road;
use super::library::{SceneNumber, library};
use super::plan::Outline;
use crate::language::{English, Language};
use crate::random::Random;

/// How far two people have come, by what happened between them. `delivery` stands for the way
/// that the goods take.
const FINISHED: [&[&str]; 9] = [
    &["inquiry", "quote", "lost"],
    &["inquiry", "spec", "quote", "counter", "lost"],
    &[
        "inquiry",
        "quote",
        "counter",
        "order",
        "production",
        "delivery",
        "arrival",
    ],
    &[
        "inquiry",
        "spec",
        "quote",
        "counter",
        "sample",
        "order",
        "production",
        "delivery",
        "arrival",
        "reorder",
    ],
    &[
        "inquiry",
        "quote",
        "counter",
        "terms",
        "order",
        "delivery",
        "docs",
        "complaint",
    ],
    &[
        "inquiry",
        "spec",
        "quote",
        "sample",
        "order",
        "production",
        "delivery",
        "complaint",
        "reorder",
    ],
    &[
        "reorder",
        "production",
        "delivery",
        "arrival",
        "price_rise",
        "smalltalk",
    ],
    &[
        "inquiry",
        "spec",
        "quote",
        "terms",
        "order",
        "smalltalk",
        "delivery",
        "arrival",
        "visit",
    ],
    &[
        "inquiry",
        "quote",
        "counter",
        "sample",
        "order",
        "production",
        "delivery",
        "arrival",
        "smalltalk",
        "reorder",
    ],
];
const UNDER_WAY: [&[&str]; 11] = [
    &["inquiry", "spec", "quote", "counter", "sample", "terms"],
    &["inquiry", "quote", "counter", "order", "production"],
    &[
        "inquiry",
        "spec",
        "quote",
        "counter",
        "terms",
        "order",
        "production",
        "urgent",
    ],
    &["reorder", "order", "production", "delivery"],
    &[
        "inquiry",
        "quote",
        "sample",
        "order",
        "delivery",
        "complaint",
    ],
    &[
        "inquiry",
        "spec",
        "quote",
        "counter",
        "order",
        "delivery",
        "arrival",
        "price_rise",
    ],
    &[
        "inquiry",
        "quote",
        "counter",
        "sample",
        "order",
        "production",
        "delivery",
        "arrival",
        "reorder",
        "urgent",
    ],
    &[
        "reorder",
        "delivery",
        "arrival",
        "smalltalk",
        "reorder",
        "production",
    ],
    &["inquiry", "spec", "quote", "visit", "counter", "order"],
    &[
        "inquiry",
        "quote",
        "counter",
        "order",
        "docs",
        "delivery",
        "complaint",
    ],
    &[
        "order",
        "production",
        "delivery",
        "arrival",
        "reorder",
        "smalltalk",
        "urgent",
    ],
];
const BEGUN: [&[&str]; 6] = [
    &["inquiry"],
    &["inquiry", "spec"],
    &["inquiry", "quote"],
    &["inquiry", "spec", "quote"],
    &["inquiry", "quote", "counter"],
    &["inquiry", "spec", "quote", "counter"],
];

/// How often a scene was played, and by whom: the same people should not say the same thing twice.
#[derive(Debug, Default)]
pub(super) struct Stage {
    played: HashMap<SceneNumber, u32>,
    heard: HashMap<(&'static str, SceneNumber), u32>,
    told: usize,
}

/// What a conversation consists of, from its beginning.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) language: Language,
    pub(super) scenes: Vec<SceneNumber>,
}

impl Stage {
    /// The story of a conversation in which `days` have passed since the last message.
    pub(super) fn tell(
        &mut self,
        outline: &Outline,
        days: i64,
        mediated: bool,
        random: &mut Random,
    ) -> Story {
        let language = language(outline);
        let names = self.names(outline, days, mediated, random);
        let mut scenes = Vec::new();
        for name in names {
            // Not every language has every scene; the story goes on without it.
            if let Some(scene) = self.choose(outline, language, name, &scenes, random) {
                scenes.push(scene);
            }
        }
        Story { language, scenes }
    }

    fn names(
        &mut self,
        outline: &Outline,
        days: i64,
        mediated: bool,
        random: &mut Random,
    ) -> Vec<&'static str> {
        self.told += 1;
        match (outline.kind, outline.party.supplier) {
            (ConversationKind::BuyerAdmin, _) => vec!["approach"],
            (ConversationKind::Support, _) if outline.party.admin.is_none() => vec!["waiting"],
            (ConversationKind::BuyerSupplier, Some(supplier)) => {
                let way = if by_road(outline.party.buyer, supplier) {
                    "road"
                } else {
                    "sea"
                };
                let storyline = if mediated {
                    FINISHED[4]
                } else if days > 25 {
                    FINISHED[self.told % FINISHED.len()]
                } else if random.chance(22) {
                    BEGUN[self.told % BEGUN.len()]
                } else {
                    UNDER_WAY[self.told % UNDER_WAY.len()]
                };
                let last = mediated.then_some("mediation");
                let named = |name: &&'static str| match (*name, outline.goods.category) {
                    ("delivery", _) => Some(way),
                    // Nobody sends a conveyor to try.
                    ("sample", "Machines" | "Furniture") => None,
                    ("sample", "Food" | "Coffee and cocoa") => Some("tasting"),
                    (name, _) => Some(name),
                };
                storyline.iter().filter_map(named).chain(last).collect()
            }
            _ => vec!["support"],
        }
    }

    /// The variant of a scene that these people, and then everybody, have heard least often.
    fn choose(
        &mut self,
        outline: &Outline,
        language: Language,
        name: &'static str,
        already: &[SceneNumber],
        random: &mut Random,
    ) -> Option<SceneNumber> {
        let party = outline.party;
        let partners = [Some(party.buyer), party.supplier, party.admin];
        let people: Vec<&'static str> = partners
            .into_iter()
            .flatten()
            .map(|profile| profile.person.id)
            .collect();
        let tired = |scene: &SceneNumber| {
            let heard: u32 = people
                .iter()
                .map(|person| self.heard.get(&(*person, *scene)).copied().unwrap_or(0))
                .sum();
            let played = self.played.get(scene).copied().unwrap_or(0);
            (heard * 10 + played * 3, random.next())
        };
        let variants = library().variants(language, name).iter().copied();
        let fresh = variants.filter(|scene| !already.contains(scene));
        let chosen = fresh.min_by_key(tired)?;
        *self.played.entry(chosen).or_default() += 1;
        for person in people {
            *self.heard.entry((person, chosen)).or_default() += 1;
        }
        Some(chosen)
    }
}

/// The language of a conversation. The marketplace answers in English where it has no script.
fn language(outline: &Outline) -> Language {
    let buyer = outline.party.buyer;
    let Some(other) = outline.party.supplier.or(outline.party.admin) else {
        return English;
    };
    let common = Language::common(buyer.speaks, other.speaks);
    let name = match outline.kind {
        ConversationKind::BuyerSupplier => "inquiry",
        ConversationKind::BuyerAdmin => "approach",
        ConversationKind::Support => "support",
    };
    if library().variants(common, name).is_empty() { English } else { common }
}
