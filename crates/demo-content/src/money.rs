//! Amounts, written as each language writes them.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::language::{
    Arabic, Chinese, English, French, German, Italian, Japanese, Language, Portuguese, Spanish,
    Turkish,
};
use crate::number::grouped;
use crate::units::Unit;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Currency {
    #[serde(rename = "EUR")]
    Euro,
    #[serde(rename = "USD")]
    Dollar,
}

/// The price of one unit, in ten-thousandths of the currency: screws cost less than a cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Price {
    #[serde(rename = "amount", deserialize_with = "amount")]
    pub(crate) ten_thousandths: i64,
    pub(crate) currency: Currency,
    pub(crate) unit: Unit,
}

impl Currency {
    fn write(self, number: &str, language: Language) -> String {
        match (self, language) {
            (Self::Euro, English) => format!("€{number}"),
            (Self::Dollar, English) => format!("${number}"),
            (Self::Euro, Chinese) => format!("{number} 欧元"),
            (Self::Dollar, Chinese) => format!("{number} 美元"),
            (Self::Euro, Japanese) => format!("{number}ユーロ"),
            (Self::Dollar, Japanese) => format!("{number}ドル"),
            (Self::Euro, Arabic) => format!("{number} يورو"),
            (Self::Dollar, Arabic) => format!("{number} دولار"),
            (Self::Euro, _) => format!("{number}\u{a0}€"),
            (Self::Dollar, _) => format!("{number}\u{a0}USD"),
        }
    }
}

impl Price {
    /// Without the unit: "€0.184".
    pub(crate) fn amount(self, language: Language) -> String {
        let digits = match self.ten_thousandths {
            ..1_000 => 4,
            1_000..10_000 => 3,
            10_000..5_000_000 => 2,
            _ => 0,
        };
        let number = decimal(self.ten_thousandths, digits, language);
        self.currency.write(&number, language)
    }

    /// With the unit: "€0.184 per piece".
    pub(crate) fn in_words(self, language: Language) -> String {
        let amount = self.amount(language);
        let unit = self.unit.one(language);
        match language {
            English => format!("{amount} per {unit}"),
            French => format!("{amount} par {unit}"),
            German => format!("{amount} je {unit}"),
            Spanish | Portuguese => format!("{amount} por {unit}"),
            Italian | Turkish | Chinese | Japanese | Arabic => format!("{amount}/{unit}"),
        }
    }

    /// This price changed by some per mille, rounded to what people say: three digits.
    pub(crate) fn changed(self, per_mille: i64) -> Self {
        let exact = self.ten_thousandths * (1_000 + per_mille) / 1_000;
        let mut step = 1;
        while exact / step >= 1_000 {
            step *= 10;
        }
        let rounded = (exact + step / 2) / step * step;
        Self {
            ten_thousandths: rounded.max(1),
            ..self
        }
    }

    /// What so many units cost, in whole currency units.
    pub(crate) fn total(self, units: i64, percent: i64, language: Language) -> String {
        let whole = self.ten_thousandths * units / 10_000 * percent / 100;
        self.currency.write(&grouped(whole, language), language)
    }
}

/// A decimal number with two to four digits behind its point.
fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let parsed = text.split_once('.').and_then(|(whole, fraction)| {
        let fits = (2..=4).contains(&fraction.len());
        let digits = format!("{whole}{fraction:0<4}");
        fits.then(|| digits.parse().ok()).flatten()
    });
    parsed.ok_or_else(|| D::Error::custom(format!("{text} is no amount such as 12.50")))
}

fn decimal(ten_thousandths: i64, digits: usize, language: Language) -> String {
    let whole = grouped(ten_thousandths / 10_000, language);
    let fraction = format!("{:04}", ten_thousandths % 10_000);
    let point = if matches!(language, English | Chinese | Japanese | Arabic) {
        '.'
    } else {
        ','
    };
    if digits == 0 {
        return whole;
    }
    // Thousandths only where they say something: 0.42, but 0.184.
    let mut shown = &fraction[..digits];
    while shown.len() > 2 && shown.ends_with('0') {
        shown = &shown[..shown.len() - 1];
    }
    format!("{whole}{point}{shown}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(ten_thousandths: i64, currency: Currency, unit: Unit) -> Price {
        Price {
            ten_thousandths,
            currency,
            unit,
        }
    }

    #[test]
    fn amounts_are_written_as_each_language_writes_them() {
        let screw = price(1_840, Currency::Euro, Unit::Piece);
        assert_eq!(screw.in_words(English), "€0.184 per piece");
        assert_eq!(screw.in_words(German), "0,184\u{a0}€ je Stück");
        assert_eq!(
            price(1_120_000, Currency::Dollar, Unit::Set).amount(English),
            "$112.00"
        );
        assert_eq!(
            price(15_900_000, Currency::Euro, Unit::Machine).amount(French),
            "1\u{a0}590\u{a0}€"
        );
        assert_eq!(screw.total(120_000, 30, German), "6.624\u{a0}€");
    }

    #[test]
    fn a_changed_price_keeps_three_digits() {
        let changed = price(61_000, Currency::Euro, Unit::Piece).changed(-73);
        assert_eq!(changed.amount(English), "€5.65");
    }
}
