//! What a client hears that was away.

use futures_util::future::join;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep};

use super::order::gapless;
use crate::{
    Tried, must,
    session::{Place, Session, number},
    socket::Socket,
};

pub(super) const CUT: &str = "After a cut, what was missed comes in order, each once, then ready; nothing acknowledged is missing";
pub(super) const NOTHING: &str = "Who missed nothing is told nothing";
pub(super) const RESET: &str =
    "A since that cannot be served is answered with reset, never with silence";

pub(super) async fn cuts(session: &Session) -> Tried {
    for round in 0..session.target.rounds {
        cut(session, round).await.map_err(|seen| match seen {
            crate::Seen::Broken(seen) => {
                crate::Seen::broken(format!("round {}: {seen}", round + 1))
            }
            skipped @ crate::Seen::Skipped(_) => skipped,
        })?;
    }
    Ok(())
}

/// One message is on its way while the socket is cut, another comes while nobody listens.
async fn cut(session: &Session, round: u32) -> Tried {
    let (target, token) = (&session.target, &session.target.token);
    let start = session.place().await?;
    let (mut socket, frames) = Socket::resume(target, token, Some(session.since(start))).await?;
    let mut client = Client { place: start };
    client.hear(session, &frames)?;

    // The cut falls before, into and behind the send, as the round has it.
    let during = format!("cut {}", 2 * round + 1);
    let cutting = async {
        sleep(Duration::from_millis(u64::from(round) * 2)).await;
        let heard = match round % 2 {
            0 => Ok(Vec::new()),
            _ => socket.frames_so_far().await,
        };
        drop(socket);
        heard
    };
    let (first, heard) = join(session.send(&during), cutting).await;
    let first = first?;
    client.hear(session, &heard?)?;
    let second = session.send(&format!("cut {}", 2 * round + 2)).await?;

    let (mut socket, frames) =
        Socket::resume(target, token, Some(session.since(client.place))).await?;
    let known = client.place;
    let missed = client.hear(session, &frames)?;
    gapless(known.seq, &missed)?;
    for message in [&first, &second] {
        let seq = number(message, "seq")?;
        let came = seq <= known.seq || missed.iter().any(|one| one["id"] == message["id"]);
        must(came, || {
            format!("acknowledged as seq {seq}, and never came; the client was at {known}")
        })?;
    }
    // The client is now where a fetch is, or the frames on their way bring it there.
    let late = socket.frames_so_far().await?;
    client.hear(session, &late)?;
    let fetched = session.place().await?;
    let late = socket.frames_so_far().await?;
    client.hear(session, &late)?;
    must(
        client.place.seq >= fetched.seq && client.place.rev >= fetched.rev,
        || format!("the client is at {}, a fetch at {fetched}", client.place),
    )
}

pub(super) async fn nothing_missed(session: &Session) -> Tried {
    let (target, token) = (&session.target, &session.target.token);
    let place = session.place().await?;
    let (_, frames) = Socket::resume(target, token, Some(session.since(place))).await?;
    let mut client = Client { place };
    client.hear(session, &frames)?;
    let fetched = session.place().await?;
    let told = client.place != place;
    must(!told || fetched != place, || {
        format!(
            "told of {} though nothing changed behind {place}",
            client.place
        )
    })
}

pub(super) async fn resets(session: &Session) -> Tried {
    let (target, token) = (&session.target, &session.target.token);
    let ahead = session.place().await?.seq + 1_000_000;
    let nowhere = "00000000-0000-7000-8000-000000000000";
    let since = json!({ &*session.conversation: ahead, nowhere: 0 });
    let (_, frames) = Socket::resume(target, token, Some(since)).await?;
    for id in [session.conversation.as_str(), nowhere] {
        let is_reset =
            |(kind, payload): &(String, Value)| kind == "reset" && payload["conversationId"] == id;
        must(frames.iter().any(is_reset), || format!("no reset for {id}"))?;
    }
    Ok(())
}

/// What a client knows: it counts, and sees a gap.
struct Client {
    place: Place,
}

impl Client {
    /// Takes frames in their order; the messages that are new to it.
    fn hear(&mut self, session: &Session, frames: &[(String, Value)]) -> Tried<Vec<Value>> {
        let mut fresh = Vec::new();
        for (kind, payload) in frames {
            if payload["conversationId"] != *session.conversation {
                continue;
            }
            if kind == "reset" {
                return Err(crate::Seen::skipped(
                    "more than 500 messages came between two steps",
                ));
            }
            if kind == "message" {
                let seq = number(&payload["message"], "seq")?;
                let known = self.place.seq;
                must(seq == known + 1, || {
                    format!("message {seq} came where {} comes next", known + 1)
                })?;
                self.place.seq = seq;
                fresh.push(payload["message"].clone());
            }
            if let Some(rev) = payload["rev"].as_i64() {
                let known = self.place.rev;
                must(rev >= known, || {
                    format!("rev went from {known} back to {rev}")
                })?;
                self.place.rev = rev;
            }
        }
        Ok(fresh)
    }
}
