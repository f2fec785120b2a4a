//! Objects in a folder. An object is written beside its place, flushed, and moved there whole.

use std::{
    fs,
    io::{self, ErrorKind},
    os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use chat::ids::{AttachmentId, UploadId};

/// Nobody but the server's own user reads what people sent.
const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;

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
    pub fn at(root: &Path) -> Self {
        let root = root.to_owned();
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

    fn pieces(&self, upload: &UploadId) -> PathBuf {
        self.root.join("resumable").join(plain(upload.as_str()))
    }

    /// A place for bytes that are not looked at yet. Blocks.
    pub fn temporary(&self, id: &AttachmentId, what: &str) -> io::Result<(Temporary, fs::File)> {
        make_folder(&self.incoming())?;
        let path = self.incoming().join(format!("{}.{what}", name_of(id)));
        let mut new = fs::OpenOptions::new();
        let file = new.write(true).create_new(true).mode(FILE).open(&path)?;
        let is_kept = false;
        Ok((Temporary { path, is_kept }, file))
    }

    /// The same by a command that was killed and does it again. Nobody else does. Blocks.
    pub fn temporary_again(
        &self,
        id: &AttachmentId,
        what: &str,
    ) -> io::Result<(Temporary, fs::File)> {
        let left = self.incoming().join(format!("{}.{what}", name_of(id)));
        match fs::remove_file(left) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => self.temporary(id, what),
        }
    }

    /// Removes what a command that was killed left under an id that it uses again. Blocks.
    pub fn discard(&self, id: &AttachmentId) -> io::Result<()> {
        for what in ["upload", "image", "thumbnail"] {
            let path = self.incoming().join(format!("{}.{what}", name_of(id)));
            match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Bytes of an object. `None`: there is no such object. Opens nothing. Blocks.
    pub fn size(&self, id: &AttachmentId, part: Part) -> io::Result<Option<u64>> {
        match fs::metadata(self.place(id, part)) {
            Ok(found) => Ok(Some(found.len())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// So many bytes of an object, from here. The file is open for no longer than this. Blocks.
    pub fn read(
        &self,
        id: &AttachmentId,
        part: Part,
        from: u64,
        count: u64,
    ) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(count).map_err(io::Error::other)?];
        let file = fs::File::open(self.place(id, part))?;
        file.read_exact_at(&mut bytes, from)?;
        Ok(bytes)
    }

    /// So many bytes of a piece, from here. Blocks.
    pub fn read_piece(
        &self,
        (upload, piece): (&UploadId, &str),
        (from, count): (u64, u64),
    ) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(count).map_err(io::Error::other)?];
        let file = fs::File::open(self.pieces(upload).join(plain(piece)))?;
        file.read_exact_at(&mut bytes, from)?;
        Ok(bytes)
    }

    /// What is not there is no error. Blocks.
    pub fn remove_piece(&self, upload: &UploadId, piece: &str) -> io::Result<()> {
        match fs::remove_file(self.pieces(upload).join(plain(piece))) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// All of an upload; what is not there is no error. Blocks.
    pub fn remove_pieces(&self, upload: &UploadId) -> io::Result<()> {
        match fs::remove_dir_all(self.pieces(upload)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes all of it; what is not there is no error. Blocks.
    pub fn remove(&self, id: &AttachmentId) -> io::Result<()> {
        for part in Part::ALL {
            match fs::remove_file(self.place(id, part)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Puts something and removes it again. Blocks.
    pub fn probe(&self) -> io::Result<()> {
        let probe = self.root.join(format!(".probe-{}", std::process::id()));
        fs::create_dir_all(&self.root)?;
        fs::write(&probe, b"haggle")?;
        fs::remove_file(&probe)
    }

    /// Closes what an earlier version left open to others. Blocks.
    pub fn close_to_others(&self) -> io::Result<()> {
        let Some(spreads) = entries(&self.root)? else {
            return Ok(());
        };
        let mut is_ours = true;
        for spread in spreads {
            let spread = spread?;
            let name = spread.file_name();
            if !spread.file_type()?.is_dir()
                || !(name == "incoming" || name == "resumable" || name.len() <= 2)
            {
                is_ours = false;
                continue;
            }
            for file in fs::read_dir(spread.path())? {
                let file = file?;
                if file.file_type()?.is_file() {
                    close(&file.path(), FILE)?;
                }
            }
            close(&spread.path(), FOLDER)?;
        }
        if is_ours {
            close(&self.root, FOLDER)?;
        }
        Ok(())
    }

    /// Removes what a server left behind that died while it received. Blocks.
    pub fn remove_leftovers(&self, older_than: Duration) -> io::Result<()> {
        let Some(left) = entries(&self.incoming())? else {
            return Ok(());
        };
        for entry in left {
            let entry = entry?;
            let age = entry.metadata()?.modified()?.elapsed();
            if age.is_ok_and(|age| age > older_than) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Names in a data folder that are ours.
const OURS: [&str; 7] = [
    "attachments",
    "demo-secret",
    "import-report.jsonl",
    "legacy-report.jsonl",
    "mail-in-key",
    "postgres",
    "postgres.path",
];

/// Makes the data folder, and closes it to others unless something else is in it too. With
/// `is_entered`, PostgreSQL's user still has to pass through it. Blocks.
pub fn protect(data_dir: &Path, is_entered: bool) -> io::Result<()> {
    let mode = if is_entered { 0o711 } else { FOLDER };
    let Some(mut found) = entries(data_dir)? else {
        return fs::DirBuilder::new()
            .recursive(true)
            .mode(mode)
            .create(data_dir);
    };
    let is_ours = found
        .all(|entry| entry.is_ok_and(|entry| OURS.iter().any(|ours| entry.file_name() == *ours)));
    if is_ours {
        close(data_dir, mode)?;
    }
    Ok(())
}

/// `None`: there is no such folder.
fn entries(folder: &Path) -> io::Result<Option<fs::ReadDir>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(Some(entries)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn make_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(FOLDER)
        .create(path)
}

/// Takes away the rights that go beyond these. What belongs to somebody else stays as it is.
fn close(path: &Path, mode: u32) -> io::Result<()> {
    let found = fs::metadata(path)?;
    let is_open = found.mode() & 0o777 & !mode != 0;
    if is_open && found.uid() == rustix::process::geteuid().as_raw() {
        let closed = fs::Permissions::from_mode(found.mode() & 0o7000 | found.mode() & mode);
        fs::set_permissions(path, closed)?;
    }
    Ok(())
}

impl Temporary {
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves the whole file to its place, durably. Blocks.
    pub fn keep(self, folder: &Folder, id: &AttachmentId, part: Part) -> io::Result<()> {
        self.keep_at(folder, &folder.place(id, part))
    }

    /// The same for a piece of an upload. Blocks.
    pub fn keep_piece(self, folder: &Folder, upload: &UploadId, piece: &str) -> io::Result<()> {
        self.keep_at(folder, &folder.pieces(upload).join(plain(piece)))
    }

    fn keep_at(mut self, folder: &Folder, place: &Path) -> io::Result<()> {
        fs::File::open(&self.path)?.sync_all()?;
        if let Some(parent) = place.parent() {
            make_folder(parent)?;
            fs::rename(&self.path, place)?;
            self.is_kept = true;
            for folder in up_to(folder.root(), parent) {
                fs::File::open(folder)?.sync_all()?;
            }
        }
        Ok(())
    }
}

/// A folder and those above it to the root: each has the name of the one before it, which may be new.
fn up_to<'a>(root: &Path, folder: &'a Path) -> impl Iterator<Item = &'a Path> {
    folder
        .ancestors()
        .take_while(move |above| above.starts_with(root))
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.is_kept {
            // What cannot be removed now is removed with the leftovers.
            let _ = fs::remove_file(&self.path);
        }
    }
}

pub(super) fn plain(name: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    name.chars().filter(is_plain).collect()
}

/// Ids are made by us and looked up before; a path is still made of nothing else.
pub(super) fn name_of(id: &AttachmentId) -> String {
    plain(id.as_str())
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt, path::Path};

    use chat::ids::{AttachmentId, UploadId};

    use super::{Folder, Part, protect, up_to};

    fn mode(path: impl AsRef<Path>) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn open(path: impl AsRef<Path>, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn only_the_servers_user_reads_files_also_those_of_an_earlier_version() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("attachments");
        let folder = Folder { root: root.clone() };
        let id = AttachmentId::new("some-id-42");
        let (temporary, _) = folder.temporary(&id, "upload").unwrap();
        assert_eq!(mode(temporary.path()), 0o600);
        temporary.keep(&folder, &id, Part::File).unwrap();
        let paths = [root.clone(), root.join("incoming"), root.join("42")];
        let file = root.join("42/some-id-42.file");
        assert_eq!(paths.each_ref().map(mode), [0o700; 3]);
        assert_eq!(mode(&file), 0o600);

        for path in &paths {
            open(path, 0o755);
        }
        open(&file, 0o644);
        folder.close_to_others().unwrap();
        assert_eq!(paths.each_ref().map(mode), [0o700; 3]);
        assert_eq!(mode(&file), 0o600);
    }

    #[test]
    fn every_folder_down_to_a_piece_is_kept_with_it() {
        let folder = Folder::at(Path::new("/data/attachments"));
        let pieces = folder.pieces(&UploadId::new("one"));
        let kept: Vec<_> = up_to(folder.root(), &pieces).collect();
        let expected = [
            "/data/attachments/resumable/one",
            "/data/attachments/resumable",
            "/data/attachments",
        ];
        assert_eq!(kept, expected.map(Path::new));
    }

    #[test]
    fn the_data_folder_is_closed_unless_it_holds_what_is_not_ours() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("new");
        protect(&data, false).unwrap();
        assert_eq!(mode(&data), 0o700);
        open(&data, 0o755);
        fs::write(data.join("demo-secret"), "x").unwrap();
        protect(&data, true).unwrap();
        assert_eq!(mode(&data), 0o711);
        fs::write(data.join("somebody-elses"), "x").unwrap();
        open(&data, 0o755);
        protect(&data, false).unwrap();
        assert_eq!(mode(&data), 0o755);
    }
}
