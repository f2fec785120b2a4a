//! What was answered over HTTP.

use std::collections::BTreeMap;

use super::{Found, Rule, causes::Causes, is_admin};
use crate::history::{Event, Request, What};

pub(super) fn check(found: &mut Found) {
    for event in found.events() {
        match &event.what {
            What::Answered {
                request,
                conversation,
                status,
                code,
            } => answer(
                found,
                event,
                *request,
                conversation.as_deref(),
                *status,
                code.as_deref(),
            ),
            What::Acknowledged { conversation, .. }
                if !found.may_hear(event.person(), conversation) =>
            {
                let what = "sent a message to others".to_owned();
                found.add(Rule::Outsider, Some(conversation), Some(&event.who), what);
            }
            What::Starves { request } => {
                let what = format!("{request:?} is not answered though everything runs");
                found.add(Rule::Recovery, None, Some(&event.who), what);
            }
            _ => {}
        }
    }
    own_writes(found);
}

fn answer(
    found: &mut Found,
    event: &Event,
    request: Request,
    conversation: Option<&str>,
    status: u16,
    code: Option<&str>,
) {
    let is_outside = conversation.is_some_and(|id| !found.may_hear(event.person(), id));
    let is_admin = is_admin(event.person());
    let is_right = match (status, code) {
        (503, Some("unavailable")) => true,
        (403, Some("blocked" | "closed")) if is_barred(found, conversation) => {
            matches!(
                request,
                Request::Send | Request::Change | Request::Trade | Request::Open
            )
        }
        (429, Some("rate_limited")) => {
            matches!(
                request,
                Request::Send | Request::Open | Request::Change | Request::Trade
            )
        }
        // What was said before a deal stays as it was.
        (403, Some("edit_window_over")) => {
            request == Request::Change && has_deal(found, conversation)
        }
        (403, Some(_)) => {
            // An administrator who has not joined, or cannot.
            let has_a_place = matches!(
                request,
                Request::Send | Request::Read | Request::Change | Request::Settle
            );
            is_outside || (is_admin && has_a_place)
        }
        (409, Some("deleted")) => request == Request::Change,
        (409, Some("offer_open" | "offer_not_open" | "offer_changed")) => request == Request::Trade,
        (409, Some("conflict")) => matches!(request, Request::Join | Request::Leave),
        _ => false,
    };
    if !is_right {
        let what = format!("{request:?} was answered with {status} {code:?}");
        found.add(Rule::Answer, conversation, Some(&event.who), what);
    }
}

/// Whether somebody shut others out of it, at some time.
fn is_barred(found: &Found, conversation: Option<&str>) -> bool {
    found.events().any(|event| match &event.what {
        What::Bars {
            conversation: of, ..
        } => conversation.is_none_or(|id| id == of),
        _ => false,
    })
}

fn has_deal(found: &Found, conversation: Option<&str>) -> bool {
    let stored = conversation.and_then(|id| found.conversations().get(id));
    let mut offers = stored.iter().flat_map(|stored| &stored.offers);
    offers.any(|offer| offer.state == "accepted")
}

/// Whoever was told that something is stored finds it, wherever they ask. Not so between servers of
/// which only one has Redis: nobody can tell the other's cache.
fn own_writes(found: &mut Found) {
    let causes = Causes::of(found);
    let mut told: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut asked: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for event in found.events() {
        match &event.what {
            What::Acknowledged {
                conversation, seq, ..
            } => {
                let known = told.entry((&event.who, conversation)).or_default();
                *known = (*seq).max(*known);
            }
            What::Asks { conversation } => {
                let key = (&*event.who, &**conversation);
                asked.insert(key, told.get(&key).copied().unwrap_or_default());
            }
            What::Finds { conversation, seq } => {
                let known = asked
                    .get(&(&event.who, conversation))
                    .copied()
                    .unwrap_or_default();
                if *seq < known && !causes.explain_partition(event.at) {
                    let what = format!("found {seq} after {known} was acknowledged");
                    found.add(Rule::OwnWrites, Some(conversation), Some(&event.who), what);
                }
            }
            _ => {}
        }
    }
}
