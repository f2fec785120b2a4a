use std::fs::Permissions;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

/// A number nobody else has, for names.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A temporary folder that PostgreSQL's user can enter when the tests run as root.
pub fn open_folder() -> TempDir {
    let mut builder = tempfile::Builder::new();
    builder.prefix("haggle-test-");
    builder.permissions(Permissions::from_mode(0o755));
    builder.tempdir().expect("a temporary folder")
}
