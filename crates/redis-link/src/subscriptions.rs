//! The channels that this process subscribes to, and how far that is done. A channel that nobody
//! wants any more is given up lazily.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, oneshot},
    time::Instant,
};

/// The shortest time for which a channel is kept; many who leave return at once.
const KEPT_FOR: Duration = Duration::from_secs(30);

#[derive(Debug, Default)]
pub struct Subscriptions {
    state: Mutex<State>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct State {
    channels: HashMap<String, Channel>,
    /// Those that Redis was not asked for yet.
    new: Vec<String>,
}

#[derive(Debug)]
struct Channel {
    state: Progress,
    wanted_at: Instant,
    waiting: Vec<oneshot::Sender<()>>,
    /// Since when something may have been missed.
    lost_at: Option<Instant>,
}

#[derive(Debug, PartialEq)]
enum Progress {
    New,
    /// Redis was asked for it.
    Asked,
    Subscribed,
}

impl Subscriptions {
    /// Somebody wants this channel. Answers when it is subscribed to; `None`: it is already.
    pub fn want(&self, channel: &str) -> Option<oneshot::Receiver<()>> {
        let mut state = self.lock();
        let now = Instant::now();
        let (sender, receiver) = oneshot::channel();
        if let Some(known) = state.channels.get_mut(channel) {
            known.wanted_at = now;
            if known.state == Progress::Subscribed {
                return None;
            }
            known.waiting.push(sender);
            return Some(receiver);
        }
        let new = Channel {
            state: Progress::New,
            wanted_at: now,
            waiting: vec![sender],
            lost_at: None,
        };
        state.channels.insert(channel.to_owned(), new);
        state.new.push(channel.to_owned());
        drop(state);
        self.wake.notify_one();
        Some(receiver)
    }

    /// Waits until there is a new channel. For one task only.
    pub async fn something_new(&self) {
        while self.lock().new.is_empty() {
            self.wake.notified().await;
        }
    }

    /// At most so many of those that Redis is to be asked for now.
    pub fn take_new(&self, most: usize) -> Vec<String> {
        let mut state = self.lock();
        let rest = state.new.len().saturating_sub(most);
        let new = state.new.split_off(rest);
        for channel in &new {
            if let Some(channel) = state.channels.get_mut(channel) {
                channel.state = Progress::Asked;
            }
        }
        new
    }

    /// These are subscribed to. Returns those that were before, and since when they were not.
    pub fn done(&self, channels: &[String]) -> Vec<(String, Instant)> {
        let mut missed = Vec::new();
        let mut state = self.lock();
        for name in channels {
            let Some(channel) = state.channels.get_mut(name) else {
                continue;
            };
            // Redis may have taken it back at once.
            if channel.state != Progress::Asked {
                continue;
            }
            channel.state = Progress::Subscribed;
            missed.extend(channel.lost_at.take().map(|at| (name.clone(), at)));
            for waiting in channel.waiting.drain(..) {
                // Whoever waited may have gone.
                let _ = waiting.send(());
            }
        }
        missed
    }

    /// Redis no longer sends what is published here; it must be asked again.
    pub fn lose(&self, name: &str) {
        let mut state = self.lock();
        let Some(channel) = state.channels.get_mut(name) else {
            return;
        };
        if channel.state == Progress::New {
            return;
        }
        channel.state = Progress::New;
        channel.lost_at.get_or_insert_with(Instant::now);
        state.new.push(name.to_owned());
        drop(state);
        self.wake.notify_one();
    }

    /// The connection is lost, and every subscription with it.
    pub fn lose_all(&self) {
        let mut state = self.lock();
        for channel in state.channels.values_mut() {
            channel.state = Progress::New;
            // What everybody missed is told when the connection is back.
            channel.lost_at = None;
        }
        state.new = state.channels.keys().cloned().collect();
    }

    /// Forgets the channels that nobody has wanted for a while, and returns them.
    pub fn give_up(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let now = Instant::now();
        let mut state = self.lock();
        let is_over = |channel: &Channel| {
            channel.state == Progress::Subscribed
                && now.duration_since(channel.wanted_at) >= KEPT_FOR
        };
        let gone = state
            .channels
            .extract_if(|name, channel| is_over(channel) && !is_wanted(name));
        gone.map(|(name, _)| name).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {

    use super::{KEPT_FOR, Subscriptions};

    #[tokio::test(start_paused = true)]
    async fn a_channel_is_kept_as_long_as_it_is_wanted_and_a_while_longer() {
        let (channels, anna) = (Subscriptions::default(), "anna".to_owned());
        let waiting = channels.want(&anna).unwrap();
        let second = channels.want(&anna).unwrap();
        channels.something_new().await;
        assert_eq!(channels.take_new(10), std::slice::from_ref(&anna));
        channels.done(std::slice::from_ref(&anna));
        waiting.await.unwrap();
        second.await.unwrap();
        assert!(channels.want(&anna).is_none());

        assert!(channels.give_up(|_| false).is_empty());
        tokio::time::advance(KEPT_FOR).await;
        assert!(channels.give_up(|_| true).is_empty());
        assert_eq!(channels.give_up(|_| false), std::slice::from_ref(&anna));
        assert!(channels.want(&anna).is_some());
    }

    #[tokio::test]
    async fn after_a_loss_every_channel_is_new() {
        let (channels, anna) = (Subscriptions::default(), "anna".to_owned());
        drop(channels.want(&anna));
        let new = channels.take_new(10);
        channels.done(&new);
        channels.lose_all();
        assert!(channels.want(&anna).is_some());
        assert_eq!(channels.take_new(10), [anna]);
    }

    #[tokio::test]
    async fn a_channel_that_is_lost_is_asked_for_again_and_has_missed_something() {
        let (channels, anna) = (Subscriptions::default(), "anna".to_owned());
        let names = std::slice::from_ref(&anna);
        drop(channels.want(&anna));
        assert_eq!(channels.take_new(10), names);
        // Taken back before anybody knew that it was given.
        channels.lose(&anna);
        assert!(channels.done(names).is_empty());
        assert!(channels.want(&anna).is_some());
        assert_eq!(channels.take_new(10), names);
        assert_eq!(channels.done(names).len(), 1);
        channels.lose(&anna);
        channels.lose(&anna);
        assert!(channels.want(&anna).is_some());
        assert_eq!(channels.take_new(10), names);
        assert_eq!(channels.done(names).len(), 1);
        assert!(channels.want(&anna).is_none());
        channels.lose("nobody");
        assert!(channels.take_new(10).is_empty());
    }
}
