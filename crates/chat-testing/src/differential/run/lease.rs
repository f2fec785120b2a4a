//! Nodes coming and going.

use super::{Answer, Run, said};
use crate::differential::{Lease, cast};
use chat::{ids::UserId, presence::UserStatus};

impl Run<'_> {
    pub(super) async fn lease(&self, lease: &Lease) -> Answer {
        let leases = &self.world.chat.leases;
        let users = |people: &[usize]| people.iter().copied().map(cast::user).collect();
        Ok(match lease {
            Lease::Heartbeat { node } => {
                let expired = comparable(leases.expire().await?);
                let alive = leases.heartbeat(&cast::node(*node)).await?;
                said(&(expired, alive))
            }
            Lease::Hold { node, people } => {
                let users: Vec<UserId> = users(people);
                let expired = comparable(leases.expire().await?);
                let mut came = leases.hold(&cast::node(*node), &users).await?;
                came.sort();
                said(&(expired, came))
            }
            Lease::Release { node, people } => {
                let users: Vec<UserId> = users(people);
                let expired = comparable(leases.expire().await?);
                let gone = leases.release(&cast::node(*node), &users).await?;
                said(&(expired, comparable(gone)))
            }
            Lease::Expire => said(&comparable(leases.expire().await?)),
            Lease::Pass { seconds } => {
                self.world.pass_seconds(*seconds).await;
                said(&())
            }
        })
    }

    pub(super) async fn statuses(&self) -> Answer {
        let leases = &self.world.chat.leases;
        let statuses = leases.statuses(&cast::everybody()).await?;
        Ok(said(&comparable(statuses)))
    }
}

/// By user; whether they were ever here instead of when, which is by the lease clock.
fn comparable(mut statuses: Vec<UserStatus>) -> Vec<(UserId, bool, bool)> {
    statuses.sort_by_key(|status| status.user.clone());
    let known = statuses.into_iter();
    known
        .map(|status| (status.user, status.is_online, status.last_seen.is_some()))
        .collect()
}
