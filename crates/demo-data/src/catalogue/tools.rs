//! Hand tools.

use super::{Currency, Goods, Unit};
use crate::language::{French, Portuguese, Spanish};

pub(super) const TOOLS: &[Goods] = &[
    Goods {
        id: "product-wrench-set",
        name: "Combination wrench set, 12 pieces",
        short: "12-piece combination wrench sets",
        company: "company-arroyo",
        category: "Tools",
        origin: "Spain",
        price: Currency::Euro.per(314_000, Unit::Set),
        minimum_order: 60,
        lead_weeks: (4, 5),
        description: "Chrome vanadium, 8 to 24 mm, offset rings, satin chrome, in a rolled canvas pouch.",
        local: &[
            (Spanish, "juegos de llaves combinadas de 12 piezas"),
            (Portuguese, "jogos de chaves combinadas de 12 peças"),
            (French, "jeux de clés mixtes 12 pièces"),
        ],
        packing: "roll pouch in a carton, ten sets in an outer carton",
        certificate: "ISO 1711-1, DIN 3113",
        facts: [
            (
                "What torque do the 13 mm wrenches take?",
                "We test to 110 Nm, the norm asks for 75.",
            ),
            (
                "Can we have our logo forged in?",
                "Laser from 60 sets, forged from 2,000 because of the die.",
            ),
            (
                "Is the pouch leather or canvas?",
                "Waxed canvas with leather straps.",
            ),
        ],
        fault: (
            "the chrome flakes at the open end of the 17 and the 19",
            "a nickel bath that was out of range for one night",
        ),
    },
    Goods {
        id: "product-hammer",
        name: "Claw hammer 20 oz, ash handle",
        short: "20 oz claw hammers",
        company: "company-arroyo",
        category: "Tools",
        origin: "Spain",
        price: Currency::Euro.per(98_000, Unit::Piece),
        minimum_order: 200,
        lead_weeks: (3, 4),
        description: "Drop-forged head, polished face, straight-grained ash handle with a steel wedge, balanced by hand.",
        local: &[
            (Spanish, "martillos de uña 20 oz, mango de fresno"),
            (Portuguese, "martelos de unha 20 oz"),
            (French, "marteaux arrache-clou 20 oz"),
        ],
        packing: "24 in a carton with paper separators",
        certificate: "ISO 15601",
        facts: [
            (
                "Hickory or ash?",
                "Ash from Navarra. Hickory on request, 0.80 more.",
            ),
            (
                "How is the head fixed?",
                "Tapered eye, wooden wedge and steel ring wedge. It passes a 5 kN pull.",
            ),
            (
                "Are replacement handles available?",
                "Yes, with wedges, in bags of ten.",
            ),
        ],
        fault: (
            "a few heads are loose straight from the carton",
            "handles with 14% moisture that dried out in your warm store",
        ),
    },
    Goods {
        id: "product-pliers",
        name: "Adjustable water pump pliers 250 mm",
        short: "250 mm water pump pliers",
        company: "company-arroyo",
        category: "Tools",
        origin: "Spain",
        price: Currency::Euro.per(121_000, Unit::Piece),
        minimum_order: 200,
        lead_weeks: (4, 5),
        description: "Box joint with push button, 25 positions, induction-hardened teeth, two-component or dipped grips.",
        local: &[
            (Spanish, "alicates de cremallera 250 mm"),
            (Portuguese, "alicates de bomba de água 250 mm"),
            (French, "pinces multiprises 250 mm"),
        ],
        packing: "hang card each, 40 in a carton",
        certificate: "ISO 8976",
        facts: [
            (
                "How hard are the teeth?",
                "58 to 61 HRC, induction hardened after grinding.",
            ),
            (
                "Does the button jam with cement dust?",
                "It is closed at the back, we test it in sand.",
            ),
            (
                "Two-component grip, same price?",
                "0.55 more. For plumbers it pays, they use it all day.",
            ),
        ],
        fault: (
            "the adjusting button sticks on around one in fifteen",
            "burrs inside the slot after a drill change",
        ),
    },
    Goods {
        id: "product-garden-shears",
        name: "Bypass pruning shears, forged",
        short: "forged bypass pruning shears",
        company: "company-arroyo",
        category: "Tools",
        origin: "Spain",
        price: Currency::Euro.per(157_000, Unit::Piece),
        minimum_order: 150,
        lead_weeks: (4, 5),
        description: "Forged carbon steel blade, replaceable spring, sap groove, aluminium handles with a soft stop.",
        local: &[
            (Spanish, "tijeras de podar bypass forjadas"),
            (Portuguese, "tesouras de poda forjadas"),
            (French, "sécateurs forgés à lame franche"),
        ],
        packing: "cardboard holster each, thirty in a carton",
        certificate: "ISO 9001",
        facts: [
            (
                "Are the blades replaceable?",
                "Blade, spring and bolt, all in one kit for 4.10.",
            ),
            (
                "Left-handed version?",
                "Yes, from 150 pieces, mirrored handles.",
            ),
            (
                "Does the carbon steel rust?",
                "It will if you leave it wet. It is oiled and holds an edge much longer than stainless.",
            ),
        ],
        fault: (
            "the safety catch opens by itself when the shears are dropped",
            "a spring plate from a softer coil",
        ),
    },
];
