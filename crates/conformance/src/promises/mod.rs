//! The promises, in the order in which they are tried: one after the other, because they share a
//! conversation.

mod changes;
mod errors;
mod frames;
mod order;
mod other;
mod pages;
mod resume;

use crate::{Outcome, Seen, Tried, Verdict, session::Session, target::Target};

/// Plays every promise; `tell` hears of each as soon as it is known.
///
/// # Errors
///
/// Why nothing could be tried.
pub async fn run(target: Target, mut tell: impl FnMut(&Outcome)) -> Result<Vec<Outcome>, String> {
    let session = match Session::begin(target).await {
        Ok(session) => session,
        Err(Seen::Broken(reason) | Seen::Skipped(reason)) => return Err(reason),
    };
    let mut outcomes = Vec::new();
    let mut done = |promise: &'static str, tried: Tried| {
        let verdict = match tried {
            Ok(()) => Verdict::Held,
            Err(Seen::Broken(seen)) => Verdict::Broken(seen),
            Err(Seen::Skipped(reason)) => Verdict::Skipped(reason),
        };
        let outcome = Outcome { promise, verdict };
        tell(&outcome);
        outcomes.push(outcome);
    };

    let s = &session;
    done(errors::ENVELOPE, errors::envelope(s).await);
    done(errors::STRANGERS, errors::strangers(s).await);
    done(frames::OPENING, frames::opening(s).await);
    done(frames::FIRST, frames::first_frame(s).await);
    done(frames::TOKEN, frames::wrong_token(s).await);
    done(frames::BAD, frames::bad_frames(s).await);
    done(frames::LARGE, frames::large_frame(s).await);
    done(order::ONCE, order::once(s).await);
    done(order::RACE, order::race(s).await);
    done(resume::CUT, resume::cuts(s).await);
    done(resume::NOTHING, resume::nothing_missed(s).await);
    done(resume::RESET, resume::resets(s).await);
    done(pages::PAGES, pages::pages(s).await);
    done(pages::MARKS, pages::marks(s).await);
    done(changes::CHANGES, changes::changes(s).await);
    done(other::HEARS, other::hears(s).await);
    done(other::TYPING, other::typing(s).await);
    Ok(outcomes)
}
