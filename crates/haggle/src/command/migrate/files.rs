//! Files of the old chat: their bytes go through the same checks as an upload.

use std::{
    io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use chat::{
    attachment::{Attachment, FileState},
    ids::{AttachmentId, UserId},
    timestamp::Clock,
};
use chat_postgres::legacy_copy::{Examined, Intake, NotTaken, OldBytes};
use percent_encoding::percent_decode_str;
use tokio::io::AsyncReadExt;

use crate::{
    attachments::{Accepted, Attachments, Failed, Refused},
    clock::SystemClock,
    settings::Settings,
};

/// Bytes that are read at a time.
const PIECE: usize = 64 << 10;

pub struct OldFiles {
    attachments: Attachments,
    clock: Arc<dyn Clock>,
    /// What the host serves at `/`.
    folder: Option<PathBuf>,
}

impl OldFiles {
    pub fn new(settings: &Settings, folder: Option<&Path>) -> io::Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        // Nothing is shown here, so no link is signed.
        let attachments = Attachments::new(settings, &[], clock.clone());
        let attachments = attachments
            .map_err(|reason| io::Error::other(format!("HAGGLE_OBJECT_STORE {reason}")))?;
        let folder = folder.map(Path::canonicalize).transpose()?;
        Ok(Self {
            attachments,
            clock,
            folder,
        })
    }

    /// Nothing: there is no such file in the folder.
    fn place(&self, url: &str) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        let path = url.split(['?', '#']).next()?;
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let path = Path::new(path.trim_start_matches('/'));
        let is_plain = path
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        let file = is_plain.then(|| folder.join(path))?.canonicalize().ok()?;
        (file.starts_with(folder) && file.is_file()).then_some(file)
    }

    async fn received(
        &self,
        owner: &str,
        name: &str,
        mut bytes: impl tokio::io::AsyncRead + Unpin,
    ) -> Result<Accepted, NotTaken> {
        let refused = |failed: Failed| NotTaken::Refused(why(&failed, &self.attachments));
        let stored = |error: io::Error| refused(error.into());
        let owner = UserId::new(owner);
        let reception = self.attachments.reception(&owner).await;
        let reception = reception.map_err(|busy| refused(busy.into()))?;
        let id = AttachmentId::new(self.clock.new_id());
        let mut incoming = reception.receive(id).await.map_err(stored)?;
        let mut piece = vec![0; PIECE];
        loop {
            let count = bytes.read(&mut piece).await.map_err(stored)?;
            if count == 0 {
                break;
            }
            let part = Bytes::copy_from_slice(&piece[..count]);
            if !incoming.write(&part).await.map_err(stored)? {
                let most = self.attachments.most_bytes >> 20;
                return Err(NotTaken::Refused(format!("larger than {most} MB")));
            }
        }
        let accepted = incoming.finish(name.to_owned()).await.map_err(refused)?;
        if accepted.attachment.state == FileState::Held {
            return Err(NotTaken::Refused(
                "HAGGLE_CLAMD does not say whether it is clean".to_owned(),
            ));
        }
        Ok(accepted)
    }
}

fn why(failed: &Failed, attachments: &Attachments) -> String {
    match failed {
        Failed::Refused(Refused::NotAllowed) => {
            let labels: Vec<_> = attachments.allowed().map(|format| format.label).collect();
            format!("of a type that cannot be sent ({} can)", labels.join(", "))
        }
        Failed::Refused(refused) => refused.to_string(),
        Failed::Infected(name) => format!("the virus scanner has found {name} in it"),
        Failed::Busy(_) => "too many files at once".to_owned(),
        Failed::Store(error) => error.to_string(),
    }
}

#[async_trait]
impl Intake for OldFiles {
    async fn examine(
        &self,
        owner: &str,
        name: &str,
        bytes: OldBytes<'_>,
    ) -> Result<Box<dyn Examined>, NotTaken> {
        let accepted = match bytes {
            OldBytes::Data(url) => {
                let unreadable = || NotTaken::Refused("no data: URL that can be read".to_owned());
                let bytes = decoded(url).ok_or_else(unreadable)?;
                self.received(owner, name, &*bytes).await?
            }
            OldBytes::Path(url) => {
                let place = self.place(url).ok_or(NotTaken::Missing)?;
                let file = tokio::fs::File::open(place).await;
                let file = file.map_err(|error| NotTaken::Refused(error.to_string()))?;
                self.received(owner, name, file).await?
            }
        };
        Ok(Box::new(Kept(accepted)))
    }

    fn has_folder(&self) -> bool {
        self.folder.is_some()
    }
}

/// RFC 2397: `data:type;base64,bytes`, or percent-encoded ones.
fn decoded(url: &str) -> Option<Vec<u8>> {
    let (head, body) = url.get("data:".len()..)?.split_once(',')?;
    if !head.to_ascii_lowercase().ends_with(";base64") {
        return Some(percent_decode_str(body).collect());
    }
    let body: Vec<u8> = percent_decode_str(body)
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    STANDARD.decode(body).ok()
}

struct Kept(Accepted);

#[async_trait]
impl Examined for Kept {
    fn attachment(&self) -> &Attachment {
        &self.0.attachment
    }

    async fn keep(self: Box<Self>) -> io::Result<()> {
        self.0.keep().await
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn data_urls_are_read_as_the_standard_says() {
        for (url, bytes) in [
            ("data:text/plain;base64,aGVsbG8=", Some("hello")),
            ("DATA:;BASE64,aGVs%0AbG8=", Some("hello")),
            ("data:,hello%20you", Some("hello you")),
            ("data:text/plain;base64,###", None),
            ("data:nothing", None),
        ] {
            assert_eq!(decoded(url).as_deref(), bytes.map(str::as_bytes), "{url}");
        }
    }
}
