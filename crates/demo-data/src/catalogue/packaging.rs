//! Boxes, bags, jars and tubes.

use super::{Currency, Goods, Unit};
use crate::language::{French, Italian};

pub(super) const PACKAGING: &[Goods] = &[
    Goods {
        id: "product-corrugated-box",
        name: "Corrugated mailer box, printed, 300 × 220 × 120",
        short: "printed 300 × 220 × 120 mailer boxes",
        company: "company-vialle",
        category: "Packaging",
        origin: "France",
        price: Currency::Euro.per(4_200, Unit::Piece),
        minimum_order: 3_000,
        lead_weeks: (2, 3),
        description: "E-flute mailer with tear strip and return glue, two-colour print outside, one inside, kraft or white, from 90% recycled fibre.",
        local: &[
            (French, "boîtes postales imprimées 300 × 220 × 120"),
            (Italian, "scatole postali stampate 300 × 220 × 120"),
        ],
        packing: "flat, bundles of 25, 1,500 on a pallet",
        certificate: "FSC Recycled",
        facts: [
            (
                "What is the lead time when only the print changes?",
                "Eight working days from the approved proof. The die stays the same.",
            ),
            (
                "Does the inside print rub off on white products?",
                "No, it is a water-based ink with varnish. We can send a rub test.",
            ),
            (
                "How much does it carry when stacked?",
                "BCT 210 kg on that size. For wet cold rooms we go up one paper grade.",
            ),
        ],
        fault: (
            "the glue line opens on about one box in twenty",
            "a cold warehouse night, the hot melt was at the wrong temperature",
        ),
    },
    Goods {
        id: "product-paper-bag",
        name: "Kraft carrier bag with flat handle, 26 × 35",
        short: "26 × 35 kraft carrier bags",
        company: "company-vialle",
        category: "Packaging",
        origin: "France",
        price: Currency::Euro.per(1_150, Unit::Piece),
        minimum_order: 10_000,
        lead_weeks: (3, 4),
        description: "Brown or white kraft of 90 g, flat handle, up to four colours, carries eight kilos.",
        local: &[
            (French, "sacs kraft à poignées plates 26 × 35"),
            (Italian, "shopper in carta kraft 26 × 35"),
        ],
        packing: "250 in a carton, 24 cartons on a pallet",
        certificate: "FSC, BfR XXXVI",
        facts: [
            (
                "Is it food safe without a liner?",
                "Dry food yes. For pastry we recommend the greaseproof inner layer.",
            ),
            (
                "Do four colours mean four plates?",
                "Yes, 95 euros each, kept for three years.",
            ),
            (
                "Twisted handles instead of flat?",
                "From 20,000, 1.8 cents more.",
            ),
        ],
        fault: (
            "handles tear off at three or four kilos",
            "a roll of handle paper that was cut across the grain",
        ),
    },
    Goods {
        id: "product-glass-jar",
        name: "Preserving jar 370 ml with lid",
        short: "370 ml jars with lids",
        company: "company-vialle",
        category: "Packaging",
        origin: "France",
        price: Currency::Euro.per(3_900, Unit::Piece),
        minimum_order: 2_500,
        lead_weeks: (1, 2),
        description: "Clear twist-off jar of 63 mm with gold or black lid, for honey, jam and sauces, pasteurisable.",
        local: &[
            (French, "bocaux 370 ml avec couvercle"),
            (Italian, "vasetti 370 ml con capsula"),
        ],
        packing: "tray-shrunk on pallets of 2,520, lids in separate cartons",
        certificate: "EU 10/2011",
        facts: [
            (
                "Are the lids PVC-free?",
                "Yes, blue seal, for oil and acid too.",
            ),
            (
                "Up to which temperature can we fill?",
                "95 degrees hot fill, then pasteurise up to 105 with counter pressure.",
            ),
            (
                "Is the glass recycled?",
                "62% on average, we can state it on the delivery note.",
            ),
        ],
        fault: (
            "a layer of jars is broken and the splinters went into the jars below",
            "a forklift that hit the pallet in our yard, the driver did not report it",
        ),
    },
    Goods {
        id: "product-paper-tube",
        name: "Cardboard tube with lid, Ø 84 × 200",
        short: "84 × 200 cardboard tubes",
        company: "company-vialle",
        category: "Packaging",
        origin: "France",
        price: Currency::Euro.per(6_800, Unit::Piece),
        minimum_order: 1_500,
        lead_weeks: (3, 4),
        description: "Spiral-wound tube with rolled edge and push-in lid for tea, coffee and posters, foil-free barrier liner.",
        local: &[
            (French, "tubes carton avec couvercle Ø 84 × 200"),
            (Italian, "tubi in cartone con coperchio Ø 84 × 200"),
        ],
        packing: "standing in trays of 48, 960 on a pallet",
        certificate: "FSC",
        facts: [
            (
                "Is it tight enough for ground coffee?",
                "With the barrier liner nine months. With a bag inside as long as the bag.",
            ),
            (
                "Can the label be printed, not glued?",
                "Wrapped print from 3,000, it looks cleaner than a label.",
            ),
            (
                "Paper lid or metal?",
                "Paper is standard. Metal plug lids 4 cents more.",
            ),
        ],
        fault: (
            "lids fall off when the tube is turned over",
            "a change of board thickness that we did not match in the lid",
        ),
    },
];
