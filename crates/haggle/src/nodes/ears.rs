//! Whose channels this node hears: those of the users with a socket here. A channel is heard before
//! its user is told what they missed, and given up lazily.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::ids::UserId;
use tokio::{
    sync::{Notify, oneshot},
    time::Instant,
};

/// The shortest time for which a channel is heard; many who leave return at once.
const KEPT: Duration = Duration::from_secs(30);

#[derive(Debug, Default)]
pub struct Ears {
    state: Mutex<State>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct State {
    users: HashMap<UserId, Ear>,
    /// Those who are not heard yet.
    new: Vec<UserId>,
}

#[derive(Debug)]
struct Ear {
    hears: Hears,
    since: Instant,
    waiting: Vec<oneshot::Sender<()>>,
    /// Since when something may have been missed.
    deaf_since: Option<Instant>,
}

#[derive(Debug, PartialEq)]
enum Hears {
    NotYet,
    /// Redis was asked for it.
    Soon,
    Now,
}

impl Ears {
    /// A socket of this user is here. Ends when their channel is heard; `None`: it is.
    pub fn want(&self, user: &UserId) -> Option<oneshot::Receiver<()>> {
        let mut state = self.lock();
        let now = Instant::now();
        if let Some(ear) = state.users.get_mut(user) {
            ear.since = now;
            if ear.hears == Hears::Now {
                return None;
            }
            let (sender, receiver) = oneshot::channel();
            ear.waiting.push(sender);
            return Some(receiver);
        }
        let (sender, receiver) = oneshot::channel();
        let ear = Ear {
            hears: Hears::NotYet,
            since: now,
            waiting: vec![sender],
            deaf_since: None,
        };
        state.users.insert(user.clone(), ear);
        state.new.push(user.clone());
        drop(state);
        self.wake.notify_one();
        Some(receiver)
    }

    /// Waits until somebody is not heard yet. For one task only.
    pub async fn somebody_new(&self) {
        while self.lock().new.is_empty() {
            self.wake.notified().await;
        }
    }

    /// At most so many of those who are not heard yet.
    pub fn take_new(&self, most: usize) -> Vec<UserId> {
        let mut state = self.lock();
        let rest = state.new.len().saturating_sub(most);
        let new = state.new.split_off(rest);
        for user in &new {
            if let Some(ear) = state.users.get_mut(user) {
                ear.hears = Hears::Soon;
            }
        }
        new
    }

    /// These are heard from now on. Returns who was heard before, and since when they were not.
    pub fn turned_on(&self, users: &[UserId]) -> Vec<(UserId, Instant)> {
        let mut missed = Vec::new();
        let mut state = self.lock();
        for user in users {
            let Some(ear) = state.users.get_mut(user) else {
                continue;
            };
            // Redis may have taken it back at once.
            if ear.hears != Hears::Soon {
                continue;
            }
            ear.hears = Hears::Now;
            missed.extend(ear.deaf_since.take().map(|since| (user.clone(), since)));
            for waiting in ear.waiting.drain(..) {
                // Whoever waited may have gone.
                let _ = waiting.send(());
            }
        }
        missed
    }

    /// Redis does not send what is said to this user any more; it must be asked again.
    pub fn turned_off(&self, user: &UserId) {
        let mut state = self.lock();
        let Some(ear) = state.users.get_mut(user) else {
            return;
        };
        if ear.hears == Hears::NotYet {
            return;
        }
        ear.hears = Hears::NotYet;
        ear.deaf_since.get_or_insert_with(Instant::now);
        state.new.push(user.clone());
        drop(state);
        self.wake.notify_one();
    }

    /// Nobody is heard any more.
    pub fn all_off(&self) {
        let mut state = self.lock();
        for ear in state.users.values_mut() {
            ear.hears = Hears::NotYet;
            // Everybody is told then.
            ear.deaf_since = None;
        }
        state.new = state.users.keys().cloned().collect();
    }

    /// Gives up those who have been gone for a while; returns them.
    pub fn give_up(&self, is_here: impl Fn(&UserId) -> bool) -> Vec<UserId> {
        let now = Instant::now();
        let mut state = self.lock();
        let over = |ear: &Ear| ear.hears == Hears::Now && now.duration_since(ear.since) >= KEPT;
        let gone = state
            .users
            .extract_if(|user, ear| over(ear) && !is_here(user));
        gone.map(|(user, _)| user).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use chat::ids::UserId;

    use super::{Ears, KEPT};

    #[tokio::test(start_paused = true)]
    async fn a_channel_is_heard_as_long_as_somebody_is_here_and_a_while_longer() {
        let (ears, anna) = (Ears::default(), UserId::new("anna"));
        let waiting = ears.want(&anna).unwrap();
        let second = ears.want(&anna).unwrap();
        ears.somebody_new().await;
        assert_eq!(ears.take_new(10), std::slice::from_ref(&anna));
        ears.turned_on(std::slice::from_ref(&anna));
        waiting.await.unwrap();
        second.await.unwrap();
        assert!(ears.want(&anna).is_none());

        assert!(ears.give_up(|_| false).is_empty());
        tokio::time::advance(KEPT).await;
        assert!(ears.give_up(|_| true).is_empty());
        assert_eq!(ears.give_up(|_| false), std::slice::from_ref(&anna));
        assert!(ears.want(&anna).is_some());
    }

    #[tokio::test]
    async fn after_a_loss_everybody_is_new() {
        let (ears, anna) = (Ears::default(), UserId::new("anna"));
        drop(ears.want(&anna));
        let new = ears.take_new(10);
        ears.turned_on(&new);
        ears.all_off();
        assert!(ears.want(&anna).is_some());
        assert_eq!(ears.take_new(10), [anna]);
    }

    #[tokio::test]
    async fn who_is_heard_no_longer_is_asked_for_again_and_has_missed_something() {
        let (ears, anna) = (Ears::default(), UserId::new("anna"));
        let users = std::slice::from_ref(&anna);
        drop(ears.want(&anna));
        assert_eq!(ears.take_new(10), users);
        // Taken back before anybody knew that it was given.
        ears.turned_off(&anna);
        assert!(ears.turned_on(users).is_empty());
        assert!(ears.want(&anna).is_some());
        assert_eq!(ears.take_new(10), users);
        assert_eq!(ears.turned_on(users).len(), 1);
        ears.turned_off(&anna);
        ears.turned_off(&anna);
        assert!(ears.want(&anna).is_some());
        assert_eq!(ears.take_new(10), users);
        assert_eq!(ears.turned_on(users).len(), 1);
        assert!(ears.want(&anna).is_none());
        ears.turned_off(&UserId::new("nobody"));
        assert!(ears.take_new(10).is_empty());
    }
}
