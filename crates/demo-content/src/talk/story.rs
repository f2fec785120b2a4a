//! What happens between two people: which scenes follow each other, in which variant.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::ConversationKind;
use super::deal::by_road;
use super::library::{SceneNumber, library};
use super::plan::Outline;
use crate::language::{English, Language};
use crate::people::Profile;
use crate::random::Random;
use crate::source;

/// The names of scenes, one after the other. `delivery` stands for the way that the goods take.
type Storyline = &'static str;

/// The storylines of the demo, by how far they have come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Storylines {
    finished: Vec<String>,
    under_way: Vec<String>,
    begun: Vec<String>,
    disputed: String,
}

fn storylines() -> &'static Storylines {
    static STORYLINES: LazyLock<Storylines> =
        LazyLock::new(|| source::parse(include_str!("../../../../demo/source/storylines.toml")));
    &STORYLINES
}

/// How often a scene was played, and by whom: the same people should not say the same thing twice.
#[derive(Debug, Default)]
pub(super) struct Stage {
    lived: BTreeMap<(&'static str, Storyline), u32>,
    played: BTreeMap<SceneNumber, u32>,
    heard: BTreeMap<(&'static str, SceneNumber), u32>,
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
        match (outline.kind, outline.party.supplier) {
            (ConversationKind::BuyerAdmin, _) => vec!["approach"],
            (ConversationKind::Support, _) if outline.party.admin.is_none() => vec!["waiting"],
            (ConversationKind::BuyerSupplier, Some(supplier)) => {
                let storylines = if mediated {
                    std::slice::from_ref(&storylines().disputed)
                } else if days > 25 {
                    &storylines().finished
                } else if random.chance(22) {
                    &storylines().begun
                } else {
                    &storylines().under_way
                };
                let storyline = self.choose_storyline(outline, storylines, random);
                // Somebody who has ordered often adds something.
                let ordered = storyline.contains("order");
                let adds = ordered && !mediated && days < 3 && random.chance(45);
                let last = adds.then_some("afterthought");
                let named = |name| suited(name, outline, supplier);
                storyline.split(' ').filter_map(named).chain(last).collect()
            }
            _ => vec!["support"],
        }
    }

    /// The storyline that these two have lived through least often.
    fn choose_storyline(
        &mut self,
        outline: &Outline,
        storylines: &'static [String],
        random: &mut Random,
    ) -> Storyline {
        let party = outline.party;
        let seats = [Some(party.buyer), party.supplier];
        let people = seats.into_iter().flatten().map(Profile::id);
        let tired = |storyline: &Storyline| {
            let lived = people
                .clone()
                .map(|person| self.lived.get(&(person, *storyline)));
            (lived.flatten().sum::<u32>(), random.next())
        };
        let chosen = storylines
            .iter()
            .map(String::as_str)
            .min_by_key(tired)
            .expect("there are storylines of every kind");
        for person in people {
            *self.lived.entry((person, chosen)).or_default() += 1;
        }
        chosen
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
        let people: Vec<&'static str> = partners.into_iter().flatten().map(Profile::id).collect();
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

/// The scene of a storyline that suits these goods and the way they take.
fn suited(name: &'static str, outline: &Outline, supplier: &Profile) -> Option<&'static str> {
    match (name, outline.goods.category.as_str()) {
        ("delivery", _) if by_road(outline.party.buyer, supplier) => Some("road"),
        ("delivery", _) => Some("sea"),
        // Nobody sends a conveyor to try.
        ("sample", "Machines" | "Furniture") => None,
        ("sample", "Food" | "Coffee and cocoa") if language(outline) == English => Some("tasting"),
        (name, _) => Some(name),
    }
}

/// The language of a conversation. The marketplace answers in English where it has no script.
fn language(outline: &Outline) -> Language {
    let buyer = outline.party.buyer;
    let Some(other) = outline.party.supplier.or(outline.party.admin) else {
        return English;
    };
    let common = Language::common(&buyer.speaks, &other.speaks);
    let name = match outline.kind {
        ConversationKind::BuyerSupplier => "inquiry",
        ConversationKind::BuyerAdmin => "approach",
        ConversationKind::Support => "support",
    };
    if library().variants(common, name).is_empty() {
        English
    } else {
        common
    }
}
