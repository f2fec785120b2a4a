//! Whether a file carries something that harms: `clamd` says so. A server without one asks nobody.

mod address;
mod clamd;
mod found;

use std::{io, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::Stream;
use tokio::{sync::Semaphore, time::timeout};

pub use self::{address::ScannerAddress, found::Found};

/// Files that are looked at at a time.
const AT_ONCE: usize = 4;
/// For as long one may take, its wait for a place included.
const PATIENCE: Duration = Duration::from_mins(2);

#[derive(Clone, Debug)]
pub struct Scanner {
    address: ScannerAddress,
    places: Arc<Semaphore>,
}

impl Scanner {
    pub fn new(address: ScannerAddress) -> Self {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        Self { address, places }
    }

    /// An error: nobody knows. The scanner is away, too slow, or takes no file of this size.
    pub async fn scan(&self, bytes: impl Stream<Item = io::Result<Bytes>>) -> io::Result<Found> {
        let scan = async {
            let _place = self.places.acquire().await.map_err(io::Error::other)?;
            clamd::scan(&self.address, bytes).await
        };
        let found = timeout(PATIENCE, scan).await;
        let found = found.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        let verdict = match &found {
            Ok(Found::Nothing) => "clean",
            Ok(Found::Something(_)) => "infected",
            Err(_) => "unknown",
        };
        metrics::counter!("haggle_scans_total", "verdict" => verdict).increment(1);
        found
    }

    /// What it is.
    pub async fn version(&self) -> io::Result<String> {
        clamd::version(&self.address).await
    }
}
