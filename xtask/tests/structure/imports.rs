//! Which file names something of which other file of its crate. A name that a file only passes on
//! (`pub use`) counts as a name of the file where it comes from.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Crate, children};

#[derive(Default)]
pub struct Imports {
    edges: BTreeMap<String, BTreeSet<String>>,
}

/// A path as it is written, and the name that it gets.
struct Path {
    segments: Vec<String>,
    name: String,
    is_passed_on: bool,
}

impl Imports {
    pub fn of(source: &Crate) -> Self {
        let files: BTreeMap<_, _> = source
            .files
            .iter()
            .map(|(module, tokens)| (module.as_str(), paths(tokens)))
            .collect();
        let mut imports = Self::default();
        for (module, paths) in &files {
            for path in paths.iter().filter(|path| !path.is_passed_on) {
                if let Some(target) = resolve(&files, module, &path.segments, 0)
                    && target != *module
                {
                    let targets = imports.edges.entry((*module).to_owned()).or_default();
                    targets.insert(target);
                }
            }
        }
        imports
    }

    pub fn edges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.edges
            .iter()
            .flat_map(|(from, targets)| targets.iter().map(move |to| (&**from, &**to)))
    }

    /// Leaves out what files import of those that declare them.
    pub fn forget_parents(&mut self) {
        for (from, targets) in &mut self.edges {
            targets.retain(|to| {
                let is_root = to == "lib" || to == "main";
                !is_root && !from.starts_with(&format!("{to}::"))
            });
        }
    }

    /// Groups of files of which each reaches the others.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let reached: BTreeMap<_, _> = self
            .edges
            .keys()
            .map(|from| (from, self.reached(from)))
            .collect();
        let mut groups = BTreeSet::new();
        for (from, targets) in &reached {
            let group: Vec<_> = targets
                .iter()
                .filter(|to| reached.get(to).is_some_and(|back| back.contains(*from)))
                .cloned()
                .collect();
            if group.len() > 1 {
                groups.insert(group);
            }
        }
        groups.into_iter().collect()
    }

    fn reached(&self, from: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut left = vec![from];
        while let Some(file) = left.pop() {
            for to in self.edges.get(file).into_iter().flatten() {
                if reached.insert(to.clone()) {
                    left.push(to);
                }
            }
        }
        reached
    }
}

/// The file in which the last name of a path is at home; `None`: not in this crate.
fn resolve(
    files: &BTreeMap<&str, Vec<Path>>,
    module: &str,
    segments: &[String],
    depth: usize,
) -> Option<String> {
    assert!(depth < 9, "{module} passes names on in a circle");
    let root = files
        .keys()
        .find(|file| **file == "lib")
        .or(files.keys().find(|file| **file == "main"))?;
    let mut at: Vec<&str> = match module {
        "lib" | "main" => Vec::new(),
        _ => module.split("::").collect(),
    };
    let mut rest = segments;
    loop {
        match rest.first().map(String::as_str) {
            Some("crate") => at.clear(),
            Some("self") => {}
            Some("super") => drop(at.pop()),
            _ => break,
        }
        rest = &rest[1..];
    }
    let file = |at: &[&str]| match at {
        [] => (*root).to_owned(),
        _ => at.join("::"),
    };
    while let Some(next) = rest.first() {
        at.push(next);
        if !files.contains_key(&*file(&at)) {
            at.pop();
            break;
        }
        rest = &rest[1..];
    }
    let home = file(&at);
    let passed = files
        .get(&*home)?
        .iter()
        .find(|path| path.is_passed_on && rest.first().is_some_and(|name| *name == path.name));
    match passed {
        Some(path) => resolve(files, &home, &path.segments, depth + 1),
        None => Some(home),
    }
}

/// Every path of a file that begins in this crate.
fn paths(tokens: &[String]) -> Vec<Path> {
    let own = children(&tokens.to_vec());
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_start = at == 0 || tokens[at - 1] != "::";
        let leads_on = tokens.get(at + 1).is_some_and(|next| next == "::");
        let word = &*tokens[at];
        let is_ours =
            ["crate", "self", "super"].contains(&word) || own.iter().any(|own| own == word);
        if is_start && leads_on && is_ours {
            let before = &tokens[..at];
            let is_passed_on = is_pub_use(before);
            at = tree(tokens, at, &mut Vec::new(), is_passed_on, &mut paths);
        } else {
            at += 1;
        }
    }
    paths
}

/// `pub use`, `pub(crate) use`.
fn is_pub_use(before: &[String]) -> bool {
    match before {
        [.., visible, word] if word == "use" => visible == "pub" || visible == ")",
        _ => false,
    }
}

/// Reads a tree of paths and returns where it ends.
fn tree(
    tokens: &[String],
    mut at: usize,
    prefix: &mut Vec<String>,
    is_passed_on: bool,
    paths: &mut Vec<Path>,
) -> usize {
    let before = prefix.len();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = tree(tokens, at, prefix, is_passed_on, paths);
                    if tokens.get(at).is_some_and(|token| token == ",") {
                        at += 1;
                    }
                }
                at += 1;
                break;
            }
            Some(word) => {
                // `{self, …}` is the module itself.
                if word != "self" || prefix.is_empty() {
                    prefix.push(word.to_owned());
                }
                at += 1;
            }
            None => break,
        }
        if tokens.get(at).is_some_and(|token| token == "::") {
            at += 1;
            continue;
        }
        let mut name = prefix.last().cloned().unwrap_or_default();
        if tokens.get(at).is_some_and(|token| token == "as") {
            name = tokens.get(at + 1).cloned().unwrap_or_default();
            at += 2;
        }
        paths.push(Path {
            segments: prefix.clone(),
            name,
            is_passed_on,
        });
        break;
    }
    prefix.truncate(before);
    at
}
