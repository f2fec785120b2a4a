//! The object store on a local folder. An object is named by its id only, written beside its
//! place, flushed, and moved there whole.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use chat::ids::AttachmentId;
use tokio::fs::File;

use crate::settings::Settings;

/// What is kept under one id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    File,
    Thumbnail,
}

impl Part {
    pub const ALL: [Self; 2] = [Self::File, Self::Thumbnail];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Thumbnail => "thumbnail",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// A file that is still being made. Gone when it is dropped before [`Temporary::keep`].
#[derive(Debug)]
pub struct Temporary {
    path: PathBuf,
    is_kept: bool,
}

impl Folder {
    pub fn of(settings: &Settings) -> Self {
        let url = settings.object_store.as_deref();
        let root = match url.and_then(|url| url.strip_prefix("file://")) {
            Some(path) => PathBuf::from(path),
            None => settings.data_dir.join("attachments"),
        };
        Self { root }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    /// Objects are spread over folders by the end of their id, which is chance.
    fn place(&self, id: &AttachmentId, part: Part) -> PathBuf {
        let id = name_of(id);
        let spread = &id[id.len().saturating_sub(2)..];
        self.root
            .join(spread)
            .join(format!("{id}.{}", part.as_str()))
    }

    /// A place for bytes that are not looked at yet. Blocks.
    pub fn temporary(&self, id: &AttachmentId, what: &str) -> io::Result<(Temporary, fs::File)> {
        fs::create_dir_all(self.incoming())?;
        let path = self.incoming().join(format!("{}.{what}", name_of(id)));
        let file = fs::File::create_new(&path)?;
        let is_kept = false;
        Ok((Temporary { path, is_kept }, file))
    }

    /// `None`: there is no such object.
    pub async fn open(&self, id: &AttachmentId, part: Part) -> io::Result<Option<(File, u64)>> {
        match File::open(self.place(id, part)).await {
            Ok(file) => {
                let size = file.metadata().await?.len();
                Ok(Some((file, size)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes all of it; what is not there is no error. Blocks.
    pub fn remove(&self, id: &AttachmentId) -> io::Result<()> {
        for part in Part::ALL {
            match fs::remove_file(self.place(id, part)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes what a server left behind that died while it received. Blocks.
    pub fn remove_leftovers(&self, older_than: Duration) -> io::Result<()> {
        let entries = match fs::read_dir(self.incoming()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let age = entry.metadata()?.modified()?.elapsed();
            if age.is_ok_and(|age| age > older_than) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Temporary {
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves the whole file to its place, durably. Blocks.
    pub fn keep(mut self, folder: &Folder, id: &AttachmentId, part: Part) -> io::Result<()> {
        fs::File::open(&self.path)?.sync_all()?;
        let place = folder.place(id, part);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
            fs::rename(&self.path, &place)?;
            self.is_kept = true;
            fs::File::open(parent)?.sync_all()?;
            fs::File::open(folder.root())?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.is_kept {
            // What cannot be removed now is removed with the leftovers.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Ids are made by us and looked up before; a path is still made of nothing else.
fn name_of(id: &AttachmentId) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    id.as_str().chars().filter(is_plain).collect()
}
