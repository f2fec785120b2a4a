//! Terms in words, for whoever sees a message and no card: mail, exports, old clients.

use std::fmt::Write;

use super::{Totals, state::State, terms::Terms};
use crate::content;

/// What the words begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title {
    Offer,
    /// An offer that answers another.
    CounterOffer,
    Request,
}

/// The same words for the same terms, a line for each thing that is said, the note behind them. Cleaned as a
/// message is.
pub fn in_words(title: Title, terms: &Terms, note: &str) -> String {
    let mut lines = vec![first_line(title, terms)];
    for (number, item) in (1..).zip(&terms.items) {
        let (name, quantity, unit) = (&item.name, item.quantity, &item.unit);
        let mut line = format!("{number}. {name}: {quantity} {unit}");
        if let Some(price) = item.unit_price {
            // Writing to a text cannot fail.
            let _ = write!(line, " × {price}");
        }
        lines.push(line);
    }
    if let (Some(rule), Some(place)) = (terms.incoterm, &terms.place) {
        lines.push(format!(
            "Delivery: {} {place} (Incoterms 2020)",
            rule.as_str()
        ));
    }
    match terms.lead_time_days {
        Some(1) => lines.push("Lead time: 1 day".to_owned()),
        Some(days) => lines.push(format!("Lead time: {days} days")),
        None => {}
    }
    if let Some(payment) = &terms.payment {
        lines.push(format!("Payment: {payment}"));
    }
    if let Some(until) = terms.valid_until {
        let what = match title {
            Title::Offer | Title::CounterOffer => "Valid until",
            Title::Request => "Answers until",
        };
        lines.push(format!("{what}: {} UTC", until.to_the_minute()));
    }
    if let Some(remarks) = &terms.remarks {
        lines.push(format!("Remarks: {remarks}"));
    }
    if !note.is_empty() {
        lines.push(format!("\n{note}"));
    }
    content::clean(&lines.join("\n"))
}

/// What became of an offer, on one line, with what was said to it.
pub fn outcome_in_words(state: State, by: &str, totals: Totals, note: Option<&str>) -> String {
    let amount = format!("{} {}", totals.currency, totals.net);
    let mut line = match state {
        State::Accepted => format!("{by} accepted the offer of {amount}"),
        State::Declined => format!("{by} declined the offer of {amount}"),
        State::Withdrawn => format!("{by} withdrew the offer of {amount}"),
        State::Expired => format!("The offer of {amount} has expired"),
        State::Countered => format!("{by} answered the offer of {amount} with another"),
        State::Open => format!("The offer of {amount} is open"),
    };
    if let Some(note) = note {
        let _ = write!(line, ": {note}");
    }
    content::clean(&line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What a list shows.
fn first_line(title: Title, terms: &Terms) -> String {
    let title = match title {
        Title::Offer => "Offer",
        Title::CounterOffer => "Counter-offer",
        Title::Request => "Request for quotation",
    };
    match (terms.currency, terms.net()) {
        (Some(currency), Some(net)) => format!("{title}: {currency} {net}"),
        (Some(currency), None) => format!("{title} in {currency}"),
        (None, _) => title.to_owned(),
    }
}
