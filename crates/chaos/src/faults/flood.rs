//! Sockets that do not read, and somebody who talks a lot meanwhile.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use reqwest::Method;
use serde_json::json;
use test_support::{Heard, Person, Socket};
use tokio::{
    net::TcpSocket,
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::Knows;
use crate::{
    actor::Topic,
    ask::{About, Asker, of},
    frame::Frame,
    history::What,
    plan::{Fault, Injection, Target},
};

const PATIENCE: Duration = Duration::from_secs(3);
/// Letters of one of the messages, and bytes of a letter: as long as a message may be.
const LETTERS: usize = 9_900;
const LETTER: &str = "\u{1F529}";
/// So many of them at most: more than queue and kernel hold, and few enough to be fetched.
const MOST: usize = 180;
/// Messages under way at once.
const VOICES: usize = 4;
/// What waited is read within this time; others go on talking.
const READ: Duration = Duration::from_secs(5);

/// Who talks, and who does not read. Nobody else needs the conversation.
pub const TALKER: &str = "flora";
pub const DEAF: &str = "dora";
/// What the devices of somebody who does not read are called.
pub const DEAF_DEVICE: &str = "deaf";

/// Not through the proxy, whose buffers would read in their place.
pub(super) async fn flood(
    knows: Knows,
    injections: Vec<Injection>,
    address: SocketAddr,
    topics: Vec<Topic>,
) {
    let base = format!("http://{address}");
    let topic = topics.iter().find(|topic| topic.purpose.is_of(TALKER));
    for injection in injections {
        knows.until(&injection).await;
        let (Fault::Flood(count), Target::Readers(node)) = (injection.fault, injection.target)
        else {
            continue;
        };
        let mut deaf = Vec::new();
        for number in 0..count {
            let who = format!("{DEAF}/{DEAF_DEVICE} {node}.{}.{number}", injection.at);
            let opened = timeout(PATIENCE, deaf_socket(&knows, &who, node, &base, address)).await;
            deaf.extend(opened.ok().flatten().map(|socket| (who, socket)));
        }
        if let Some(conversation) = topic.and_then(|topic| topic.conversation.get()) {
            // Two, since each of them may only say so much.
            let askers = [TALKER, DEAF].map(|id| Asker {
                who: format!("{id}/loud {node}.{}", injection.at),
                people: vec![Person::new(&base, id)],
                first_node: node,
                recorder: knows.recorder.clone(),
            });
            talk(&askers, &injection, conversation).await;
        }
        let reading = deaf.into_iter().map(|(who, socket)| {
            let knows = knows.clone();
            async move { read_all(&knows, &who, socket).await }
        });
        reading.collect::<JoinSet<()>>().join_all().await;
        knows.recovers(&injection);
    }
}

async fn deaf_socket(
    knows: &Knows,
    who: &str,
    node: usize,
    base: &str,
    address: SocketAddr,
) -> Option<Socket> {
    let person = Person::new(base, DEAF);
    let socket = TcpSocket::new_v4().ok()?;
    socket.set_recv_buffer_size(16 << 10).ok()?;
    let stream = socket.connect(address).await.ok()?;
    let token = person.token.as_deref().unwrap_or_default();
    let mut socket = Socket::try_over(stream, token).await?;
    let since = BTreeMap::new();
    knows.recorder.note(who, What::Connects { node, since });
    let hello = json!({ "token": token });
    socket.send("authenticate", hello).await;
    Some(socket)
}

/// What was written before it was too much, and why there is no more.
async fn read_all(knows: &Knows, who: &str, mut socket: Socket) {
    let note = |what| knows.recorder.note(who, what);
    let end = Instant::now() + READ;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match socket.hear_raw(left).await {
            Heard::Frame(frame) => note(What::Hears(Frame::read(&frame))),
            Heard::Closed(code) => return note(What::Loses { code }),
            Heard::Nothing => return note(What::Loses { code: 0 }),
        }
    }
}

async fn talk(askers: &[Asker], injection: &Injection, conversation: &str) {
    let end = Instant::now() + Duration::from_millis(injection.lasts);
    let voices = (0..VOICES).map(|voice| {
        let asker = askers[voice % askers.len()].clone();
        let conversation = conversation.to_owned();
        async move {
            for turn in (voice..MOST).step_by(VOICES) {
                if Instant::now() >= end {
                    return;
                }
                let key = format!("{}-{turn}", asker.who);
                say(&asker, &conversation, &key).await;
            }
        }
    });
    voices.collect::<JoinSet<()>>().join_all().await;
}

async fn say(asker: &Asker, conversation: &str, key: &str) {
    let (to, name) = (conversation.to_owned(), key.to_owned());
    asker.note(What::Sends {
        conversation: to,
        key: name,
    });
    let content = format!("{key} {}", LETTER.repeat(LETTERS));
    let body = json!({"content": content, "clientMessageId": key});
    let path = of(conversation, "/messages");
    let post = asker.people[0].request(Method::POST, &path).json(&body);
    let about = About::message(conversation, key);
    match asker.ask(about, post, PATIENCE).await {
        Some(answer) if matches!(answer.status, 200 | 201) => {
            asker.acknowledged(conversation, key, &answer);
        }
        // Not in a circle.
        _ => sleep(Duration::from_millis(100)).await,
    }
}
