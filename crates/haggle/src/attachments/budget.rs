//! The memory that all uploads of a server share, and whose turn it is to use it.

use std::{sync::Arc, time::Duration};

use chat::ids::UserId;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::admission::{Busy, PerPerson, Place};

/// Everything that is decoded at a time.
const MEBIBYTES: u32 = 512;
/// Files that are looked at or decoded at a time.
const WORKERS: usize = 2;
/// Uploads of one person that wait for their earlier one.
const WAITING: usize = 8;
/// For as long somebody waits for their turn.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub struct Budget {
    people: PerPerson,
    workers: Arc<Semaphore>,
    memory: Arc<Semaphore>,
}

/// One person's turn. They have no second one.
#[derive(Debug)]
pub struct Turn {
    _worker: OwnedSemaphorePermit,
    _place: Place,
}

/// Memory that this upload may use.
#[derive(Debug)]
pub struct Share {
    _memory: OwnedSemaphorePermit,
}

impl Budget {
    pub fn new() -> Self {
        Self {
            people: PerPerson::new(1, WAITING, PATIENCE),
            workers: Arc::new(Semaphore::new(WORKERS)),
            memory: Arc::new(Semaphore::new(MEBIBYTES as usize)),
        }
    }

    pub async fn turn(&self, person: &UserId) -> Result<Turn, Busy> {
        let place = self.people.enter(person).await?;
        let worker = timeout(PATIENCE, self.workers.clone().acquire_owned()).await;
        let worker = worker
            .map_err(|_| Busy::Server)?
            .map_err(|_| Busy::Server)?;
        Ok(Turn {
            _worker: worker,
            _place: place,
        })
    }

    /// `None`: that is more than there is, however long one waits.
    pub async fn share(&self, bytes: u64) -> Result<Option<Share>, Busy> {
        let mebibytes = u32::try_from(bytes.div_ceil(1 << 20)).unwrap_or(u32::MAX);
        if mebibytes > MEBIBYTES {
            return Ok(None);
        }
        let memory = self.memory.clone().acquire_many_owned(mebibytes);
        let share = timeout(PATIENCE, memory).await;
        let share = share.map_err(|_| Busy::Server)?.map_err(|_| Busy::Server)?;
        Ok(Some(Share { _memory: share }))
    }
}

#[cfg(test)]
mod tests {
    use chat::ids::UserId;

    use super::{Budget, Busy, MEBIBYTES};

    #[tokio::test(start_paused = true)]
    async fn all_uploads_share_one_budget_and_a_person_has_one_turn() {
        let budget = Budget::new();
        let (anna, bert) = (UserId::new("anna"), UserId::new("bert"));
        let turn = budget.turn(&anna).await.unwrap();
        assert_eq!(budget.turn(&anna).await.unwrap_err(), Busy::Person);
        budget.turn(&bert).await.unwrap();
        drop(turn);
        budget.turn(&anna).await.unwrap();

        let all = u64::from(MEBIBYTES) << 20;
        assert!(budget.share(all + 1).await.unwrap().is_none());
        let most = budget.share(all - 1).await.unwrap().unwrap();
        assert_eq!(budget.share(1).await.unwrap_err(), Busy::Server);
        drop(most);
        budget.share(1).await.unwrap().unwrap();
    }
}
