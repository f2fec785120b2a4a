//! Decimal text: amounts as people write them, and never a floating point number.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Digits before the point, at most.
pub const WHOLE_DIGITS: usize = 12;
/// Digits behind the point, at most.
pub const PLACES: u8 = 4;

/// Units of the last place that an amount can have: of 1 there are 10,000.
const ONE: i64 = 10_i64.pow(PLACES as u32);

/// Zero or more, with the digits behind the point that it was written with: `1.50` stays `1.50`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// In ten-thousandths.
    units: i64,
    places: u8,
}

impl Decimal {
    pub const ZERO: Self = Self {
        units: 0,
        places: 0,
    };

    /// At most 12 digits, and behind a point at most 4: no sign, no exponent, no spaces, no commas.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = match text.split_once('.') {
            Some((_, "")) => return None,
            Some((whole, fraction)) => (whole, fraction),
            None => (text, ""),
        };
        let is_digits = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
        let is_whole = (1..=WHOLE_DIGITS).contains(&whole.len()) && is_digits(whole);
        if !is_whole || fraction.len() > usize::from(PLACES) || !is_digits(fraction) {
            return None;
        }
        let places = u8::try_from(fraction.len()).ok()?;
        let digits = format!("{whole}{fraction:0<width$}", width = usize::from(PLACES));
        Some(Self {
            units: digits.parse().ok()?,
            places,
        })
    }

    pub fn is_zero(self) -> bool {
        self.units == 0
    }
}

/// The sum of `quantity × unitPrice`, exact until it is rounded once, in the end, half up, to so many
/// places. `None`: it has more digits before the point than an amount may have.
pub fn sum_of_products(
    factors: impl IntoIterator<Item = (Decimal, Decimal)>,
    places: u8,
) -> Option<Decimal> {
    let places = places.min(PLACES);
    // A product is below 10^32, in units of 10^-8.
    let product =
        |(one, other): (Decimal, Decimal)| i128::from(one.units) * i128::from(other.units);
    let mut sum = 0_i128;
    for factors in factors {
        sum = sum.checked_add(product(factors))?;
    }
    let step = 10_i128.pow(2 * u32::from(PLACES) - u32::from(places));
    let rounded = (sum + step / 2) / step;
    let units = rounded * 10_i128.pow(u32::from(PLACES - places));
    let units = i64::try_from(units).ok()?;
    let most = 10_i64.pow(u32::try_from(WHOLE_DIGITS).ok()?);
    (units / ONE < most).then_some(Decimal { units, places })
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.units / ONE, self.units % ONE);
        if self.places == 0 {
            return write!(f, "{whole}");
        }
        let fraction = fraction / 10_i64.pow(u32::from(PLACES - self.places));
        write!(
            f,
            "{whole}.{fraction:0>width$}",
            width = usize::from(self.places)
        )
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not decimal text"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Decimal, sum_of_products};

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text} is decimal text"))
    }

    #[test]
    fn an_amount_is_shown_as_it_was_written() {
        for text in [
            "0",
            "7",
            "1.5",
            "1.50",
            "0.0001",
            "1200",
            "999999999999.9999",
        ] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal("007.10").to_string(), "7.10");
    }

    #[test]
    fn nothing_else_is_an_amount() {
        for text in [
            "",
            ".",
            ".5",
            "5.",
            "-1",
            "+1",
            "1e3",
            "1,5",
            " 1",
            "1 ",
            "0x1",
            "1.23456",
            "1234567890123",
            "1.2.3",
            "١",
            "NaN",
            "1_000",
            "1.-5",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_total_is_rounded_once_in_the_end_and_half_up() {
        let sum = |factors: &[(&str, &str)], places| {
            let factors = factors
                .iter()
                .map(|(one, other)| (decimal(one), decimal(other)));
            sum_of_products(factors, places).map(|sum| sum.to_string())
        };
        assert_eq!(sum(&[("500", "1.20")], 2).unwrap(), "600.00");
        assert_eq!(sum(&[("1", "0.005")], 2).unwrap(), "0.01");
        assert_eq!(sum(&[("1", "0.0049")], 2).unwrap(), "0.00");
        // Rounded line by line it would be 0.03.
        assert_eq!(
            sum(&[("1", "0.005"), ("1", "0.005"), ("1", "0.005")], 2).unwrap(),
            "0.02"
        );
        assert_eq!(sum(&[("3", "0.5")], 0).unwrap(), "2");
        assert_eq!(sum(&[("1.5", "1.0001")], 4).unwrap(), "1.5002");
        assert_eq!(sum(&[("0.0001", "0.0001")], 3).unwrap(), "0.000");
        assert_eq!(sum(&[], 2).unwrap(), "0.00");
        assert_eq!(
            sum(&[("999999999999.9999", "1")], 2),
            None,
            "rounded up to 13 digits"
        );
        assert_eq!(
            sum(&[("999999999999.9999", "999999999999.9999"); 50], 2),
            None
        );
    }

    prop_compose! {
        fn written()(whole in 0..1_000_000_000_000_i64, fraction in 0..10_000_i64, places in 0..5_usize) -> String {
            match places {
                0 => whole.to_string(),
                _ => format!("{whole}.{}", &format!("{fraction:04}")[..places]),
            }
        }
    }

    proptest! {
        #[test]
        fn reading_and_showing_are_each_others_opposite(text in written()) {
            prop_assert_eq!(decimal(&text).to_string(), text);
        }

        #[test]
        fn any_text_is_an_amount_or_none(text in "\\PC{0,20}") {
            if let Some(amount) = Decimal::parse(&text) {
                prop_assert_eq!(Decimal::parse(&amount.to_string()), Some(amount));
            }
        }

        /// Against a sum by hand: whole numbers of the smallest unit, in 128 bits.
        #[test]
        fn a_total_is_that_of_exact_numbers(
            factors in proptest::collection::vec((0..10_000_000_i64, 0..10_000_000_i64), 0..50),
            places in 0..5_u8,
        ) {
            let of_units = |units: i64| Decimal { units, places: 4 };
            let amounts = factors.iter().map(|(one, other)| (of_units(*one), of_units(*other)));
            let total = sum_of_products(amounts, places).unwrap();
            let exact: i128 = factors.iter().map(|(one, other)| i128::from(*one) * i128::from(*other)).sum();
            let shown = i128::from(total.units) * 10_000;
            let half = 10_i128.pow(8 - u32::from(places)) / 2;
            prop_assert!((shown - half..=shown + half).contains(&exact));
            prop_assert!(exact != shown + half, "half goes up");
            let behind_the_point = total.to_string().split_once('.').map_or(0, |(_, digits)| digits.len());
            prop_assert_eq!(behind_the_point, usize::from(places));
        }
    }
}
