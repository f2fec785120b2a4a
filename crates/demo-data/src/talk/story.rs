//! What happens between two people: which scenes follow each other, in which variant.

use std::collections::BTreeMap;

use super::ConversationKind;
use super::deal::by_road;
use super::library::{SceneNumber, library};
use super::plan::Outline;
use crate::language::{English, Language};
use crate::people::Profile;
use crate::random::Random;

/// The names of scenes, one after the other. `delivery` stands for the way that the goods take.
type Storyline = &'static str;

/// What happened where the last message is old.
const FINISHED: [Storyline; 9] = [
    "inquiry quote lost",
    "inquiry spec quote counter lost",
    "inquiry quote counter order production delivery arrival",
    "inquiry spec quote counter sample order production delivery arrival reorder",
    "inquiry quote counter terms order delivery docs complaint",
    "inquiry spec quote sample order production delivery complaint reorder",
    "reorder production delivery arrival price_rise smalltalk",
    "inquiry spec quote terms order smalltalk delivery arrival visit",
    "inquiry quote counter sample order production delivery arrival smalltalk reorder",
];
/// What happens between people who have known each other for a while.
const UNDER_WAY: [Storyline; 11] = [
    "inquiry spec quote counter sample terms",
    "inquiry quote counter order production",
    "inquiry spec quote counter terms order production urgent",
    "reorder order production delivery",
    "inquiry quote sample order delivery complaint",
    "inquiry spec quote counter order delivery arrival price_rise",
    "inquiry quote counter sample order production delivery arrival reorder urgent",
    "reorder delivery arrival smalltalk reorder production",
    "inquiry spec quote visit counter order",
    "inquiry quote counter order docs delivery complaint",
    "order production delivery arrival reorder smalltalk urgent",
];
/// What happens between people who have just met.
const BEGUN: [Storyline; 6] = [
    "inquiry",
    "inquiry spec",
    "inquiry quote",
    "inquiry spec quote",
    "inquiry quote counter",
    "inquiry spec quote counter",
];
/// What ends in an argument that the marketplace settles.
const DISPUTED: Storyline = "inquiry quote counter order delivery dispute";

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
                let storylines: &[Storyline] = if mediated {
                    &[DISPUTED]
                } else if days > 25 {
                    &FINISHED
                } else if random.chance(22) {
                    &BEGUN
                } else {
                    &UNDER_WAY
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
        storylines: &[Storyline],
        random: &mut Random,
    ) -> Storyline {
        let party = outline.party;
        let seats = [Some(party.buyer), party.supplier];
        let people = seats.into_iter().flatten().map(|profile| profile.person.id);
        let tired = |storyline: &Storyline| {
            let lived = people
                .clone()
                .map(|person| self.lived.get(&(person, *storyline)));
            (lived.flatten().sum::<u32>(), random.next())
        };
        let chosen = storylines
            .iter()
            .copied()
            .min_by_key(tired)
            .unwrap_or(DISPUTED);
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

/// The scene of a storyline that suits these goods and the way they take.
fn suited(name: &'static str, outline: &Outline, supplier: &Profile) -> Option<&'static str> {
    match (name, outline.goods.category) {
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
    let common = Language::common(buyer.speaks, other.speaks);
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
