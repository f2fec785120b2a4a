use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::run::{Result, root};

/// The content of files and folders as it was, to compare with and to go back to.
#[derive(Debug)]
pub struct Snapshot {
    places: Vec<PathBuf>,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Snapshot {
    /// `places` are relative to the workspace; one that is missing counts as empty.
    pub fn of(places: &[&str]) -> Result<Self> {
        let places: Vec<_> = places.iter().map(|place| root().join(place)).collect();
        let files = read(&places)?;
        Ok(Self { places, files })
    }

    /// Files that differ by now, in the words of somebody who looks for them.
    pub fn changed(&self) -> Result<Vec<String>> {
        let now = read(&self.places)?;
        let paths = self
            .files
            .keys()
            .chain(now.keys().filter(|path| !self.files.contains_key(*path)));
        let changed = paths.filter(|path| self.files.get(*path) != now.get(*path));
        let name = |path: &PathBuf| {
            path.strip_prefix(root())
                .unwrap_or(path)
                .display()
                .to_string()
        };
        Ok(changed.map(name).collect())
    }

    /// Puts everything back.
    pub fn restore(&self) -> Result {
        for path in read(&self.places)?
            .keys()
            .filter(|path| !self.files.contains_key(*path))
        {
            fs::remove_file(path)?;
        }
        for (path, content) in &self.files {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, content)?;
        }
        Ok(())
    }
}

fn read(places: &[PathBuf]) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for place in places {
        read_into(&mut files, place)?;
    }
    Ok(files)
}

fn read_into(files: &mut BTreeMap<PathBuf, Vec<u8>>, place: &Path) -> Result {
    match fs::read_dir(place) {
        Ok(entries) => {
            for entry in entries {
                read_into(files, &entry?.path())?;
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            files.insert(place.to_owned(), fs::read(place)?);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
