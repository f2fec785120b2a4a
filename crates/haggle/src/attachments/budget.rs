//! The memory that all uploads of a server share, and whose turn it is to use it.

use std::{sync::Arc, time::Duration};

use chat::ids::UserId;
use tokio::{
    sync::{AcquireError, OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::admission::{Busy, PerPerson, Place, UPLOADS_PER_PERSON};

/// Everything that is decoded at a time.
const MEBIBYTES: u32 = 512;
/// Pictures that are decoded at a time.
pub const WORKERS: usize = 2;
/// Files that are looked at at a time, with little memory and none of it the decoders'.
const LOOKING: usize = 4;
/// Pictures of one person that wait for their earlier one, and of everybody.
const WAITING_OF_ONE: usize = 2 * UPLOADS_PER_PERSON;
const WAITING: usize = 256;
/// For as long a picture waits for its turn. Whoever sent it decides how long that is worth it.
const PATIENCE: Duration = Duration::from_mins(10);

#[derive(Debug)]
pub struct Budget {
    looking: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
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
        let places = |count| Arc::new(Semaphore::new(count));
        Self {
            looking: places(LOOKING),
            waiting: places(WAITING),
            people: PerPerson::new(1, WAITING_OF_ONE, PATIENCE),
            workers: places(WORKERS),
            memory: places(MEBIBYTES as usize),
        }
    }

    /// To find out what a file is.
    pub async fn look(&self) -> Result<OwnedSemaphorePermit, Busy> {
        wait(self.looking.clone().acquire_owned()).await
    }

    /// To decode a picture. A person waits for their own picture first, and then behind everybody
    /// who came since: people take turns, however many pictures each of them has sent.
    pub async fn turn(&self, person: &UserId) -> Result<Turn, Busy> {
        let waiting = self.waiting.clone().try_acquire_owned();
        let _waiting = waiting.map_err(|_| Busy::Server)?;
        // They have no more uploads than they may: it is the server that is slow.
        let place = self.people.enter(person).await.map_err(|_| Busy::Server)?;
        let worker = wait(self.workers.clone().acquire_owned()).await?;
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
        let memory = wait(self.memory.clone().acquire_many_owned(mebibytes)).await?;
        Ok(Some(Share { _memory: memory }))
    }
}

type Permit = Result<OwnedSemaphorePermit, AcquireError>;

async fn wait(permit: impl Future<Output = Permit>) -> Result<OwnedSemaphorePermit, Busy> {
    let permit = timeout(PATIENCE, permit).await;
    permit.map_err(|_| Busy::Server)?.map_err(|_| Busy::Server)
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Arc, Mutex},
        time::Duration,
    };

    use chat::ids::UserId;
    use tokio::task::{JoinSet, yield_now};

    use super::{Budget, Busy, MEBIBYTES};

    #[tokio::test(start_paused = true)]
    async fn a_picture_waits_for_the_decoder_as_long_as_it_takes() {
        let budget = Arc::new(Budget::new());
        let anna = UserId::new("anna");
        let turn = budget.turn(&anna).await.unwrap();
        let second = tokio::spawn({
            let budget = budget.clone();
            async move { budget.turn(&anna).await }
        });
        tokio::time::sleep(Duration::from_mins(5)).await;
        drop(turn);
        second.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn people_take_turns_however_many_pictures_each_has_sent() {
        let budget = Arc::new(Budget::new());
        let held = budget.turn(&UserId::new("carl")).await.unwrap();
        let _other = budget.turn(&UserId::new("dora")).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut pictures = JoinSet::new();
        for name in ["anna", "anna", "anna", "bert"] {
            let (budget, order) = (budget.clone(), order.clone());
            pictures.spawn(async move {
                let turn = budget.turn(&UserId::new(name)).await.unwrap();
                order.lock().unwrap().push(name);
                yield_now().await;
                drop(turn);
            });
            yield_now().await;
        }
        drop(held);
        pictures.join_all().await;
        assert_eq!(*order.lock().unwrap(), ["anna", "bert", "anna", "anna"]);
    }

    #[tokio::test(start_paused = true)]
    async fn all_uploads_share_one_budget_and_a_person_has_one_turn() {
        let budget = Budget::new();
        let (anna, bert) = (UserId::new("anna"), UserId::new("bert"));
        let turn = budget.turn(&anna).await.unwrap();
        // Never that she has sent too much.
        assert_eq!(budget.turn(&anna).await.unwrap_err(), Busy::Server);
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
