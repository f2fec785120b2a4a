//! How much one person may ask of the database at once, and how much of it reading may take. Whoever
//! asks for more waits; whoever has too much waiting is told to come back. So nobody's searches keep
//! others out, and a message always finds a connection.

use std::{sync::Arc, time::Duration};

use axum::http::Method;
use chat::ids::UserId;
use dashmap::DashMap;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

/// The longest wait for one's turn.
const WAIT: Duration = Duration::from_secs(10);

/// Running for one person, and with those that wait.
const SEARCHES: usize = 2;
const SEARCHES_WITH_WAITING: usize = 32;
const PAGES: usize = 8;
const PAGES_WITH_WAITING: usize = 256;

/// What a read asks of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Looks through many rows for few.
    Search,
    /// Takes a page from an index.
    Page,
}

impl Cost {
    /// Nothing where the answer is small or changes something, which has limits of its own.
    pub fn of(method: &Method, route: &str, query: Option<&str>) -> Option<Self> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return None;
        }
        let narrows = || {
            let pairs = query.unwrap_or_default().split('&');
            pairs.into_iter().any(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                // An encoded name counts as well: better too much than too little.
                !value.is_empty() && !matches!(name, "limit" | "cursor" | "view")
            })
        };
        match route {
            "/api/chat/conversations" if narrows() => Some(Self::Search),
            "/api/chat/audit" | "/api/chat/search" => Some(Self::Search),
            "/api/chat/conversations"
            | "/api/chat/conversations/{id}"
            | "/api/chat/conversations/{id}/files"
            | "/api/chat/conversations/{id}/messages"
            | "/api/chat/notifications" => Some(Self::Page),
            _ => None,
        }
    }
}

/// Why there is no turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// This person asks for more than one may.
    TooMany,
    /// Everybody together does.
    TooBusy,
}

#[derive(Debug)]
pub struct ReadShares {
    people: Arc<DashMap<UserId, Arc<Shares>>>,
    searches: Arc<Semaphore>,
    /// Searches among them.
    reads: Arc<Semaphore>,
    /// What one person may have running, as far as there are so many connections.
    searches_of_one: usize,
    pages_of_one: usize,
}

/// Of one person.
#[derive(Debug)]
struct Shares {
    searches: Turns,
    pages: Turns,
}

#[derive(Debug)]
struct Turns {
    running: Arc<Semaphore>,
    with_waiting: Arc<Semaphore>,
}

impl Turns {
    fn new(running: usize, with_waiting: usize) -> Self {
        Self {
            running: Arc::new(Semaphore::new(running)),
            with_waiting: Arc::new(Semaphore::new(with_waiting)),
        }
    }
}

/// The right to read, until it is dropped.
#[derive(Debug)]
pub struct Share {
    permits: Vec<OwnedSemaphorePermit>,
    user: UserId,
    own: Arc<Shares>,
    people: Arc<DashMap<UserId, Arc<Shares>>>,
}

impl ReadShares {
    /// A quarter of the connections is for searches, and a quarter never for reading.
    pub fn new(connections: u32) -> Self {
        let connections = usize::try_from(connections).unwrap_or(usize::MAX);
        let quarter = (connections / 4).max(1);
        let reads = connections.saturating_sub(quarter).max(1);
        Self {
            people: Arc::default(),
            searches: Arc::new(Semaphore::new(quarter.min(Semaphore::MAX_PERMITS))),
            reads: Arc::new(Semaphore::new(reads.min(Semaphore::MAX_PERMITS))),
            searches_of_one: SEARCHES.min(quarter),
            pages_of_one: PAGES.min(reads),
        }
    }

    /// Waits for one's turn.
    pub async fn take(&self, user: &UserId, cost: Cost) -> Result<Share, Refused> {
        let until = Instant::now() + WAIT;
        let shares = || {
            Arc::new(Shares {
                searches: Turns::new(self.searches_of_one, SEARCHES_WITH_WAITING),
                pages: Turns::new(self.pages_of_one, PAGES_WITH_WAITING),
            })
        };
        let own = Arc::clone(&self.people.entry(user.clone()).or_insert_with(shares));
        let mut share = Share {
            permits: Vec::with_capacity(4),
            user: user.clone(),
            own,
            people: Arc::clone(&self.people),
        };
        let turns = match cost {
            Cost::Search => &share.own.searches,
            Cost::Page => &share.own.pages,
        };
        let place = Arc::clone(&turns.with_waiting).try_acquire_owned();
        let running = Arc::clone(&turns.running);
        share.permits.push(place.map_err(|_| Refused::TooMany)?);
        let turn = timeout_at(until, running.acquire_owned()).await;
        let turn = turn.map_err(|_| Refused::TooMany)?;
        share.permits.extend(turn);
        if cost == Cost::Search {
            share.wait_for(&self.searches, until).await?;
        }
        share.wait_for(&self.reads, until).await?;
        Ok(share)
    }
}

impl Share {
    async fn wait_for(&mut self, turns: &Arc<Semaphore>, until: Instant) -> Result<(), Refused> {
        let turn = timeout_at(until, Arc::clone(turns).acquire_owned()).await;
        // Never closed.
        self.permits.extend(turn.map_err(|_| Refused::TooBusy)?);
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.permits.clear();
        // The map's and our own: nobody else of this person is here.
        let is_last = |_: &UserId, shares: &Arc<Shares>| Arc::strong_count(shares) <= 2;
        self.people.remove_if(&self.user, is_last);
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use axum::http::Method;
    use chat::ids::UserId;
    use futures_util::FutureExt;
    use tokio::time::Instant;

    use super::{Cost, ReadShares, Refused};

    #[test]
    fn every_read_that_can_be_expensive_has_a_cost() {
        let cost = |route: &str, query| Cost::of(&Method::GET, route, query);
        let list = "/api/chat/conversations";
        for query in [
            "q=steel",
            "limit=5&q=a",
            "type=support",
            "%71=steel",
            "waiting=true",
        ] {
            assert_eq!(cost(list, Some(query)), Some(Cost::Search), "{query}");
        }
        for route in ["/api/chat/audit", "/api/chat/search"] {
            assert_eq!(cost(route, None), Some(Cost::Search));
        }
        for query in [
            None,
            Some(""),
            Some("limit=200&cursor=abc&view=all"),
            Some("q="),
        ] {
            assert_eq!(cost(list, query), Some(Cost::Page), "{query:?}");
        }
        assert_eq!(
            cost("/api/chat/conversations/{id}/messages", None),
            Some(Cost::Page)
        );
        assert_eq!(cost("/api/chat/unread-count", None), None);
        assert_eq!(Cost::of(&Method::POST, list, None), None);
    }

    #[tokio::test(start_paused = true)]
    async fn one_persons_searches_leave_room_for_everybody_else() {
        let shares = Arc::new(ReadShares::new(16));
        let (anna, bert) = (UserId::new("anna"), UserId::new("bert"));
        let mut running = Vec::new();
        for _ in 0..2 {
            running.push(shares.take(&anna, Cost::Search).await.unwrap());
        }
        let mut waiting: Vec<_> = (0..30)
            .map(|_| Box::pin(shares.take(&anna, Cost::Search)))
            .collect();
        for turn in &mut waiting {
            assert!(turn.now_or_never().is_none());
        }
        let refused = shares.take(&anna, Cost::Search).await;
        assert!(matches!(refused, Err(Refused::TooMany)));
        // Her pages and his searches go on.
        drop(shares.take(&anna, Cost::Page).await.unwrap());
        drop(shares.take(&bert, Cost::Search).await.unwrap());
        // As one ends the next has its turn.
        running.pop();
        assert!(
            waiting[0]
                .as_mut()
                .now_or_never()
                .is_some_and(|turn| turn.is_ok())
        );
        drop(waiting);
        drop(running);
        assert!(shares.people.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_ever_and_some_connections_are_never_for_reading() {
        let shares = ReadShares::new(16);
        let mut held = Vec::new();
        for number in 0..12 {
            let user = UserId::new(format!("user {}", number / 6));
            held.push(shares.take(&user, Cost::Page).await.unwrap());
        }
        let start = Instant::now();
        let late = shares.take(&UserId::new("carl"), Cost::Page).await;
        assert!(matches!(late, Err(Refused::TooBusy)));
        assert_eq!(start.elapsed(), Duration::from_secs(10));
    }
}
