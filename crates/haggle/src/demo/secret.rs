//! The key that signs the demo's tokens: made once, kept where only its owner can read it.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::error::DemoError;
use crate::settings::Secret;

const FILE: &str = "demo-secret";

/// The key of an earlier run.
pub fn recall_secret(data_dir: &Path) -> Option<Secret> {
    let text = fs::read_to_string(data_dir.join(FILE)).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| Secret::new(text))
}

/// The key of an earlier run, or a new one.
pub fn keep_secret(data_dir: &Path) -> Result<Secret, DemoError> {
    if let Some(secret) = recall_secret(data_dir) {
        return Ok(secret);
    }
    make(data_dir).map_err(|source| {
        let path = data_dir.display().to_string();
        DemoError::Secret { path, source }
    })
}

fn make(data_dir: &Path) -> io::Result<Secret> {
    let mut bytes = [0; 32];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let secret = URL_SAFE_NO_PAD.encode(bytes);
    fs::create_dir_all(data_dir)?;
    let path = data_dir.join(FILE);
    // An empty one is left over from a crash between the two steps.
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(secret.as_bytes())?;
    Ok(Secret::new(secret))
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::{FILE, keep_secret};

    #[test]
    fn it_is_made_once_and_nobody_else_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        let first = keep_secret(&data_dir).unwrap();
        assert!(keep_secret(&data_dir).unwrap() == first && first.expose().len() == 43);
        let mode = fs::metadata(data_dir.join(FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
