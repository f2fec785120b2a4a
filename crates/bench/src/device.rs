//! What somebody's device heard of a conversation, and when.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::data::{MESSAGES_EACH, conversation};
use crate::result::Result;
use crate::sent::Sent;
use crate::socket::Socket;

/// The longest that devices may take until all of them know everything.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two looks at all devices. Times are written down where frames arrive.
const LOOK: Duration = Duration::from_millis(250);

/// Of a person with one conversation, whichever sockets it had. Clones are the same.
#[derive(Debug, Clone)]
pub struct Device {
    /// Its number in the data set.
    pub conversation: usize,
    /// The server that it came to first.
    pub node: usize,
    heard: Arc<Mutex<Heard>>,
}

#[derive(Debug)]
struct Heard {
    /// When each message came first, by `seq`.
    messages: BTreeMap<u64, Instant>,
    /// All messages up to this are here.
    up_to: u64,
    /// Of how many messages a `conversation_updated` spoke, and when.
    told: Vec<(u64, Instant)>,
    /// When it was said that everything has to be fetched.
    resets: Vec<Instant>,
}

#[derive(Deserialize)]
struct Frame<T> {
    payload: T,
}

/// Of a `message`, and of the answer to a send.
#[derive(Debug, Deserialize)]
pub struct OfMessage {
    pub message: Numbered,
}

#[derive(Debug, Deserialize)]
pub struct Numbered {
    pub seq: u64,
}

#[derive(Deserialize)]
struct OfConversation {
    conversation: Counted,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    last_seq: u64,
}

impl Device {
    /// One that has seen the data set.
    pub fn new(conversation: usize, node: usize) -> Self {
        let heard = Heard {
            messages: BTreeMap::new(),
            up_to: MESSAGES_EACH,
            told: Vec::new(),
            resets: Vec::new(),
        };
        Self {
            conversation,
            node,
            heard: Arc::new(Mutex::new(heard)),
        }
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn take(&self, frame: &[u8]) {
        self.heard().take(frame, Instant::now());
    }

    /// What it says when it comes back.
    pub fn since(&self) -> String {
        let id = conversation(self.conversation);
        format!(r#"{{"{id}":{}}}"#, self.heard().up_to)
    }

    /// Until the socket ends.
    pub async fn listen(&self, mut socket: Socket) -> io::Error {
        loop {
            if let Err(error) = socket.hear(|frame| self.take(frame)).await {
                return error;
            }
        }
    }

    /// The same, and asks for what is missing as soon as it sees that something is.
    pub async fn listen_closely(&self, mut socket: Socket) -> io::Error {
        let mut asked = 0;
        loop {
            let mut heard = socket.hear(|frame| self.take(frame)).await;
            let (up_to, newest) = self.heard().extent();
            if heard.is_ok() && newest > up_to.max(asked) {
                let since = self.since();
                let resume = format!(r#"{{"type":"resume","payload":{{"since":{since}}}}}"#);
                heard = socket.say(resume.as_bytes()).await;
                asked = newest;
            }
            if let Err(error) = heard {
                return error;
            }
        }
    }

    /// When this message arrived here.
    pub fn has(&self, sent: &Sent) -> Option<Instant> {
        self.heard().messages.get(&sent.seq).copied()
    }

    /// When it arrived, or when something said that it is missing.
    pub fn knows(&self, sent: &Sent) -> Option<Instant> {
        let heard = self.heard();
        let told = heard.told.iter().filter(|told| told.0 >= sent.seq);
        let told = told.map(|told| told.1);
        // A reset speaks of what was there before it.
        let reset = heard.resets.iter().filter(|at| **at >= sent.answered);
        let arrived = heard.messages.get(&sent.seq);
        told.chain(reset.copied()).chain(arrived.copied()).min()
    }
}

impl Heard {
    fn take(&mut self, frame: &[u8], now: Instant) {
        if frame.starts_with(br#"{"type":"message""#) {
            if let Ok(Frame::<OfMessage> { payload }) = serde_json::from_slice(frame) {
                self.messages.entry(payload.message.seq).or_insert(now);
            }
            while self.messages.contains_key(&(self.up_to + 1)) {
                self.up_to += 1;
            }
        } else if frame.starts_with(br#"{"type":"conversation_updated""#) {
            if let Ok(Frame::<OfConversation> { payload }) = serde_json::from_slice(frame) {
                self.told.push((payload.conversation.last_seq, now));
            }
        } else if frame.starts_with(br#"{"type":"reset""#) {
            self.resets.push(now);
        }
    }

    /// What it holds without a gap, and what it has heard of.
    fn extent(&self) -> (u64, u64) {
        let told = self.told.iter().map(|told| told.0).max();
        let newest = self.messages.keys().next_back().copied();
        (self.up_to, told.max(newest).unwrap_or(0))
    }
}

/// Waits until every device knows, by `knows`, all of these that were sent in its conversation;
/// when the last one did.
pub async fn all_know(
    devices: &[Device],
    all: impl Fn() -> Vec<Sent>,
    knows: impl Fn(&Device, &Sent) -> Option<Instant>,
) -> Result<Option<Instant>> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let all = all();
        let theirs = |device: &Device| {
            let number = device.conversation;
            all.iter().filter(move |sent| sent.conversation == number)
        };
        let times = devices
            .iter()
            .flat_map(|device| theirs(device).map(|sent| knows(device, sent)));
        let (mut last, mut unknown) = (None, 0_usize);
        for time in times {
            last = last.max(time);
            unknown += usize::from(time.is_none());
        }
        if unknown == 0 {
            return Ok(last);
        }
        if Instant::now() > deadline {
            return Err(format!("{unknown} messages are missing at devices").into());
        }
        tokio::time::sleep(LOOK).await;
    }
}

#[cfg(test)]
mod tests {
    use super::Device;

    #[test]
    fn a_device_sees_what_it_misses() {
        let device = Device::new(7, 0);
        device.take(br#"{"type":"message","payload":{"message":{"seq":201}}}"#);
        device.take(br#"{"type":"message","payload":{"message":{"seq":203}}}"#);
        assert_eq!(device.heard().extent(), (201, 203));
        assert!(device.since().ends_with(r#"100000000007":201}"#));
        device
            .take(br#"{"type":"conversation_updated","payload":{"conversation":{"lastSeq":205}}}"#);
        assert_eq!(device.heard().extent(), (201, 205));
        device.take(br#"{"type":"message","payload":{"message":{"seq":202}}}"#);
        assert_eq!(device.heard().extent(), (203, 205));
    }
}
