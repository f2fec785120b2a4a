//! Bearings and linear motion.

use super::{Currency, Goods, Unit};
use crate::language::{German, Japanese, Spanish};

pub(super) const BEARINGS: &[Goods] = &[
    Goods {
        id: "product-ball-bearing",
        name: "Deep groove ball bearing 6204-2RS",
        short: "6204-2RS ball bearings",
        company: "company-hoshizora",
        category: "Bearings",
        origin: "Japan",
        price: Currency::Dollar.per(21_500, Unit::Piece),
        minimum_order: 500,
        lead_weeks: (4, 6),
        description: "Sealed deep groove ball bearing, 20 × 47 × 14 mm, P6 tolerance, low-noise grease, measured for vibration one by one.",
        local: &[
            (Japanese, "深溝玉軸受 6204-2RS"),
            (German, "Rillenkugellager 6204-2RS"),
            (Spanish, "rodamientos de bolas 6204-2RS"),
        ],
        packing: "single boxes, 200 in a carton with desiccant",
        certificate: "ISO 9001",
        facts: [
            (
                "What grease is inside, and up to which temperature?",
                "Lithium soap, −30 to 120 °C. For ovens we fill urea grease, up to 180 °C.",
            ),
            (
                "Is C3 clearance available?",
                "Yes. CN is standard, C3 takes one week more because we match the balls again.",
            ),
            (
                "Do you measure vibration of each bearing?",
                "Each one, class V2. The sheet with the lot shows the average and the worst.",
            ),
        ],
        fault: (
            "about one in thirty makes a clicking noise at low speed",
            "dust that came in when one box of balls was left open next to the grinding area",
        ),
    },
    Goods {
        id: "product-linear-guide",
        name: "Linear guide 20 mm with two carriages, 800 mm",
        short: "20 mm linear guides with two carriages",
        company: "company-hoshizora",
        category: "Bearings",
        origin: "Japan",
        price: Currency::Dollar.per(860_000, Unit::Set),
        minimum_order: 20,
        lead_weeks: (5, 7),
        description: "Ground profile rail with two preloaded carriages, four rows of balls, accuracy class H, cut to length.",
        local: &[
            (Japanese, "リニアガイド 20mm（キャリッジ2個付）"),
            (German, "Linearführungen 20 mm mit zwei Wagen"),
            (Spanish, "guías lineales de 20 mm con dos patines"),
        ],
        packing: "greased, in VCI film, in a wooden tray of ten",
        certificate: "ISO 9001",
        facts: [
            (
                "Can you cut the rails to 735 mm?",
                "Yes, we cut and chamfer. Please tell us the distance of the first hole, 17.5 mm if you say nothing.",
            ),
            (
                "What preload do you recommend for a pick and place axis?",
                "Light preload, Z1. With medium the motor gets warm for nothing.",
            ),
            (
                "Are the carriages interchangeable between rails?",
                "Within class H yes. In class P we deliver matched pairs with numbers.",
            ),
        ],
        fault: (
            "two carriages have a tight spot in the middle of the travel",
            "a rail that was straightened after grinding, it should have been sorted out",
        ),
    },
    Goods {
        id: "product-ball-screw",
        name: "Ball screw 16 × 5, rolled, with nut and ends",
        short: "16 × 5 ball screws with nut",
        company: "company-hoshizora",
        category: "Bearings",
        origin: "Japan",
        price: Currency::Dollar.per(1_120_000, Unit::Set),
        minimum_order: 10,
        lead_weeks: (6, 8),
        description: "Rolled ball screw, C7, with flanged nut, machined ends for standard supports, 600 mm travel.",
        local: &[
            (Japanese, "ボールねじ 16×5（ナット付）"),
            (German, "Kugelgewindetriebe 16 × 5 mit Mutter"),
            (Spanish, "husillos de bolas 16 × 5 con tuerca"),
        ],
        packing: "each in a cardboard tube with end caps, tubes in a wooden case",
        certificate: "ISO 9001",
        facts: [
            (
                "Which end machining is standard?",
                "Fixed end for BK12, free end for BF12. With your drawing we machine what you need, one week more.",
            ),
            (
                "What is the axial play?",
                "Under 0.02 mm. Zero backlash with a preloaded nut, about 15% more.",
            ),
            (
                "What speed can they run?",
                "At 600 mm travel 3,000 rpm is fine. Longer ones need a look at the critical speed.",
            ),
        ],
        fault: (
            "the coupling end is 0.03 mm too thick on four screws",
            "a tool offset that was entered for another order",
        ),
    },
    Goods {
        id: "product-roller-bearing",
        name: "Tapered roller bearing 32008X",
        short: "32008X tapered roller bearings",
        company: "company-hoshizora",
        category: "Bearings",
        origin: "Japan",
        price: Currency::Dollar.per(94_000, Unit::Piece),
        minimum_order: 200,
        lead_weeks: (5, 6),
        description: "Single row tapered roller bearing, 40 × 68 × 19 mm, case hardened rings, stamped cage, for gearboxes and wheels.",
        local: &[
            (Japanese, "円すいころ軸受 32008X"),
            (German, "Kegelrollenlager 32008X"),
            (Spanish, "rodamientos cónicos 32008X"),
        ],
        packing: "cone and cup in one box, 40 boxes in a carton",
        certificate: "ISO 9001",
        facts: [
            (
                "Are cone and cup matched, or may we mix them?",
                "You may mix them within one lot. We laser the lot on the back face.",
            ),
            (
                "Do you have the dynamic rating?",
                "C = 51.5 kN. The calculation sheet is attached to every offer.",
            ),
            (
                "Do you offer them with open cages for our gearbox oil?",
                "The stamped cage is open enough, three customers in your field use it.",
            ),
        ],
        fault: (
            "light rust on the back face of the cups in one carton",
            "a carton that stood open in the rainy season, without the desiccant bag",
        ),
    },
];
