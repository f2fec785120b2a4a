//! How many files of the store may be open at a time, of all that the system allows.

use super::budget::WORKERS;

/// More than these make nothing faster.
const MOST: usize = 128;
/// With fewer nobody could send or see a file.
const FEWEST: usize = 8;

/// Each upload and each decoder has one open, and each piece of a download while it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenFiles {
    pub uploads: usize,
    pub reads: usize,
}

impl OpenFiles {
    /// An eighth of what the process may have open.
    pub fn of(files: usize) -> Self {
        let all = (files / 8).clamp(FEWEST, MOST);
        let uploads = all / 2;
        let reads = all - uploads - WORKERS;
        Self { uploads, reads }
    }

    pub fn all(self) -> usize {
        self.uploads + self.reads + WORKERS
    }
}

impl Default for OpenFiles {
    fn default() -> Self {
        Self::of(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::OpenFiles;

    #[test]
    fn the_store_has_an_eighth_of_all_files_and_always_some() {
        for (files, all) in [(0, 8), (100, 12), (400, 50), (1_024, 128), (1 << 20, 128)] {
            let open = OpenFiles::of(files);
            assert_eq!(open.all(), all, "{files}");
            assert!(open.uploads >= 4 && open.reads >= 2, "{open:?}");
        }
    }
}
