//! What two people talk about: the facts that stay the same within a conversation.

use super::script::Facts;
use crate::catalogue::Goods;
use crate::language::Language;
use crate::money::Price;
use crate::number::grouped;
use crate::people::{Profile, companies};
use crate::random::Random;

/// The facts of one conversation. Prices come from the product, everything else from the seed.
#[derive(Debug)]
pub(super) struct Deal {
    language: Language,
    buyer: &'static Profile,
    /// Nobody in a conversation with the marketplace itself.
    supplier: Option<&'static Profile>,
    admin: Option<&'static Profile>,
    goods: &'static Goods,
    units: i64,
    samples: i64,
    faulty: i64,
    quoted: Price,
    agreed: Price,
    weeks: i64,
    terms: String,
    /// Four days of a month, one after the other.
    days: [i64; 4],
    pallets: i64,
    numbers: [i64; 5],
    /// The order in which the questions about the product come up.
    questions: [usize; 3],
    vessel: &'static str,
}

const VESSELS: [&str; 8] = [
    "Aurelia Bay",
    "Nordic Heron",
    "Pacific Lantern",
    "Sea Poppy",
    "Orchid Strait",
    "Amber Gull",
    "Cape Lumen",
    "Silver Tern",
];

/// How far apart the numbers of two orders are.
const REORDER_STEP: i64 = 137;

/// Countries that lorries reach from each other without a sea voyage.
const BY_ROAD: [&str; 10] = [
    "France",
    "Netherlands",
    "United Kingdom",
    "Germany",
    "Italy",
    "Portugal",
    "Norway",
    "Spain",
    "Czechia",
    "Türkiye",
];

/// Whether goods go by lorry between two people.
pub(super) fn by_road(buyer: &Profile, supplier: &Profile) -> bool {
    let [from, to] = [supplier, buyer].map(|profile| profile.person.country.as_str());
    from == to || (BY_ROAD.contains(&from) && BY_ROAD.contains(&to))
}

/// Who is in a conversation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Party {
    pub(super) buyer: &'static Profile,
    pub(super) supplier: Option<&'static Profile>,
    pub(super) admin: Option<&'static Profile>,
}

impl Deal {
    pub(super) fn new(
        party: Party,
        language: Language,
        goods: &'static Goods,
        random: &mut Random,
    ) -> Self {
        let Party {
            buyer,
            supplier,
            admin,
        } = party;
        let units = goods.minimum_order * random.pick(&[2, 3, 4, 5, 6, 8]);
        let quoted = goods.price.changed(random.between(-20, 0));
        let first = random.between(0, 2);
        Self {
            language,
            buyer,
            supplier,
            admin,
            goods,
            units,
            samples: random.between(3, 8),
            faulty: (units * random.between(8, 30) / 1_000).max(2),
            quoted,
            agreed: quoted.changed(random.between(-68, -35)),
            weeks: random
                .between(goods.lead_weeks.0, goods.lead_weeks.1)
                .max(2),
            terms: terms(buyer, supplier, random),
            days: Self::days(random),
            pallets: random.between(3, 14),
            numbers: Self::numbers(random),
            questions: [0, 1, 2].map(|index| usize::try_from((first + index) % 3).unwrap_or(0)),
            vessel: random.pick(&VESSELS),
        }
    }

    /// What comes after this is about a further order, with numbers and days of its own.
    pub(super) fn reorder(&mut self, random: &mut Random) {
        let order = self.numbers[0] + REORDER_STEP;
        self.numbers = Self::numbers(random);
        self.numbers[0] = order;
        self.days = Self::days(random);
        self.pallets = random.between(3, 14);
        self.vessel = random.pick(&VESSELS);
    }

    fn numbers(random: &mut Random) -> [i64; 5] {
        [(); 5].map(|()| random.between(1_000, 9_999))
    }

    fn days(random: &mut Random) -> [i64; 4] {
        [(3, 7), (9, 13), (15, 20), (22, 28)].map(|(low, high)| random.between(low, high))
    }

    fn amount(&self, price: Price) -> String {
        price.amount(self.language)
    }

    fn count(&self, units: i64) -> String {
        self.goods.price.unit.count(units, self.language)
    }

    /// Part of what the whole order costs.
    fn share(&self, percent: i64) -> String {
        self.agreed.total(self.units, percent, self.language)
    }

    fn question(&self, index: usize) -> &'static (String, String) {
        &self.goods.facts[self.questions[index]]
    }

    /// A number such as PO-4821, `letters` telling whose number it is.
    fn number(&self, letters: &str, index: usize) -> String {
        format!("{letters}-{}", self.numbers[index])
    }

    fn of_person(&self, profile: Option<&'static Profile>, key: &str) -> Option<String> {
        let profile = profile?;
        let person = &profile.person;
        Some(match key {
            "" => profile.address(self.language),
            "g" => profile.given.clone(),
            "c" => profile.colleague.clone(),
            "co" => person.company.clone(),
            "city" => person.city.clone(),
            "port" => profile.port.clone(),
            _ => return None,
        })
    }

    fn of_goods(&self, key: &str) -> Option<String> {
        let goods = self.goods;
        Some(match key {
            "p" => goods.called(self.language).to_owned(),
            "sco" => company(goods).to_owned(),
            "moq" => self.count(goods.minimum_order),
            "pack" => goods.packing.clone(),
            "cert" => goods.certificate.clone(),
            "fault" => goods.fault.clone(),
            "cause" => goods.cause.clone(),
            "f1q" => self.question(0).0.clone(),
            "f1a" => self.question(0).1.clone(),
            "f2q" => self.question(1).0.clone(),
            "f2a" => self.question(1).1.clone(),
            "f3q" => self.question(2).0.clone(),
            "f3a" => self.question(2).1.clone(),
            _ => return None,
        })
    }

    fn of_price(&self, key: &str) -> Option<String> {
        let language = self.language;
        Some(match key {
            "q" => self.count(self.units),
            "q2" => self.count(self.units * 2),
            "quote" => self.quoted.in_words(language),
            "quote0" => self.amount(self.quoted),
            "quote2" => self.quoted.changed(-40).in_words(language),
            "target" => self.amount(self.quoted.changed(-105)),
            "deal" => self.amount(self.agreed),
            "raised" => self.amount(self.agreed.changed(58)),
            "lowered" => self.amount(self.agreed.changed(-18)),
            "total0" => self.quoted.total(self.units, 100, language),
            "total" => self.share(100),
            "dep" => self.share(30),
            "bal" => self.share(70),
            "credit" => self.agreed.total(self.faulty, 100, language),
            _ => return None,
        })
    }

    fn of_order(&self, key: &str) -> Option<String> {
        Some(match key {
            "l" => self.weeks.to_string(),
            "l2" => (self.weeks + 2).to_string(),
            "sn" => self.samples.to_string(),
            "dq" => grouped(self.faulty, self.language),
            "term" => self.terms.clone(),
            "po" => self.number("PO", 0),
            "po2" => format!("PO-{}", self.numbers[0] + REORDER_STEP),
            "pi" => self.number("PI", 1),
            "inv" => self.number("INV", 2),
            "track" => format!("QS{}{}", self.numbers[3], self.numbers[4]),
            "cont" => format!("HGQU {}{}-{}", self.numbers[4], self.days[0], self.days[0]),
            "vessel" => self.vessel.to_owned(),
            "pal" => self.pallets.to_string(),
            "kg" => grouped(self.pallets * (280 + self.days[2]), self.language),
            "d1" => self.days[0].to_string(),
            "d2" => self.days[1].to_string(),
            "d3" => self.days[2].to_string(),
            "d4" => self.days[3].to_string(),
            "o1" => ordinal(self.days[0]),
            "o2" => ordinal(self.days[1]),
            "o3" => ordinal(self.days[2]),
            "o4" => ordinal(self.days[3]),
            _ => return None,
        })
    }
}

impl Facts for Deal {
    fn fact(&self, key: &str) -> Option<String> {
        let person = match key.as_bytes().first() {
            Some(b'b') => self.of_person(Some(self.buyer), &key[1..]),
            Some(b's') => self.of_person(self.supplier, &key[1..]),
            Some(b'a') => self.of_person(self.admin, &key[1..]),
            _ => None,
        };
        person
            .or_else(|| self.of_price(key))
            .or_else(|| self.of_order(key))
            .or_else(|| self.of_goods(key))
    }
}

/// An Incoterm with its place that makes sense between two people.
fn terms(buyer: &Profile, supplier: Option<&'static Profile>, random: &mut Random) -> String {
    let Some(supplier) = supplier else {
        return format!("DAP {}", buyer.person.city);
    };
    let to = &buyer.person.city;
    let ways = if by_road(buyer, supplier) {
        [
            format!("DAP {to}"),
            format!("DDP {to}"),
            format!("CPT {to}"),
        ]
    } else {
        let port = &buyer.port;
        [
            format!("CIF {port}"),
            format!("CFR {port}"),
            format!("DAP {to}"),
        ]
    };
    let [first, second, third] = ways;
    match random.below(3) {
        0 => first,
        1 => second,
        _ => third,
    }
}

/// Who sells the product, known also where nobody of them is present.
fn company(goods: &Goods) -> &'static str {
    let seller = companies()
        .iter()
        .find(|company| company.id == goods.company);
    &seller.expect("every product has a company").name
}

fn ordinal(day: i64) -> String {
    let ending = match (day, day % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}
