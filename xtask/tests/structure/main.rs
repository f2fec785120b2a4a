//! The shape of the source: no files import each other in a circle, and the rooms of the server
//! import downwards only, in the order that ARCHITECTURE.md gives.

mod imports;
mod source;
mod tokens;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use imports::Imports;
use source::Crate;

/// Where the list of rooms begins and ends in ARCHITECTURE.md.
const ROOMS: (&str, &str) = ("<!-- rooms -->", "<!-- /rooms -->");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// In these no file imports one that imports it, directly or not.
const STRICT: [&str; 7] = [
    "haggle",
    "redis-link",
    "chat",
    "chat-postgres",
    "chat-testing",
    "cluster",
    "wire",
];
/// In these a file and the files that it declares count as one thing.
const LENIENT: [&str; 4] = ["bench", "chaos", "demo-content", "test-support"];

fn read(name: &str) -> Crate {
    Crate::read(&root().join("crates").join(name))
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut circles = Vec::new();
    for name in STRICT.into_iter().chain(LENIENT) {
        let source = read(name);
        let mut imports = Imports::of(&source);
        if LENIENT.contains(&name) {
            imports.forget_parents();
        }
        for circle in imports.circles() {
            circles.push(format!("{}: {}", source.name, circle.join(" ↔ ")));
        }
    }
    let count = circles.len();
    assert!(
        circles.is_empty(),
        "{count} circles:\n{}",
        circles.join("\n")
    );
}

#[test]
fn rooms_import_only_from_rooms_below_them() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let floors = floors(&architecture);
    let server = read("haggle");
    let files = server.files.keys().filter(|file| !is_root(file));
    let rooms: BTreeSet<_> = files.map(|file| room(file)).collect();
    let listed: BTreeSet<_> = floors.keys().map(String::as_str).collect();
    assert_eq!(
        rooms, listed,
        "ARCHITECTURE.md lists other rooms than there are"
    );

    let imports = Imports::of(&server);
    let mut wrong = Vec::new();
    for (from, to) in imports.edges().filter(|(from, _)| !is_root(from)) {
        let (above, below) = (room(from), room(to));
        if above != below && floors[above] >= floors[below] {
            wrong.push(format!("{from} imports {to}"));
        }
    }
    let count = wrong.len();
    assert!(
        wrong.is_empty(),
        "{count} imports run up:\n{}",
        wrong.join("\n")
    );
}

/// Every room with the number of its floor; 0 is the top. A floor is an item of the list, and its
/// rooms are the names in backticks before the dash.
fn floors(architecture: &str) -> BTreeMap<String, usize> {
    let (_, list) = architecture.split_once(ROOMS.0).expect("a list of rooms");
    let (list, _) = list.split_once(ROOMS.1).expect("the list's end");
    let mut floors = BTreeMap::new();
    let items = list.lines().filter(|line| line.starts_with("- "));
    for (number, item) in items.enumerate() {
        let names = item.split(" — ").next().unwrap_or_default();
        for name in names.split('`').skip(1).step_by(2) {
            let is_new = floors.insert(name.to_owned(), number).is_none();
            assert!(is_new, "{name} is listed twice");
        }
    }
    floors
}

/// The folder or the file at the top of the source.
fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// It declares the rooms, and is none.
fn is_root(module: &str) -> bool {
    module == "lib" || module == "main"
}
