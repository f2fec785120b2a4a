//! Who holds a live lease, and what happens when the last one ends.

use std::collections::BTreeSet;

use super::state::{Node, State};
use chat::{
    ids::{ConversationId, NodeId, UserId},
    limits::LEASE_SECONDS,
    presence::UserStatus,
    timestamp::Timestamp,
};

impl State {
    pub fn heartbeat(&mut self, id: &NodeId) -> bool {
        let now = self.now;
        match self.nodes.get_mut(id) {
            Some(node) if is_live(node, now) => {
                node.heartbeat_at = now;
                true
            }
            Some(_) | None => false,
        }
    }

    pub fn hold(&mut self, id: &NodeId, users: &[UserId]) -> Vec<UserId> {
        let came: BTreeSet<UserId> = users
            .iter()
            .filter(|user| !self.is_online(user))
            .cloned()
            .collect();
        let now = self.now;
        let node = self.nodes.entry(id.clone()).or_insert_with(|| Node {
            heartbeat_at: now,
            leases: BTreeSet::new(),
        });
        node.heartbeat_at = now;
        node.leases.extend(users.iter().cloned());
        came.into_iter().collect()
    }

    pub fn release(&mut self, id: &NodeId, users: &[UserId]) -> Vec<UserStatus> {
        let Some(node) = self.nodes.get_mut(id) else {
            return Vec::new();
        };
        let mut ended = users.to_vec();
        ended.retain(|user| node.leases.remove(user));
        self.end(ended.into_iter().collect())
    }

    pub fn expire(&mut self) -> Vec<UserStatus> {
        let now = self.now;
        let mut ended = BTreeSet::new();
        self.nodes.retain(|_, node| {
            let live = is_live(node, now);
            if !live {
                ended.append(&mut node.leases);
            }
            live
        });
        self.end(ended)
    }

    /// Of these people, whose leases just ended, those who have no other are offline now.
    fn end(&mut self, ended: BTreeSet<UserId>) -> Vec<UserStatus> {
        let gone: Vec<UserId> = ended
            .into_iter()
            .filter(|user| !self.is_online(user))
            .collect();
        for user in &gone {
            self.last_seen.insert(user.clone(), self.now);
            self.notify_of_everything_unread(user);
        }
        gone.iter().map(|user| self.status(user)).collect()
    }

    fn notify_of_everything_unread(&mut self, user: &UserId) {
        let unread: Vec<(ConversationId, i64, i64)> = self
            .conversations
            .values()
            .filter_map(|row| {
                let place = row.place_of(user).and_then(|role| row.place(role))?;
                Some((row.id.clone(), row.unread_of(place), row.last_seq()))
            })
            .filter(|(id, unread, seq)| *unread > 0 && !self.was_told(user, id, *seq))
            .collect();
        for (conversation, unread, seq) in unread {
            self.set_notification(user, &conversation, unread, seq, self.now);
        }
    }

    pub fn is_online(&self, user: &UserId) -> bool {
        self.nodes
            .values()
            .any(|node| is_live(node, self.now) && node.leases.contains(user))
    }

    pub fn status(&self, user: &UserId) -> UserStatus {
        UserStatus {
            user: user.clone(),
            is_online: self.is_online(user),
            last_seen: self.last_seen.get(user).copied(),
        }
    }

    pub fn companions(&self, user: &UserId) -> BTreeSet<UserId> {
        self.conversations
            .values()
            .filter(|row| row.place_of(user).is_some())
            .flat_map(|row| row.places().map(|(_, place)| place.user.clone()))
            .filter(|other| other != user)
            .collect()
    }
}

fn is_live(node: &Node, now: Timestamp) -> bool {
    now < node.heartbeat_at.plus_seconds(LEASE_SECONDS)
}
