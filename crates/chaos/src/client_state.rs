//! What a client shows, made of frames alone. The clients run it, and the checker runs it again.

use crate::{
    frame::{Card, Frame, Said},
    history::{Seen, Since},
};

/// How a frame fits what was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Nothing is missing.
    Good,
    /// Something before it is missing.
    Gap,
    /// Another message had this `seq`.
    Contradiction,
}

impl Said {
    /// Of two copies the newer.
    fn follow(&mut self, said: &Self) -> Fit {
        if (&self.id, &self.sender) != (&said.id, &said.sender) {
            return Fit::Contradiction;
        }
        if said.changed >= self.changed {
            self.clone_from(said);
        }
        Fit::Good
    }
}

impl Seen {
    pub fn last_seq(&self) -> i64 {
        i64::try_from(self.messages.len()).unwrap_or(i64::MAX)
    }

    pub fn since(&self) -> Since {
        Since {
            seq: self.last_seq(),
            rev: self.rev,
        }
    }

    pub fn unread(&self, user: &str) -> i64 {
        let mark = self.marks.get(user);
        mark.map_or(0, |mark| self.last_seq() - mark)
    }

    /// Takes a frame about this conversation in. `is_asked`: it was asked for, so what a conversation does not
    /// show of its messages was told, or will be.
    pub fn hear(&mut self, frame: &Frame, is_asked: bool) -> Fit {
        match frame {
            Frame::Message { rev, seq, said, .. } => self.hear_message(*rev, *seq, said),
            Frame::Changed { rev, seq, said, .. } => self.hear_change(*rev, *seq, said),
            Frame::Read {
                rev, user, mark, ..
            } => {
                self.advance(user, *mark);
                self.count_on(*rev)
            }
            Frame::Updated { card, .. } => self.hear_card(card, is_asked),
            _ => Fit::Good,
        }
    }

    fn hear_message(&mut self, rev: i64, seq: i64, said: &Said) -> Fit {
        let place = usize::try_from(seq - 1).unwrap_or(usize::MAX);
        if let Some(known) = self.messages.get_mut(place) {
            return known.follow(said);
        }
        if place > self.messages.len() {
            return Fit::Gap;
        }
        self.messages.push(said.clone());
        let mark = self.marks.get(&said.sender).copied();
        if !said.is_system || mark == Some(seq - 1) {
            self.advance(&said.sender, seq);
        }
        self.count_on(rev)
    }

    /// A message that is not there yet comes with a later one, as it is then.
    fn hear_change(&mut self, rev: i64, seq: i64, said: &Said) -> Fit {
        let place = usize::try_from(seq - 1).unwrap_or(usize::MAX);
        let known = self.messages.get_mut(place);
        let fit = known.map_or(Fit::Good, |known| known.follow(said));
        if fit == Fit::Contradiction {
            return fit;
        }
        self.count_on(rev)
    }

    fn hear_card(&mut self, card: &Card, is_asked: bool) -> Fit {
        if card.rev < self.rev {
            return Fit::Good;
        }
        self.marks.clone_from(&card.marks);
        if card.last_seq != self.last_seq() || card.messages_rev > self.rev && !is_asked {
            return Fit::Gap;
        }
        self.rev = card.rev;
        Fit::Good
    }

    fn count_on(&mut self, rev: i64) -> Fit {
        if rev > self.rev + 1 {
            return Fit::Gap;
        }
        self.rev = rev.max(self.rev);
        Fit::Good
    }

    fn advance(&mut self, user: &str, seq: i64) {
        if let Some(mark) = self.marks.get_mut(user) {
            *mark = seq.max(*mark);
        }
    }
}
