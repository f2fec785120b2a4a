//! How a client comes back: after a pause that it chooses by chance, and longer ones when it fails.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::rng::Rng;
use crate::socket::Socket;

/// The longest first pause; each further one may be twice as long. As the React kit has it.
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);
/// Tries of one client.
const TRIES: u32 = 30;

/// A client that is back.
#[derive(Debug)]
pub struct Back {
    pub socket: Socket,
    /// When the attempt that went well began, and when it heard `ready`.
    pub began: Instant,
    pub ready: Instant,
    /// Attempts that did not go well.
    pub failed: u32,
}

/// Whether the first attempt comes after a pause too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    AtOnce,
    Jittered,
}

/// Tries one of the servers after the other.
pub async fn come_back(
    servers: &[SocketAddr],
    token: &str,
    since: impl Fn() -> String,
    on_text: impl Fn(&[u8]),
    first: First,
    rng: &mut Rng,
) -> crate::result::Result<Back> {
    let mut last = None;
    for failed in 0..TRIES {
        if failed > 0 || first == First::Jittered {
            let doublings = if first == First::Jittered {
                failed
            } else {
                failed - 1
            };
            let most = FIRST
                .saturating_mul(2_u32.saturating_pow(doublings))
                .min(LONGEST);
            tokio::time::sleep(rng.part_of(most)).await;
        }
        let address = servers[rng.below(servers.len())];
        let began = Instant::now();
        match Socket::return_to(address, token, &since(), &on_text).await {
            Ok(socket) => {
                let ready = Instant::now();
                return Ok(Back {
                    socket,
                    began,
                    ready,
                    failed,
                });
            }
            Err(error) => last = Some(error),
        }
    }
    Err(format!("a client could not come back: {last:?}").into())
}
