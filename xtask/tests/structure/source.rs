//! The files of a crate, by module path. What only tests see is left out.

use std::{collections::BTreeMap, fs, path::Path};

use crate::tokens::{Tokens, without_tests};

pub struct Crate {
    pub name: String,
    /// `ws::resume` to its words; the root is `lib` or `main`.
    pub files: BTreeMap<String, Tokens>,
}

impl Crate {
    pub fn read(path: &Path) -> Self {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut source = Self {
            name,
            files: BTreeMap::new(),
        };
        for root in ["lib", "main"] {
            let file = path.join("src").join(format!("{root}.rs"));
            if file.is_file() {
                source.add(&file, root, &path.join("src"), "");
            }
        }
        source
    }

    /// Adds a file and those that it declares with `mod`, which lie in this folder.
    fn add(&mut self, file: &Path, module: &str, folder: &Path, prefix: &str) {
        let text = fs::read_to_string(file).expect("a file of source");
        let tokens = without_tests(&text);
        let children = children(&tokens);
        self.files.insert(module.to_owned(), tokens);
        for child in children {
            let path = format!("{prefix}{child}");
            let inside = folder.join(&child);
            let file = [folder.join(format!("{child}.rs")), inside.join("mod.rs")]
                .into_iter()
                .find(|file| file.is_file());
            if let Some(file) = file {
                self.add(&file, &path, &inside, &format!("{path}::"));
            }
        }
    }
}

/// The modules that a file declares in files of their own.
pub fn children(tokens: &Tokens) -> Vec<String> {
    let declared = tokens.windows(3).filter_map(|tokens| match tokens {
        [word, name, end] if word == "mod" && end == ";" => Some(name.clone()),
        _ => None,
    });
    declared.collect()
}
