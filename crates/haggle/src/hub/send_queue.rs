//! The bounded queue between all tasks that have a frame for a socket and the one task that writes to
//! it. Only that task ever waits.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use wire::Close;

use super::frame::Frame;

/// Frames that may wait for a socket; one more and it is too slow.
pub const MOST_FRAMES: usize = 1024;
/// Bytes that may wait for a socket.
pub const MOST_BYTES: usize = 1 << 20;
/// An empty queue that was longer than this gives its memory back.
const KEPT_SLOTS: usize = 16;

/// What the socket's task does next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    Send(Arc<Frame>),
    Close(Close),
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Push {
    Queued,
    /// No room: the socket is closed as too slow, by this call.
    Overflowed,
    /// It was closing already.
    Closing,
}

#[derive(Debug, Default)]
pub struct SendQueue {
    state: Mutex<State>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct State {
    frames: VecDeque<Arc<Frame>>,
    bytes: usize,
    /// The first reason counts.
    close: Option<Close>,
}

impl SendQueue {
    pub fn push(&self, frame: &Arc<Frame>) -> Push {
        let mut state = self.lock();
        if state.close.is_some() {
            return Push::Closing;
        }
        if state.frames.len() >= MOST_FRAMES || state.bytes + frame.bytes() > MOST_BYTES {
            state.close_with(Close::TooSlow);
            drop(state);
            self.wake.notify_one();
            return Push::Overflowed;
        }
        state.bytes += frame.bytes();
        state.frames.push_back(frame.clone());
        let was_empty = state.frames.len() == 1;
        drop(state);
        if was_empty {
            self.wake.notify_one();
        }
        Push::Queued
    }

    /// Tells the task to close the socket. What still waits is forgotten.
    pub fn close(&self, close: Close) {
        self.lock().close_with(close);
        self.wake.notify_one();
    }

    pub fn closing(&self) -> Option<Close> {
        self.lock().close
    }

    /// A frame, if one waits and the socket is not to be closed.
    pub fn take(&self) -> Option<Arc<Frame>> {
        self.lock().take()
    }

    /// Waits for the next thing to do. For one task only.
    pub async fn next(&self) -> Next {
        loop {
            if let Some(next) = self.lock().next() {
                return next;
            }
            self.wake.notified().await;
        }
    }

    /// Waits until the socket is to be closed. For the same task, while it does something else.
    pub async fn closed(&self) -> Close {
        loop {
            if let Some(close) = self.closing() {
                return close;
            }
            self.wake.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock panics half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next(&mut self) -> Option<Next> {
        match self.close {
            Some(close) => Some(Next::Close(close)),
            None => self.take().map(Next::Send),
        }
    }

    fn take(&mut self) -> Option<Arc<Frame>> {
        let frame = self.frames.pop_front()?;
        self.bytes -= frame.bytes();
        if self.frames.is_empty() && self.frames.capacity() > KEPT_SLOTS {
            self.frames = VecDeque::new();
        }
        Some(frame)
    }

    fn close_with(&mut self, close: Close) {
        self.close.get_or_insert(close);
        self.frames = VecDeque::new();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use wire::{Close, Code, ServerFrame};

    use super::{MOST_BYTES, MOST_FRAMES, Next, Push, SendQueue};
    use crate::hub::frame::Frame;

    #[tokio::test]
    async fn frames_leave_in_order_and_a_close_goes_before_them() {
        let queue = SendQueue::default();
        let (pong, ready) = (
            Frame::new(&ServerFrame::Pong {}),
            Frame::new(&ServerFrame::Ready {}),
        );
        assert_eq!(queue.push(&pong), Push::Queued);
        assert_eq!(queue.push(&ready), Push::Queued);
        assert_eq!(queue.next().await, Next::Send(pong.clone()));
        queue.close(Close::Replaced);
        queue.close(Close::GoingAway);
        assert_eq!(queue.next().await, Next::Close(Close::Replaced));
        assert_eq!(queue.push(&pong), Push::Closing);
        assert_eq!(queue.take(), None);
    }

    #[test]
    fn one_frame_too_many_closes_as_too_slow() {
        let queue = SendQueue::default();
        let frame = Frame::new(&ServerFrame::Pong {});
        for _ in 0..MOST_FRAMES {
            assert_eq!(queue.push(&frame), Push::Queued);
        }
        assert_eq!(queue.push(&frame), Push::Overflowed);
        assert_eq!(queue.closing(), Some(Close::TooSlow));
    }

    #[test]
    fn so_do_too_many_bytes() {
        let queue = SendQueue::default();
        let message = "x".repeat(MOST_BYTES / 2);
        let frame = Frame::new(&ServerFrame::Error {
            code: Code::Internal,
            message,
        });
        assert_eq!(queue.push(&frame), Push::Queued);
        assert_eq!(queue.push(&frame), Push::Overflowed);
    }
}
