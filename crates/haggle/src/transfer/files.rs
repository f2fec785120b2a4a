//! Bytes of files that come with messages: through the same checks as an upload's.

use std::{
    fs,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use bytes::Bytes;
use chat::{
    attachment::FileState,
    content,
    ids::{AttachmentId, UserId},
    limits,
    media_type::Format,
};
use chat_postgres::{SourceFile, Taken, WantedFile};
use percent_encoding::percent_decode_str;
use tokio::task::spawn_blocking;

use crate::attachments::{Accepted, Attachments, Failed};

const PIECE: usize = 256 << 10;

const MISSING: &str = "it is not in the folder of files";
const OUTSIDE: &str = "its path leads out of the folder of files";
const LEFT_OUT: &str = "files are left out";
const NO_PLACE: &str = "it has neither a path nor an address";
const TOO_LARGE: &str = "it is larger than an upload may be";
const INFECTED: &str = "the virus scanner has found something in it";
const REFUSED: &str = "its bytes are not taken";

/// Where the bytes of files are.
#[derive(Debug)]
pub struct Files {
    folder: Option<PathBuf>,
    /// Nobody wants them.
    are_left_out: bool,
}

/// What became of one, and its bytes where they are to be kept.
pub type Received = (Taken, Option<Accepted>);

impl Files {
    pub fn new(folder: Option<&Path>, are_left_out: bool) -> io::Result<Self> {
        let folder = folder.map(|folder| super::input::named(folder, fs::canonicalize(folder)));
        Ok(Self {
            folder: folder.transpose()?,
            are_left_out,
        })
    }

    /// Whether somebody must say what is to happen with files in a folder that was not named.
    pub fn is_undecided(&self, file: &SourceFile) -> bool {
        self.folder.is_none() && !self.are_left_out && file.path.is_some()
    }

    /// `Err`: the store failed, which is no fault of the file's.
    pub async fn take(
        &self,
        attachments: &Attachments,
        wanted: &WantedFile,
    ) -> io::Result<Received> {
        if self.are_left_out {
            return Ok((Taken::LeftOut(LEFT_OUT, None), None));
        }
        let path = match self.path(&wanted.file) {
            Ok(path) => path,
            Err(none) => return Ok((none, None)),
        };
        let reception = attachments.reception(&UserId::new("")).await;
        let reception =
            reception.map_err(|_| io::Error::other("uploads of a running server take all room"))?;
        let id = AttachmentId::new(wanted.id.as_str());
        attachments.store.spool().discard(&id)?;
        let mut incoming = reception.receive(id).await?;
        let mut file = Some(fs::File::open(&path)?);
        while let Some(open) = file.take() {
            let read = spawn_blocking(move || piece(open))
                .await
                .map_err(io::Error::other)??;
            let Some((open, bytes)) = read else {
                break;
            };
            if !incoming.write(&bytes).await? {
                return Ok((Taken::LeftOut(TOO_LARGE, shown(&wanted.file)), None));
            }
            file = Some(open);
        }
        let name = wanted.file.name.clone();
        let name = name.or_else(|| Some(path.file_name()?.to_string_lossy().into_owned()));
        match incoming.finish(name.unwrap_or_default()).await {
            Ok(accepted) if accepted.attachment.state == FileState::Held => Err(io::Error::other(
                "HAGGLE_CLAMD does not say whether a file is clean",
            )),
            Ok(accepted) => Ok((Taken::Kept(accepted.attachment.clone()), Some(accepted))),
            Err(Failed::Refused(refused)) => {
                let why = format!("{}: {refused}", shown(&wanted.file).unwrap_or_default());
                Ok((Taken::LeftOut(REFUSED, Some(why)), None))
            }
            Err(Failed::Infected(name)) => {
                let why = format!("{}: {name}", shown(&wanted.file).unwrap_or_default());
                Ok((Taken::LeftOut(INFECTED, Some(why)), None))
            }
            Err(Failed::Busy(_)) => {
                Err(io::Error::other("a running server's uploads take all room"))
            }
            Err(Failed::Store(error)) => Err(error),
        }
    }

    /// Where its bytes are. An address that begins with a slash is a path in the folder.
    fn path(&self, file: &SourceFile) -> Result<PathBuf, Taken> {
        let is_rooted = |url: &&str| url.starts_with('/') && !url.starts_with("//");
        let rooted = file.url.as_deref().filter(is_rooted);
        let named = match (file.path.as_deref().or(rooted), &file.url) {
            (Some(named), _) => named,
            (None, Some(url)) => return Err(link(url, file)),
            (None, None) => return Err(Taken::LeftOut(NO_PLACE, None)),
        };
        let Some(folder) = &self.folder else {
            return Err(link(named, file));
        };
        let left_out = |why| Taken::LeftOut(why, Some(named.to_owned()));
        let plain = named.split(['?', '#']).next().unwrap_or_default();
        let relative = Path::new(plain.trim_start_matches('/'));
        let is_inside = |part| matches!(part, Component::Normal(_));
        if !relative.components().all(is_inside) {
            return Err(left_out(OUTSIDE));
        }
        // A link may lead anywhere.
        match fs::canonicalize(folder.join(relative)) {
            Ok(path) if !path.starts_with(folder) => Err(left_out(OUTSIDE)),
            Ok(path) if path.is_file() => Ok(path),
            // An address says more than that its bytes are missing.
            _ => match &file.url {
                Some(url) => Err(link(url, file)),
                None => Err(left_out(MISSING)),
            },
        }
    }
}

/// Its name is its own, else that of its path; its type, what such a name says.
fn link(url: &str, file: &SourceFile) -> Taken {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next();
    let decoded = percent_decode_str(last.unwrap_or_default()).decode_utf8_lossy();
    let given = file.name.clone().unwrap_or_else(|| decoded.into_owned());
    let cleaned = content::clean(&given);
    let line = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = line.chars().take(limits::FILE_NAME_CHARS).collect();
    let ending = name.rsplit_once('.');
    let format = ending.and_then(|(_, ending)| Format::ending_in(&ending.to_lowercase()));
    Taken::Link {
        url: url.to_owned(),
        name: if name.is_empty() {
            "file".to_owned()
        } else {
            name
        },
        kind: format.map_or("application/octet-stream", |format| format.kind.as_str()),
    }
}

fn shown(file: &SourceFile) -> Option<String> {
    file.path.clone().or_else(|| file.url.clone())
}

fn piece(mut file: fs::File) -> io::Result<Option<(fs::File, Bytes)>> {
    let mut bytes = vec![0; PIECE];
    let read = file.read(&mut bytes)?;
    bytes.truncate(read);
    Ok((read > 0).then(|| (file, bytes.into())))
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use chat_postgres::SourceFile;

    use super::{Files, MISSING, NO_PLACE, OUTSIDE, Taken};

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        fs::create_dir_all(files.join("uploads")).unwrap();
        fs::write(files.join("uploads/a.txt"), "a").unwrap();
        fs::write(folder.path().join("secret"), "s").unwrap();
        symlink(folder.path().join("secret"), files.join("link")).unwrap();
        let files = Files::new(Some(&files), false).unwrap();
        let what = |file: SourceFile| match files.path(&file) {
            Ok(_) => "taken",
            Err(Taken::LeftOut(why, _)) => why,
            Err(Taken::Link { .. }) => "a link",
            Err(Taken::Kept(_)) => "kept",
        };
        let path = |path: &str| {
            what(SourceFile {
                path: Some(path.into()),
                ..SourceFile::default()
            })
        };
        assert_eq!(path("uploads/a.txt"), "taken");
        for outside in ["../secret", "uploads/../../secret", "link"] {
            assert_eq!(path(outside), OUTSIDE, "{outside}");
        }
        for missing in ["b.txt", "uploads", ""] {
            assert_eq!(path(missing), MISSING, "{missing}");
        }
        let url = |url: &str| {
            what(SourceFile {
                url: Some(url.into()),
                ..SourceFile::default()
            })
        };
        assert_eq!(url("/uploads/a.txt?v=2"), "taken");
        assert_eq!(url("/uploads/gone.txt"), "a link");
        assert_eq!(url("/../secret"), OUTSIDE);
        assert_eq!(url("https://cdn.example/a.txt"), "a link");
        assert_eq!(what(SourceFile::default()), NO_PLACE);
    }
}
