//! Who may use the server's places right now. A person has few at once, a few more of theirs
//! wait for a while, and nobody can take the last ones twice.

use std::{sync::Arc, time::Duration};

use chat::ids::UserId;
use dashmap::DashMap;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Uploads of one person at a time.
pub const UPLOADS_PER_PERSON: usize = 4;

/// Why nobody is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// This person has all of their places.
    Person,
    /// Everybody's are taken.
    Server,
}

type People = Arc<DashMap<UserId, Arc<Semaphore>>>;

/// Places of each person.
#[derive(Debug)]
pub struct PerPerson {
    at_once: usize,
    /// Of one person, that wait for a place.
    waiting: usize,
    patience: Duration,
    people: People,
}

/// Given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    person: UserId,
    people: People,
    permit: Option<OwnedSemaphorePermit>,
    is_first: bool,
}

impl PerPerson {
    pub fn new(at_once: usize, waiting: usize, patience: Duration) -> Self {
        Self {
            at_once,
            waiting,
            patience,
            people: People::default(),
        }
    }

    /// Waits for a while when this person has no place left.
    pub async fn enter(&self, person: &UserId) -> Result<Place, Busy> {
        let mut place = Place {
            person: person.clone(),
            people: self.people.clone(),
            permit: None,
            is_first: false,
        };
        let places = {
            let new = || Arc::new(Semaphore::new(self.at_once));
            self.people
                .entry(person.clone())
                .or_insert_with(new)
                .clone()
        };
        // Everybody inside or waiting holds one, this caller and the map too.
        if Arc::strong_count(&places) > self.at_once + self.waiting + 1 {
            return Err(Busy::Person);
        }
        let permit = timeout(self.patience, places.acquire_owned()).await;
        let permit = permit
            .map_err(|_| Busy::Person)?
            .map_err(|_| Busy::Server)?;
        place.is_first = permit.semaphore().available_permits() + 1 == self.at_once;
        place.permit = Some(permit);
        Ok(place)
    }
}

impl Place {
    /// Whether this person had no other when they came.
    pub fn is_first(&self) -> bool {
        self.is_first
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.permit = None;
        let is_unused = |_: &UserId, places: &Arc<Semaphore>| Arc::strong_count(places) == 1;
        self.people.remove_if(&self.person, is_unused);
    }
}

/// Places of everybody. The last of them are for people who have none.
#[derive(Debug)]
pub struct Shared {
    places: Arc<Semaphore>,
    last: Arc<Semaphore>,
    patience: Duration,
}

impl Shared {
    pub fn new(places: usize, patience: Duration) -> Self {
        let last = places / 4;
        Self {
            places: Arc::new(Semaphore::new(places - last)),
            last: Arc::new(Semaphore::new(last)),
            patience,
        }
    }

    pub async fn enter(&self, is_first: bool) -> Result<OwnedSemaphorePermit, Busy> {
        if let Ok(permit) = self.places.clone().try_acquire_owned() {
            return Ok(permit);
        }
        let places = if is_first { &self.last } else { &self.places };
        let permit = timeout(self.patience, places.clone().acquire_owned()).await;
        permit.map_err(|_| Busy::Server)?.map_err(|_| Busy::Server)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chat::ids::UserId;
    use futures_util::future::join_all;

    use super::{Busy, PerPerson, Shared};

    const PATIENCE: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn a_person_has_few_places_and_another_has_theirs() {
        let places = PerPerson::new(4, 3, PATIENCE);
        let (anna, bert) = (UserId::new("anna"), UserId::new("bert"));
        let taken = join_all((0..4).map(|_| places.enter(&anna))).await;
        let taken: Vec<_> = taken.into_iter().map(Result::unwrap).collect();
        assert_eq!(taken.iter().filter(|place| place.is_first()).count(), 1);
        // Three wait; the fourth is told at once.
        let more = join_all((0..4).map(|_| places.enter(&anna))).await;
        assert!(
            more.iter()
                .all(|place| *place.as_ref().unwrap_err() == Busy::Person)
        );
        assert!(places.enter(&bert).await.unwrap().is_first());
        // Who waits gets the place that is given back.
        let (got, ()) = tokio::join!(places.enter(&anna), async { drop(taken) });
        drop(got.unwrap());
        assert!(places.people.is_empty(), "nothing is kept of who left");
    }

    #[tokio::test(start_paused = true)]
    async fn the_last_places_are_for_those_who_have_none() {
        let shared = Shared::new(8, PATIENCE);
        let mut taken = Vec::new();
        for _ in 0..6 {
            taken.push(shared.enter(false).await.unwrap());
        }
        assert_eq!(shared.enter(false).await.unwrap_err(), Busy::Server);
        for _ in 0..2 {
            taken.push(shared.enter(true).await.unwrap());
        }
        assert_eq!(shared.enter(true).await.unwrap_err(), Busy::Server);
        drop(taken);
        assert!(shared.enter(false).await.is_ok());
    }
}
