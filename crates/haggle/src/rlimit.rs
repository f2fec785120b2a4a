//! What the operating system lets the process have.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// For a system that sets no limit.
const PLENTY: usize = 1 << 20;

/// Every connection is an open file: takes as many as the system allows at most. Returns how many
/// these are.
pub fn raise_open_files() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
    let now = getrlimit(Resource::Nofile).current;
    now.map_or(PLENTY, |files| {
        usize::try_from(files).map_or(PLENTY, |files| files.min(PLENTY))
    })
}
