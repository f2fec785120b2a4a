use std::fs::Permissions;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

/// A number nobody else has, for names.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// An address for a server that goes and comes back: free now, and below the ports that systems
/// hand out themselves, so that nobody takes it meanwhile.
pub fn steady_address() -> SocketAddr {
    loop {
        let port = 10_000 + u16::try_from(random() % 10_000).expect("it is small");
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}

/// An address of this machine that no other test uses, with all its ports.
pub(crate) fn loopback() -> IpAddr {
    let [a, b, c, ..] = random().to_be_bytes();
    // 127.0 is everybody's, and the last address of a network is nobody's.
    Ipv4Addr::new(127, a.max(1), b, c.clamp(1, 254)).into()
}

/// A temporary folder that PostgreSQL's user can enter when the tests run as root.
pub fn open_folder() -> TempDir {
    let mut builder = tempfile::Builder::new();
    builder.prefix("haggle-test-");
    builder.permissions(Permissions::from_mode(0o755));
    builder.tempdir().expect("a temporary folder")
}
