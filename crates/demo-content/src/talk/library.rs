//! All scripts, by language.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::script::{Scene, parse};
use crate::language::{
    Arabic, Chinese, English, French, German, Italian, Japanese, Language, Portuguese, Spanish,
    Turkish,
};

/// A place among all scenes, the same for as long as the program runs.
pub(super) type SceneNumber = usize;

/// All scenes of all languages.
pub(super) struct Library {
    scenes: Vec<Scene>,
    by_name: HashMap<(Language, &'static str), Vec<SceneNumber>>,
}

pub(super) fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(read);
    &LIBRARY
}

fn read() -> Library {
    let scripts = [
        (
            English,
            include_str!("../../../../demo/source/scripts/english/opening.txt"),
        ),
        (
            English,
            include_str!("../../../../demo/source/scripts/english/price.txt"),
        ),
        (
            English,
            include_str!("../../../../demo/source/scripts/english/order.txt"),
        ),
        (
            English,
            include_str!("../../../../demo/source/scripts/english/delivery.txt"),
        ),
        (
            English,
            include_str!("../../../../demo/source/scripts/english/trouble.txt"),
        ),
        (
            English,
            include_str!("../../../../demo/source/scripts/english/company.txt"),
        ),
        (
            English,
            include_str!("../../../../demo/source/scripts/english/support.txt"),
        ),
        (
            German,
            include_str!("../../../../demo/source/scripts/languages/german.txt"),
        ),
        (
            French,
            include_str!("../../../../demo/source/scripts/languages/french.txt"),
        ),
        (
            Spanish,
            include_str!("../../../../demo/source/scripts/languages/spanish.txt"),
        ),
        (
            Italian,
            include_str!("../../../../demo/source/scripts/languages/italian.txt"),
        ),
        (
            Portuguese,
            include_str!("../../../../demo/source/scripts/languages/portuguese.txt"),
        ),
        (
            Turkish,
            include_str!("../../../../demo/source/scripts/languages/turkish.txt"),
        ),
        (
            Chinese,
            include_str!("../../../../demo/source/scripts/languages/chinese.txt"),
        ),
        (
            Japanese,
            include_str!("../../../../demo/source/scripts/languages/japanese.txt"),
        ),
        (
            Arabic,
            include_str!("../../../../demo/source/scripts/languages/arabic.txt"),
        ),
    ];
    let mut library = Library {
        scenes: Vec::new(),
        by_name: HashMap::new(),
    };
    for (language, script) in scripts {
        for scene in parse(script) {
            let variants = library.by_name.entry((language, scene.name)).or_default();
            variants.push(library.scenes.len());
            library.scenes.push(scene);
        }
    }
    library
}

impl Library {
    pub(super) fn scene(&self, number: SceneNumber) -> &Scene {
        &self.scenes[number]
    }

    /// The variants of a scene in a language; none if nobody wrote one.
    pub(super) fn variants(&self, language: Language, name: &'static str) -> &[SceneNumber] {
        self.by_name
            .get(&(language, name))
            .map_or(&[], Vec::as_slice)
    }

    #[cfg(test)]
    pub(super) fn all(&self) -> &[Scene] {
        &self.scenes
    }
}
