//! What goods are counted in, in every language of the demo.

use crate::language::{Chinese, Japanese, Language};
use crate::number::grouped;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Piece,
    Machine,
    Set,
    Pair,
    Bag,
    Tin,
    Jar,
    Carton,
    Kilogram,
    Metre,
    SquareMetre,
}

/// One and many of a unit, a column for each language in the order of [`Language`].
type Words = [(&'static str, &'static str); 10];

const PIECE: Words = [
    ("piece", "pieces"),
    ("Stück", "Stück"),
    ("pièce", "pièces"),
    ("pieza", "piezas"),
    ("pezzo", "pezzi"),
    ("peça", "peças"),
    ("adet", "adet"),
    ("件", "件"),
    ("個", "個"),
    ("قطعة", "قطعة"),
];
const MACHINE: Words = [
    ("unit", "units"),
    ("Stück", "Stück"),
    ("unité", "unités"),
    ("unidad", "unidades"),
    ("unità", "unità"),
    ("unidade", "unidades"),
    ("adet", "adet"),
    ("台", "台"),
    ("台", "台"),
    ("وحدة", "وحدة"),
];
const SET: Words = [
    ("set", "sets"),
    ("Satz", "Sätze"),
    ("jeu", "jeux"),
    ("juego", "juegos"),
    ("set", "set"),
    ("jogo", "jogos"),
    ("takım", "takım"),
    ("套", "套"),
    ("セット", "セット"),
    ("طقم", "طقم"),
];
const PAIR: Words = [
    ("pair", "pairs"),
    ("Paar", "Paar"),
    ("paire", "paires"),
    ("par", "pares"),
    ("paio", "paia"),
    ("par", "pares"),
    ("çift", "çift"),
    ("双", "双"),
    ("足", "足"),
    ("زوج", "زوج"),
];
const BAG: Words = [
    ("bag", "bags"),
    ("Sack", "Säcke"),
    ("sac", "sacs"),
    ("saco", "sacos"),
    ("sacco", "sacchi"),
    ("saca", "sacas"),
    ("çuval", "çuval"),
    ("袋", "袋"),
    ("袋", "袋"),
    ("كيس", "كيس"),
];
const TIN: Words = [
    ("tin", "tins"),
    ("Kanister", "Kanister"),
    ("bidon", "bidons"),
    ("lata", "latas"),
    ("latta", "latte"),
    ("lata", "latas"),
    ("teneke", "teneke"),
    ("桶", "桶"),
    ("缶", "缶"),
    ("عبوة", "عبوة"),
];
const JAR: Words = [
    ("jar", "jars"),
    ("Glas", "Gläser"),
    ("pot", "pots"),
    ("frasco", "frascos"),
    ("vasetto", "vasetti"),
    ("frasco", "frascos"),
    ("kavanoz", "kavanoz"),
    ("瓶", "瓶"),
    ("瓶", "瓶"),
    ("مرطبان", "مرطبان"),
];
const CARTON: Words = [
    ("box", "boxes"),
    ("Karton", "Kartons"),
    ("carton", "cartons"),
    ("caja", "cajas"),
    ("cartone", "cartoni"),
    ("caixa", "caixas"),
    ("koli", "koli"),
    ("箱", "箱"),
    ("箱", "箱"),
    ("صندوق", "صندوق"),
];
const KILOGRAM: Words = [("kg", "kg"); 10];
const METRE: Words = [("m", "m"); 10];
const SQUARE_METRE: Words = [("m²", "m²"); 10];

impl Unit {
    const fn words(self) -> &'static Words {
        match self {
            Self::Piece => &PIECE,
            Self::Machine => &MACHINE,
            Self::Set => &SET,
            Self::Pair => &PAIR,
            Self::Bag => &BAG,
            Self::Tin => &TIN,
            Self::Jar => &JAR,
            Self::Carton => &CARTON,
            Self::Kilogram => &KILOGRAM,
            Self::Metre => &METRE,
            Self::SquareMetre => &SQUARE_METRE,
        }
    }

    /// The word for one of it.
    pub(crate) const fn one(self, language: Language) -> &'static str {
        self.words()[language.column()].0
    }

    /// So many of it: "5,000 pieces".
    pub(crate) fn count(self, amount: i64, language: Language) -> String {
        let (one, many) = self.words()[language.column()];
        let number = grouped(amount, language);
        let word = if amount == 1 { one } else { many };
        match language {
            Japanese | Chinese if !word.is_ascii() => format!("{number}{word}"),
            _ => format!("{number} {word}"),
        }
    }
}
