//! What was said again is heard once: every word of a node has a number, and they only go up.

use std::collections::HashMap;

use chat::ids::UserId;

/// The number of words that may be said twice.
pub const UNNUMBERED: u64 = 0;
/// Channels whose last numbers are remembered.
const MOST_CHANNELS: usize = 100_000;
/// Nodes that are remembered for one channel.
const MOST_NODES: usize = 16;

/// The last number that a node said on a channel. What was not acknowledged is said again.
#[derive(Default)]
pub struct Numbers {
    channels: HashMap<Option<UserId>, Vec<(Box<str>, u64)>>,
}

impl Numbers {
    /// Whether it was not heard before.
    pub fn is_new(&mut self, user: Option<&UserId>, node: &str, number: u64) -> bool {
        if number == UNNUMBERED {
            return true;
        }
        if self.channels.len() >= MOST_CHANNELS {
            self.channels.clear();
        }
        let nodes = self.channels.entry(user.cloned()).or_default();
        if let Some((_, last)) = nodes.iter_mut().find(|(known, _)| **known == *node) {
            let is_new = number > *last;
            *last = number.max(*last);
            return is_new;
        }
        if nodes.len() >= MOST_NODES {
            nodes.remove(0);
        }
        nodes.push((node.into(), number));
        true
    }
}

#[cfg(test)]
mod tests {
    use chat::ids::UserId;

    use super::{MOST_NODES, Numbers, UNNUMBERED};

    #[test]
    fn what_is_said_again_is_heard_once() {
        let (anna, ben) = (UserId::new("anna"), UserId::new("ben"));
        let mut numbers = Numbers::default();
        let heard = [
            (Some(&anna), "n1", 4, true),
            (Some(&anna), "n1", 5, true),
            (Some(&anna), "n1", 4, false),
            (Some(&ben), "n1", 4, true),
            (Some(&anna), "n2", 4, true),
            (None, "n1", 5, true),
            (None, "n1", UNNUMBERED, true),
        ];
        for (user, node, number, is_new) in heard {
            assert_eq!(
                numbers.is_new(user, node, number),
                is_new,
                "{user:?} {node} {number}"
            );
        }
        for node in 0..100 {
            numbers.is_new(None, &node.to_string(), 1);
            assert!(numbers.channels[&None].len() <= MOST_NODES);
        }
    }
}
