//! Terms as somebody wrote them, and what is wrong with them.

use super::{
    currency::Currency,
    decimal::{Decimal, PLACES, WHOLE_DIGITS},
    incoterm::Incoterm,
    terms::{
        ITEMS, Item, LEAD_TIME_DAYS, NAME_CHARS, PAYMENT_CHARS, PLACE_CHARS, REMARKS_CHARS, Terms,
        UNIT_CHARS, VALID_DAYS,
    },
};
use crate::{content, error::Fields, ids::ProductId, timestamp::Timestamp};

/// Nothing of it is checked but that it has the right form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenTerms {
    pub items: Vec<WrittenItem>,
    pub currency: Option<String>,
    pub incoterm: Option<String>,
    pub place: Option<String>,
    pub lead_time_days: Option<i64>,
    pub payment: Option<String>,
    pub valid_until: Option<Timestamp>,
    pub remarks: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenItem {
    pub product_id: Option<ProductId>,
    pub name: Option<String>,
    pub quantity: Option<String>,
    pub unit: Option<String>,
    pub unit_price: Option<String>,
}

/// What terms are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Offer,
    /// No prices, and only the goods must be named.
    Request,
}

impl WrittenTerms {
    /// Cleans and checks. `Err` names every wrong field, from `terms` on. Without a time nobody asks how long
    /// they are valid.
    pub fn check(self, purpose: Purpose, now: Option<Timestamp>) -> Result<Terms, Fields> {
        let mut check = Check {
            purpose,
            wrong: Fields::new(),
        };
        let items = check.items(self.items);
        let currency = check.currency(self.currency);
        let incoterm = check.incoterm(self.incoterm);
        let place = check.line("terms.place", self.place, PLACE_CHARS);
        check.delivery(incoterm, place.as_deref());
        if let Some(days) = self.lead_time_days
            && !(0..=LEAD_TIME_DAYS).contains(&days)
        {
            let reason = format!("Must be a whole number from 0 to {LEAD_TIME_DAYS}");
            check.refuse("terms.leadTimeDays", reason);
        }
        let terms = Terms {
            items,
            currency,
            incoterm,
            place,
            lead_time_days: self.lead_time_days,
            payment: check.text("terms.payment", self.payment, PAYMENT_CHARS),
            valid_until: check.valid_until(self.valid_until, now),
            remarks: check.text("terms.remarks", self.remarks, REMARKS_CHARS),
        };
        if check.wrong.is_empty() && purpose == Purpose::Offer && terms.net().is_none() {
            let reason =
                format!("Their total has more than {WHOLE_DIGITS} digits before the point");
            check.refuse("terms.items", reason);
        }
        if check.wrong.is_empty() {
            Ok(terms)
        } else {
            Err(check.wrong)
        }
    }
}

/// Notes what is wrong and goes on, so that everything is named at once.
struct Check {
    purpose: Purpose,
    wrong: Fields,
}

impl Check {
    /// The first reason counts: what is wrong is not missing as well.
    fn refuse(
        &mut self,
        name: impl Into<std::borrow::Cow<'static, str>>,
        reason: impl Into<String>,
    ) {
        self.wrong.note(name, reason);
    }

    fn items(&mut self, items: Vec<WrittenItem>) -> Vec<Item> {
        if !(1..=ITEMS).contains(&items.len()) {
            let reason = match items.len() {
                0 => "Name at least one item".to_owned(),
                many => format!("At most {ITEMS} items, these are {many}"),
            };
            self.refuse("terms.items", reason);
            return Vec::new();
        }
        let items = items.into_iter().enumerate();
        items.map(|(place, item)| self.item(place, item)).collect()
    }

    /// What is wrong of it is noted, and then nobody sees what stands here instead.
    fn item(&mut self, place: usize, written: WrittenItem) -> Item {
        let path = |field: &str| format!("terms.items[{place}].{field}");
        let (name, unit) = (path("name"), path("unit"));
        let quantity = self.amount(path("quantity"), written.quantity);
        if quantity.is_some_and(Decimal::is_zero) {
            self.refuse(path("quantity"), "Must be more than 0");
        }
        let unit_price = match (self.purpose, written.unit_price) {
            (Purpose::Offer, price) => self.amount(path("unitPrice"), price),
            (Purpose::Request, None) => None,
            (Purpose::Request, Some(_)) => {
                self.refuse(
                    path("unitPrice"),
                    "A request has no prices: suppliers name theirs",
                );
                None
            }
        };
        Item {
            product_id: written.product_id,
            name: self.required_line(name, written.name, NAME_CHARS),
            quantity: quantity.unwrap_or(Decimal::ZERO),
            unit: self.required_line(unit, written.unit, UNIT_CHARS),
            unit_price,
        }
    }

    fn amount(&mut self, name: String, text: Option<String>) -> Option<Decimal> {
        let Some(text) = text else {
            self.refuse(name, "Is required");
            return None;
        };
        let amount = Decimal::parse(&text);
        if amount.is_none() {
            let reason = format!(
                "Must be decimal text like 12.50: at most {WHOLE_DIGITS} digits, a point and at most {PLACES} more"
            );
            self.refuse(name, reason);
        }
        amount
    }

    fn currency(&mut self, code: Option<String>) -> Option<Currency> {
        let Some(code) = code else {
            if self.purpose == Purpose::Offer {
                self.refuse("terms.currency", "Is required");
            }
            return None;
        };
        let currency = Currency::parse(&code);
        if currency.is_none() {
            self.refuse("terms.currency", "Must be a code of ISO 4217, such as EUR");
        }
        currency
    }

    fn incoterm(&mut self, rule: Option<String>) -> Option<Incoterm> {
        let rule = rule?;
        let incoterm = Incoterm::parse(&rule);
        if incoterm.is_none() {
            let all: Vec<_> = Incoterm::ALL.iter().map(|rule| rule.as_str()).collect();
            self.refuse(
                "terms.incoterm",
                format!("Must be one of {}", all.join(", ")),
            );
        }
        incoterm
    }

    fn delivery(&mut self, incoterm: Option<Incoterm>, place: Option<&str>) {
        let is_known = |name| self.wrong.contains(name);
        match (incoterm, place) {
            (Some(rule), None) => {
                let reason = format!("{} names {}", rule.as_str(), rule.named());
                self.refuse("terms.place", reason);
            }
            (None, Some(_)) if !is_known("terms.incoterm") => {
                self.refuse(
                    "terms.incoterm",
                    "A place needs the incoterm that it is named for",
                );
            }
            _ => {}
        }
    }

    fn valid_until(
        &mut self,
        until: Option<Timestamp>,
        now: Option<Timestamp>,
    ) -> Option<Timestamp> {
        let Some(until) = until else {
            if self.purpose == Purpose::Offer {
                self.refuse("terms.validUntil", "Is required");
            }
            return None;
        };
        let until = until.whole_milliseconds();
        if let Some(now) = now {
            if until <= now {
                self.refuse("terms.validUntil", "Must be later than now");
            } else if until > now.plus_seconds(VALID_DAYS * 24 * 60 * 60) {
                self.refuse("terms.validUntil", "Must be at most a year ahead");
            }
        }
        Some(until)
    }

    fn required_line(&mut self, name: String, text: Option<String>, most: usize) -> String {
        let line = self.line(name.clone(), text, most);
        if line.is_none() {
            self.refuse(name, "Is required");
        }
        line.unwrap_or_default()
    }

    /// On one line.
    fn line(
        &mut self,
        name: impl Into<std::borrow::Cow<'static, str>>,
        text: Option<String>,
        most: usize,
    ) -> Option<String> {
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text(name, text.map(words), most)
    }

    /// Cleaned; `None`: nothing is left of it. Its characters are counted as those of a message.
    fn text(
        &mut self,
        name: impl Into<std::borrow::Cow<'static, str>>,
        text: Option<String>,
        most: usize,
    ) -> Option<String> {
        let plain = content::plain(&text?);
        let length = plain.chars().count();
        if length > most {
            let reason = format!("At most {most} characters, these are {length}");
            self.refuse(name, reason);
        }
        (length > 0).then(|| content::without_markup(plain))
    }
}

#[cfg(test)]
mod tests;
