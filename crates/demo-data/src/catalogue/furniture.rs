//! Chairs, stools, tables and shelves.

use super::{Currency, Goods, Unit};
use crate::language::Chinese;

pub(super) const FURNITURE: &[Goods] = &[
    Goods {
        id: "product-oak-chair",
        name: "Oak dining chair with woven seat",
        short: "oak chairs with woven seat",
        company: "company-rung-xanh",
        category: "Furniture",
        origin: "Vietnam",
        price: Currency::Dollar.per(384_000, Unit::Piece),
        minimum_order: 80,
        lead_weeks: (6, 8),
        description: "Solid white oak, oiled, paper cord seat woven by hand, 4.6 kg, stackable by two, FSC certified wood.",
        local: &[(Chinese, "橡木编绳餐椅")],
        packing: "two in a carton with foam corners, 420 in a 40 ft high cube",
        certificate: "FSC, EN 16139 level 1",
        facts: [
            (
                "Is the seat tested for contract use?",
                "EN 16139 level 1, 100,000 cycles. Re-weaving kits are available.",
            ),
            (
                "Oil or lacquer?",
                "Hard wax oil. For cafés we recommend the matt lacquer, same price.",
            ),
            (
                "How many fit in a 40 foot container?",
                "420 packed by two. Flat-packed 720, your people fit the legs with eight bolts.",
            ),
        ],
        fault: (
            "the back legs wobble, the joint opens when you lean back",
            "glue that was used below 15 degrees on a cold morning",
        ),
    },
    Goods {
        id: "product-bamboo-stool",
        name: "Bamboo stool 45 cm, round seat",
        short: "round bamboo stools",
        company: "company-rung-xanh",
        category: "Furniture",
        origin: "Vietnam",
        price: Currency::Dollar.per(142_000, Unit::Piece),
        minimum_order: 150,
        lead_weeks: (5, 6),
        description: "Laminated bamboo, steam-bent legs, rounded edges, stack of six, water-based lacquer.",
        local: &[(Chinese, "竹制圆凳 45厘米")],
        packing: "four in a carton, knocked down",
        certificate: "FSC, E0",
        facts: [
            (
                "Does bamboo crack in dry winter heating?",
                "We dry to 8%, so no. Below 30% humidity for months anything cracks.",
            ),
            ("What load?", "130 kilos tested, we print 110."),
            (
                "Natural or carbonised colour?",
                "Both, and black stain from 300 pieces.",
            ),
        ],
        fault: (
            "the seats arrived with grey spots under the lacquer",
            "bamboo that was stored outside during the storm week",
        ),
    },
    Goods {
        id: "product-coffee-table",
        name: "Round side table, acacia and steel",
        short: "acacia side tables",
        company: "company-rung-xanh",
        category: "Furniture",
        origin: "Vietnam",
        price: Currency::Dollar.per(468_000, Unit::Piece),
        minimum_order: 50,
        lead_weeks: (6, 8),
        description: "Acacia top of 50 cm on a powder-coated tripod, tray edge, assembled with one key.",
        local: &[(Chinese, "相思木圆边几")],
        packing: "one in a carton, top in felt, 1,150 in a 40 ft high cube",
        certificate: "FSC, TSCA Title VI",
        facts: [
            (
                "Does the grain vary a lot?",
                "Acacia does. We sort by three tones, tell us light, mixed or dark.",
            ),
            (
                "Are there felt pads under the feet?",
                "Screwed nylon glides. Felt costs 0.20.",
            ),
            (
                "Is the top sealed underneath?",
                "Both sides, otherwise it would bend.",
            ),
        ],
        fault: (
            "five tops are bent, the table rocks on a flat floor",
            "tops that were lacquered on one side only",
        ),
    },
    Goods {
        id: "product-shelf",
        name: "Open shelf, five levels, ash",
        short: "five-level ash shelves",
        company: "company-rung-xanh",
        category: "Furniture",
        origin: "Vietnam",
        price: Currency::Dollar.per(897_000, Unit::Piece),
        minimum_order: 40,
        lead_weeks: (7, 9),
        description: "Solid ash ladder sides with brass pins, 180 cm high, wall fixing included, levels can be moved without tools.",
        local: &[(Chinese, "白蜡木五层置物架")],
        packing: "two flat cartons per shelf, edge boards, labelled 1/2 and 2/2",
        certificate: "FSC, EN 16121",
        facts: [
            (
                "What does one level carry?",
                "25 kilos, evenly spread. With the steel strip 45.",
            ),
            (
                "Can we have it 160 high for under a sloping roof?",
                "Yes from 40 pieces, the ladders are cut before the holes are drilled.",
            ),
            (
                "Are the pins solid brass?",
                "Solid, not plated. They get darker with time, customers like it.",
            ),
        ],
        fault: (
            "carton 2 of 2 is missing for six shelves",
            "two pallets that were split at the forwarder's warehouse",
        ),
    },
];
