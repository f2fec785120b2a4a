//! The key by which a server knows that a mail comes from this machine's mail server: whoever can read
//! it can read everything else in the data folder too.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::settings::Secret;

const FILE: &str = "mail-in-key";

/// As a server left it.
pub fn recall_inbox_key(data_dir: &Path) -> Option<Secret> {
    let text = fs::read_to_string(data_dir.join(FILE)).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| Secret::new(text))
}

/// Of an earlier run, or a new one.
pub fn keep_inbox_key(data_dir: &Path) -> io::Result<Secret> {
    if let Some(key) = recall_inbox_key(data_dir) {
        return Ok(key);
    }
    let mut bytes = [0; 32];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let key = URL_SAFE_NO_PAD.encode(bytes);
    fs::create_dir_all(data_dir)?;
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    options
        .open(data_dir.join(FILE))?
        .write_all(key.as_bytes())?;
    Ok(Secret::new(key))
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::{FILE, keep_inbox_key, recall_inbox_key};
    use crate::object_store::protect;

    #[test]
    fn it_is_made_once_and_nobody_else_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        assert!(recall_inbox_key(&data_dir).is_none());
        let first = keep_inbox_key(&data_dir).unwrap();
        assert!(keep_inbox_key(&data_dir).unwrap() == first);
        let mode = fs::metadata(data_dir.join(FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        // It is no reason to leave the folder open.
        fs::set_permissions(&data_dir, fs::Permissions::from_mode(0o755)).unwrap();
        protect(&data_dir, false).unwrap();
        let mode = fs::metadata(&data_dir).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
