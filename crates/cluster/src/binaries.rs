//! Which PostgreSQL to run.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::error::{ClusterError, Result};
use crate::search;

/// The major versions Haggle's SQL is tested against.
pub const SUPPORTED_MAJORS: RangeInclusive<u32> = 15..=18;

/// A folder with PostgreSQL's programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    pub folder: PathBuf,
    pub major: u32,
    /// As the program says it: `15.20`.
    pub version: String,
}

impl Binaries {
    /// Runs `postgres --version` as its later user: that shows a wrong path, a foreign
    /// architecture, a missing library and a folder closed to that user alike.
    pub(crate) fn at(folder: &Path, account: Account) -> Option<Self> {
        let is_there = |name| folder.join(name).is_file();
        if !is_there("postgres") || !is_there("initdb") {
            return None;
        }
        let output = account
            .command(&folder.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let version = text
            .split(") ")
            .nth(1)?
            .split_whitespace()
            .next()?
            .to_owned();
        let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
        let major = digits
            .parse()
            .ok()
            .filter(|major| SUPPORTED_MAJORS.contains(major))?;
        Some(Self {
            folder: folder.to_path_buf(),
            major,
            version,
        })
    }

    pub fn bin(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.join(name)).filter(|path| path.is_file())
    }

    /// The setting if there is one; else what the folder already uses, else the highest on this
    /// machine, else what was fetched. An existing cluster takes only its own major version.
    pub(crate) fn resolve(wanted: &Wanted, account: Account) -> Result<Self> {
        if let Some(folder) = wanted.setting {
            let found = Self::at(folder, account);
            let found =
                found.ok_or_else(|| ClusterError::UnusableBinaries(folder.to_path_buf()))?;
            return wanted.accept(vec![found]);
        }
        let recorded = wanted
            .recorded
            .as_deref()
            .and_then(|folder| Self::at(folder, account));
        if let Some(recorded) = recorded.filter(|found| wanted.fits(found)) {
            return Ok(recorded);
        }
        let all_at = |folders: Vec<PathBuf>| -> Vec<Self> {
            let found = folders
                .iter()
                .filter_map(|folder| Self::at(folder, account));
            found.collect()
        };
        let mut found = all_at(search::installed_folders());
        found.sort_by_key(|found| std::cmp::Reverse(found.major));
        found.extend(all_at(search::fetched_folders()));
        wanted.accept(found)
    }
}

/// What the caller and the data folder ask of the binaries.
#[derive(Debug)]
pub(crate) struct Wanted<'a> {
    pub setting: Option<&'a Path>,
    pub recorded: Option<PathBuf>,
    /// The existing cluster and its major version.
    pub data: Option<(&'a Path, u32)>,
}

impl Wanted<'_> {
    fn fits(&self, found: &Binaries) -> bool {
        self.data.is_none_or(|(_, major)| found.major == major)
    }

    fn accept(&self, found: Vec<Binaries>) -> Result<Binaries> {
        let versions: Vec<_> = found.iter().map(|found| found.version.clone()).collect();
        match (found.into_iter().find(|found| self.fits(found)), self.data) {
            (Some(found), _) => Ok(found),
            (None, Some((folder, data))) if !versions.is_empty() => Err(ClusterError::WrongMajor {
                folder: folder.to_path_buf(),
                data,
                found: versions.join(", "),
            }),
            (None, _) => Err(ClusterError::NoBinaries),
        }
    }
}

/// The PostgreSQL that a new data folder would get.
pub fn find_binaries() -> Result<Binaries> {
    let account = Account::choose(None, Path::new(""))?;
    let wanted = Wanted {
        setting: None,
        recorded: None,
        data: None,
    };
    Binaries::resolve(&wanted, account)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binaries(version: &str) -> Binaries {
        let major = version.split('.').next().unwrap().parse().unwrap();
        Binaries {
            folder: PathBuf::from(format!("/pg/{version}/bin")),
            major,
            version: version.to_owned(),
        }
    }

    fn wanted(data: Option<(&Path, u32)>) -> Wanted<'_> {
        Wanted {
            setting: None,
            recorded: None,
            data,
        }
    }

    #[test]
    fn a_new_folder_takes_the_first_found() {
        let found = wanted(None)
            .accept(vec![binaries("18.6"), binaries("15.20")])
            .unwrap();
        assert_eq!(found.version, "18.6");
    }

    #[test]
    fn an_existing_folder_takes_its_own_major_version() {
        let data = Some((Path::new("/data"), 15));
        let found = wanted(data)
            .accept(vec![binaries("18.6"), binaries("15.20")])
            .unwrap();
        assert_eq!(found.version, "15.20");
    }

    #[test]
    fn without_its_major_version_a_folder_is_refused_naming_all() {
        let data = Some((Path::new("/data"), 16));
        let refused = wanted(data)
            .accept(vec![binaries("18.6"), binaries("15.20")])
            .unwrap_err();
        let text = refused.to_string();
        assert!(text.contains("made by PostgreSQL 16"), "{text}");
        assert!(text.contains("only PostgreSQL 18.6, 15.20"), "{text}");
    }

    #[test]
    fn without_any_the_error_says_what_to_do() {
        let text = wanted(None).accept(Vec::new()).unwrap_err().to_string();
        assert!(
            text.contains("apt install postgresql") && text.contains("DATABASE_URL"),
            "{text}"
        );
    }
}
