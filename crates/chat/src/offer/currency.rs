//! Currencies by ISO 4217, with the digits behind the point that their amounts have.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// One of ISO 4217's list one in which something can be paid: metals, drawing rights and test codes have no
/// digits and are not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency {
    code: &'static str,
    /// Behind the point.
    pub digits: u8,
}

impl Currency {
    /// By its three capital letters.
    pub fn parse(code: &str) -> Option<Self> {
        let (code, digits) = CODES.iter().find_map(|(digits, codes)| {
            let mut codes = codes.split_ascii_whitespace();
            codes
                .find(|known| *known == code)
                .map(|known| (known, *digits))
        })?;
        Some(Self { code, digits })
    }

    pub fn code(self) -> &'static str {
        self.code
    }
}

/// By the digits behind the point. State of the list: 1 January 2026.
const CODES: [(u8, &str); 4] = [
    (
        0,
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    ),
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
         CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
         GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK \
         LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO \
         NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS \
         SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST \
         XAD XCD XCG YER ZAR ZMW ZWG",
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| D::Error::custom("not a currency"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{CODES, Currency};

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        for (code, digits) in [
            ("JPY", 0),
            ("KRW", 0),
            ("EUR", 2),
            ("USD", 2),
            ("CNY", 2),
            ("KWD", 3),
            ("TND", 3),
            ("CLF", 4),
        ] {
            assert_eq!(
                Currency::parse(code).map(|currency| currency.digits),
                Some(digits),
                "{code}"
            );
        }
        for not in ["", "eur", "EURO", "XXX", "XAU", "DEM", "E R", "EUR USD"] {
            assert_eq!(Currency::parse(not), None, "{not:?}");
        }
    }

    #[test]
    fn each_code_is_three_capitals_and_listed_once() {
        let codes: Vec<&str> = CODES
            .iter()
            .flat_map(|(_, codes)| codes.split_ascii_whitespace())
            .collect();
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 3
                    && code.bytes().all(|letter| letter.is_ascii_uppercase()))
        );
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len());
    }
}
