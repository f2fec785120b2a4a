//! Olive oil, dates, soap and herbs.

use super::{Currency, Goods, Unit};
use crate::language::{Arabic, French};

pub(super) const FOOD: &[Goods] = &[
    Goods {
        id: "product-olive-oil",
        name: "Extra virgin olive oil, 5 l tin",
        short: "extra virgin olive oil, 5 l tins",
        company: "company-al-ghor",
        category: "Food",
        origin: "Jordan",
        price: Currency::Dollar.per(348_000, Unit::Tin),
        minimum_order: 120,
        lead_weeks: (2, 3),
        description: "Cold pressed from Nabali olives within twelve hours of picking, acidity under 0.4%, peppery and green.",
        local: &[
            (Arabic, "زيت زيتون بكر ممتاز، عبوة 5 لتر"),
            (French, "huile d'olive vierge extra, bidons de 5 l"),
        ],
        packing: "four tins in a carton, 40 cartons on a pallet",
        certificate: "COI, ISO 22000, Halal",
        facts: [
            (
                "What is the acidity of this season?",
                "0.32% on average, peroxides 7. The analysis of your tank comes with the quote.",
            ),
            (
                "Early or late harvest?",
                "Early, October. It is peppery. For mild taste we blend the November oil.",
            ),
            (
                "Can the tin carry our brand?",
                "From 600 tins printed, below that a label.",
            ),
        ],
        fault: (
            "a pallet has dented tins, some leak at the seam",
            "a lashing belt that was pulled over the tins without an edge protector",
        ),
    },
    Goods {
        id: "product-dates",
        name: "Medjool dates, jumbo, 5 kg box",
        short: "jumbo Medjool dates, 5 kg boxes",
        company: "company-al-ghor",
        category: "Food",
        origin: "Jordan",
        price: Currency::Dollar.per(412_000, Unit::Carton),
        minimum_order: 80,
        lead_weeks: (1, 2),
        description: "Soft, large, hand-sorted dates from the Jordan valley, washed and chilled, 18 to 20 to the pound.",
        local: &[
            (Arabic, "تمر مجهول جامبو، صندوق 5 كغ"),
            (French, "dattes Medjool jumbo, cartons de 5 kg"),
        ],
        packing: "5 kg boxes, 100 on a pallet, chilled at 4 °C",
        certificate: "GlobalG.A.P., ISO 22000",
        facts: [
            (
                "What moisture?",
                "22 to 24%. If they have to travel long without cooling, take the 20% grade.",
            ),
            (
                "Skin separation, how much do you allow?",
                "Up to 5% of the surface in jumbo. We photograph every pallet.",
            ),
            (
                "Which months do you have fresh ones?",
                "Harvest September and October, from cold store until June without loss.",
            ),
        ],
        fault: (
            "many dates have sugar spots and loose skin",
            "a reefer that stood at 14 degrees for two days at the port",
        ),
    },
    Goods {
        id: "product-olive-soap",
        name: "Olive oil soap, cut by hand, 150 g",
        short: "150 g olive oil soap bars",
        company: "company-al-ghor",
        category: "Food",
        origin: "Jordan",
        price: Currency::Dollar.per(11_800, Unit::Piece),
        minimum_order: 1_000,
        lead_weeks: (3, 4),
        description: "Three ingredients, cured for four months, stamped and cut by hand, plain or with laurel.",
        local: &[
            (Arabic, "صابون زيت الزيتون 150 غ"),
            (French, "savons à l'huile d'olive 150 g"),
        ],
        packing: "48 in a carton, paper band each",
        certificate: "CPSR",
        facts: [
            (
                "Do you have the safety report for Europe?",
                "Yes, CPSR for plain and laurel, in your name for a small fee.",
            ),
            (
                "How old are the bars when they ship?",
                "Four months at least, they are hard and lose no more weight.",
            ),
            (
                "Do they smell of olive oil?",
                "A little, honest and clean. Laurel covers it.",
            ),
        ],
        fault: (
            "the bars are softer than the last lot and stick to the paper",
            "bars that came off the rack five weeks early because of a holiday rush",
        ),
    },
    Goods {
        id: "product-zaatar",
        name: "Za'atar blend in glass jars, 80 g",
        short: "80 g jars of za'atar",
        company: "company-al-ghor",
        category: "Food",
        origin: "Jordan",
        price: Currency::Dollar.per(16_500, Unit::Jar),
        minimum_order: 600,
        lead_weeks: (2, 3),
        description: "Wild thyme, roasted sesame, sumac and salt, ground the week it is packed, no fillers.",
        local: &[
            (Arabic, "زعتر بلدي، مرطبان 80 غ"),
            (French, "zaatar en pots de 80 g"),
        ],
        packing: "twelve jars in a tray, 120 trays on a pallet",
        certificate: "ISO 22000",
        facts: [
            (
                "Is there wheat in it? Many blends have it.",
                "None. Sesame is the only allergen.",
            ),
            (
                "How long does it keep its green?",
                "Nine months in the dark, we print twelve as best before.",
            ),
            (
                "Is the sumac from you as well?",
                "From Ajloun, a cooperative of women we have worked with for years.",
            ),
        ],
        fault: (
            "the sesame tastes stale in one batch",
            "sesame that was roasted two weeks before packing instead of two days",
        ),
    },
];
