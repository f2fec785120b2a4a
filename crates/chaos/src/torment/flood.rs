//! Sockets that do not read, and somebody who talks a lot meanwhile.

use std::{net::SocketAddr, time::Duration};

use reqwest::Method;
use serde_json::json;
use test_support::{Person, Socket};
use tokio::{
    net::TcpSocket,
    time::{Instant, timeout},
};

use super::Knows;
use crate::{
    actor::Topic,
    ask::{Asker, of},
    history::{Request, What},
    plan::{Blow, Fault},
};

const PATIENCE: Duration = Duration::from_secs(3);
/// Bytes of one of the messages.
const LONG: usize = 9_000;
/// So many of them at most, so that histories can still be fetched.
const MOST: usize = 150;

/// Who talks, and who does not read: the people of the first conversation.
const TALKER: &str = "anna";
const DEAF: &str = "sofia";

/// Not through the proxy, whose buffers would read in their place.
pub(super) async fn flood(knows: Knows, blows: Vec<Blow>, address: SocketAddr, topics: Vec<Topic>) {
    let base = format!("http://{address}");
    for blow in blows {
        knows.until(&blow).await;
        let Fault::Flood(count) = blow.fault else {
            continue;
        };
        let mut deaf = Vec::new();
        for _ in 0..count {
            deaf.extend(
                timeout(PATIENCE, deaf_socket(&base, address))
                    .await
                    .ok()
                    .flatten(),
            );
        }
        if let Some(conversation) = topics.first().and_then(|topic| topic.conversation.get()) {
            let asker = Asker {
                who: TALKER.to_owned(),
                people: vec![Person::new(&base, TALKER)],
                recorder: knows.recorder.clone(),
            };
            talk(&asker, &blow, conversation).await;
        }
        knows.recovers(&blow);
    }
}

async fn deaf_socket(base: &str, address: SocketAddr) -> Option<Socket> {
    let person = Person::new(base, DEAF);
    let socket = TcpSocket::new_v4().ok()?;
    socket.set_recv_buffer_size(16 << 10).ok()?;
    let stream = socket.connect(address).await.ok()?;
    let token = person.token.as_deref().unwrap_or_default();
    let mut socket = Socket::try_over(stream, token).await?;
    let hello = json!({ "token": token });
    socket.send("authenticate", hello).await;
    Some(socket)
}

async fn talk(asker: &Asker, blow: &Blow, conversation: &str) {
    let end = Instant::now() + Duration::from_millis(blow.lasts);
    for turn in 0..MOST {
        if Instant::now() >= end {
            return;
        }
        let key = format!("flood-{}-{turn}", blow.at);
        asker.note(What::Sends {
            conversation: conversation.to_owned(),
            key: key.clone(),
        });
        let content = format!("{key} {}", "y".repeat(LONG));
        let body = json!({"content": content, "clientMessageId": key});
        let path = of(conversation, "/messages");
        let post = asker.people[0].request(Method::POST, &path).json(&body);
        let sent = asker
            .ask(Request::Send, Some(conversation), post, PATIENCE)
            .await;
        if let Some(answer) = sent.filter(|answer| matches!(answer.status, 200 | 201)) {
            asker.acknowledged(conversation, &key, &answer);
        }
    }
}
