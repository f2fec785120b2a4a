//! Puts files into the binary: the content of the demo marketplace, and its built pages, or a page
//! that says how to build them: the server compiles without Node.

use std::{
    env,
    fmt::Write,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

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
    fs::write(out.join("demo.rs"), demo(&here.join(DEMO))?)
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
    table(files, |name, path| {
        let bytes = fs::read(path)?;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let etag = format!("\"{:016x}\"", hasher.finish());
        Ok(format!(
            "File {{ path: {name:?}, etag: {etag:?}, bytes: include_bytes!({path:?}) }}"
        ))
    })
}

fn demo(folder: &Path) -> io::Result<String> {
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
    table(files, |name, path| {
        Ok(format!("({name:?}, include_str!({path:?}))"))
    })
}

/// A slice of what `entry` makes of each file, sorted by name.
fn table(
    mut files: Vec<(String, PathBuf)>,
    entry: impl Fn(&str, &str) -> io::Result<String>,
) -> io::Result<String> {
    files.sort();
    let mut table = String::from("&[\n");
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
