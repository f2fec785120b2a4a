//! The last stage of the Dockerfile, as far as it can be followed without an engine.

use std::collections::BTreeMap;

use crate::run::Result;

/// What the image is made of and how it starts.
#[derive(Debug, Default)]
pub struct Stage {
    pub copies: Vec<Copy>,
    pub folders: Vec<Folder>,
    pub environment: BTreeMap<String, String>,
    /// `uid:gid`
    pub user: String,
    pub work_folder: String,
    pub volumes: Vec<String>,
    pub stop_signal: String,
    pub health: Vec<String>,
    pub entry_point: Vec<String>,
    pub arguments: Vec<String>,
}

#[derive(Debug)]
pub struct Copy {
    /// From an earlier stage, not from the repository.
    pub is_built: bool,
    pub from: String,
    pub to: String,
}

/// `install -d`, the only program that the stage runs.
#[derive(Debug)]
pub struct Folder {
    pub owner: u32,
    pub group: u32,
    pub mode: u32,
    pub path: String,
}

impl Stage {
    /// An instruction that it does not know is an error: the check would not be of this image.
    pub fn last_of(dockerfile: &str) -> Result<Self> {
        let joined = dockerfile.replace("\\\n", " ");
        let lines = joined.lines().map(str::trim);
        let told: Vec<_> = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect();
        let last = told.iter().rposition(|line| line.starts_with("FROM "));
        let mut stage = Self::default();
        for line in &told[last.ok_or("the Dockerfile has no stage")? + 1..] {
            let (instruction, rest) = line.split_once(' ').unwrap_or((line, ""));
            stage
                .take(instruction, rest.trim())
                .map_err(|error| format!("Dockerfile: {line}: {error}"))?;
        }
        Ok(stage)
    }

    fn take(&mut self, instruction: &str, rest: &str) -> Result {
        let words: Vec<_> = rest.split_whitespace().collect();
        match (instruction, &*words) {
            ("COPY", [flag, from, to]) if flag.starts_with("--from=") => {
                self.copy(true, from, to);
            }
            ("COPY", [from, to]) => self.copy(false, from, to),
            ("RUN", ["install", "-d", "-o", owner, "-g", group, "-m", mode, path]) => {
                self.folders.push(Folder {
                    owner: owner.parse()?,
                    group: group.parse()?,
                    mode: u32::from_str_radix(mode, 8)?,
                    path: (*path).to_owned(),
                });
            }
            ("ENV", [pair]) => {
                let (name, value) = pair.split_once('=').ok_or("no value")?;
                self.environment.insert(name.to_owned(), value.to_owned());
            }
            ("USER", [user]) => (*user).clone_into(&mut self.user),
            ("WORKDIR", [folder]) => (*folder).clone_into(&mut self.work_folder),
            ("VOLUME", [folder]) => self.volumes.push((*folder).to_owned()),
            ("STOPSIGNAL", [signal]) => (*signal).clone_into(&mut self.stop_signal),
            ("EXPOSE", [_]) => {}
            ("HEALTHCHECK", _) => {
                let (_, list) = rest.split_once("CMD ").ok_or("no command")?;
                self.health = serde_json::from_str(list)?;
            }
            ("ENTRYPOINT", _) => self.entry_point = serde_json::from_str(rest)?,
            ("CMD", _) => self.arguments = serde_json::from_str(rest)?,
            _ => return Err("not an instruction that the check can follow".into()),
        }
        Ok(())
    }

    fn copy(&mut self, is_built: bool, from: &str, to: &str) {
        let (from, to) = (from.to_owned(), to.to_owned());
        self.copies.push(Copy { is_built, from, to });
    }
}
