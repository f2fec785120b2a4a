//! Puts files into the binary: the content of the demo marketplace, and its built pages, or a page
//! that says how to build them: the server compiles without Node.

use std::{
    collections::HashSet,
    env,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

const APPLICATION: &str = "../../web/apps/demo";
const PAGES: &str = "../../web/apps/demo/dist";
const PLACEHOLDER: &str = "src/web/placeholder";
/// The content of the demo marketplace, and the parts of it that the server contains.
const DEMO: &str = "../../demo";
const DEMO_PARTS: [&str; 6] = [
    "avatars",
    "conversations",
    "deals.json",
    "everyday.json",
    "marketplace.json",
    "pictures",
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("pages.rs"), pages(&here)?)?;
    fs::write(
        out.join("demo.rs"),
        demo(&here.join(DEMO), &out.join("demo.gz"))?,
    )
}

fn pages(here: &Path) -> io::Result<String> {
    let pages = here.join(PAGES);
    watch(&pages);
    let is_built = pages.join("index.html").is_file();
    let folder = if is_built {
        pages
    } else {
        here.join(PLACEHOLDER)
    };
    let mut files = Vec::new();
    collect(&folder, &folder, &mut files)?;
    let names: HashSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    table(files, |name, path| {
        let bytes = fs::read(path)?;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let etag = format!("\"{:016x}\"", hasher.finish());
        // What is there in a compressed form is not there twice.
        let bytes = if names.contains(&format!("{name}.gz")) {
            "None".to_owned()
        } else {
            format!("Some(include_bytes!({path:?}))")
        };
        Ok(format!("File::new({name:?}, {etag:?}, {bytes})"))
    })
}

/// Where each file is in all of them together, which are packed.
fn demo(folder: &Path, packed: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for part in DEMO_PARTS {
        println!("cargo::rerun-if-changed={DEMO}/{part}");
        let path = folder.join(part);
        if path.is_dir() {
            collect(folder, &path, &mut files)?;
        } else {
            files.push((part.to_owned(), path));
        }
    }
    let mut texts = GzEncoder::new(fs::File::create(packed)?, Compression::best());
    let mut start = 0;
    let table = table(files, |name, path| {
        let text = fs::read_to_string(path)?;
        texts.write_all(text.as_bytes())?;
        let range = start..start + text.len();
        start = range.end;
        Ok(format!("({name:?}, {range:?})"))
    })?;
    texts.finish()?;
    Ok(table)
}

/// A slice of what `entry` makes of each file, sorted by name.
fn table(
    mut files: Vec<(String, PathBuf)>,
    mut entry: impl FnMut(&str, &str) -> io::Result<String>,
) -> io::Result<String> {
    files.sort();
    let mut table = String::from("[\n");
    for (name, path) in files {
        let entry = entry(&name, &path.to_string_lossy())?;
        writeln!(table, "{entry},").map_err(io::Error::other)?;
    }
    table.push(']');
    Ok(table)
}

/// Cargo runs this again when the pages change, or appear where there were none. A path that does
/// not exist would make it run at every build.
fn watch(pages: &Path) {
    println!("cargo::rerun-if-changed={PLACEHOLDER}");
    let folder = if pages.exists() { PAGES } else { APPLICATION };
    println!("cargo::rerun-if-changed={folder}");
}

/// Every file below, by its path from the root with slashes.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            files.push((parts.join("/"), path));
        }
    }
    Ok(())
}
