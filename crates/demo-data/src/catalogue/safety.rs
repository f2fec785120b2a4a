//! Protective clothing.

use super::{Currency, Goods, Unit};

pub(super) const SAFETY: &[Goods] = &[
    Goods {
        id: "product-hard-hat",
        name: "Safety helmet with ratchet, vented",
        short: "vented safety helmets",
        company: "company-kaveri",
        category: "Safety wear",
        origin: "India",
        price: Currency::Dollar.per(46_000, Unit::Piece),
        minimum_order: 300,
        lead_weeks: (3, 5),
        description: "ABS shell with six-point textile harness, ratchet, sweat band and slots for ear muffs, eight colours.",
        local: &[],
        packing: "twenty in a carton, nested",
        certificate: "EN 397, ANSI Z89.1 type I",
        facts: [
            (
                "What is the shelf life?",
                "Five years from the moulding date, which is stamped inside, three years in daily use.",
            ),
            (
                "Can you print logos on four sides?",
                "Front and back by pad print, sides by sticker. 0.18 per position.",
            ),
            (
                "Do your ear muffs fit other brands' slots?",
                "30 mm slots, the common size.",
            ),
        ],
        fault: (
            "the ratchet slips under load on part of the blue helmets",
            "a soft resin that the moulder used without asking",
        ),
    },
    Goods {
        id: "product-gloves",
        name: "Nitrile coated work gloves, cut level C",
        short: "nitrile work gloves, cut level C",
        company: "company-kaveri",
        category: "Safety wear",
        origin: "India",
        price: Currency::Dollar.per(13_800, Unit::Pair),
        minimum_order: 2_400,
        lead_weeks: (3, 4),
        description: "15 gauge liner with glass-free cut yarn, micro-foam nitrile palm, touch-screen fingers, sizes 7 to 11.",
        local: &[],
        packing: "twelve pairs in a paper band, 144 in a carton",
        certificate: "EN 388 4X42C",
        facts: [
            (
                "Glass-free? Our people complained about itching.",
                "Glass-free since two years. It is a polyethylene and steel blend, very soft.",
            ),
            (
                "What size split do you suggest?",
                "7: 10, 8: 25, 9: 35, 10: 25, 11: 5 percent.",
            ),
            (
                "Do they survive washing?",
                "Five times at 40 degrees and still level C. No softener, please.",
            ),
        ],
        fault: (
            "size 9 bands contain pairs of size 8",
            "a mix-up at the inspection table in the evening shift",
        ),
    },
    Goods {
        id: "product-safety-vest",
        name: "High-visibility vest, class 2, zipped",
        short: "class 2 high-visibility vests",
        company: "company-kaveri",
        category: "Safety wear",
        origin: "India",
        price: Currency::Dollar.per(21_500, Unit::Piece),
        minimum_order: 1_000,
        lead_weeks: (3, 4),
        description: "Knitted polyester with two bands of reflective tape, zip, radio loop, ID pocket, sizes S to 4XL.",
        local: &[],
        packing: "each in a recycled bag, 100 in a carton",
        certificate: "EN ISO 20471 class 2",
        facts: [
            (
                "How many washes until the tape fails the norm?",
                "50 at 60 degrees. The label says so, and our test report too.",
            ),
            (
                "Can we print over the tape?",
                "Not over it, the class would be lost. Between the bands and on the back.",
            ),
            (
                "Is a mesh version available?",
                "Yes, open mesh for summer, 0.12 less.",
            ),
        ],
        fault: (
            "the reflective tape peels off after the first wash",
            "a heat press that ran 15 degrees too cold on one line",
        ),
    },
    Goods {
        id: "product-safety-boots",
        name: "Leather safety boots S3, ankle high",
        short: "S3 leather safety boots",
        company: "company-kaveri",
        category: "Safety wear",
        origin: "India",
        price: Currency::Dollar.per(192_000, Unit::Pair),
        minimum_order: 300,
        lead_weeks: (5, 6),
        description: "Full grain leather, composite toe cap and midsole, PU/rubber sole, breathable lining, sizes 36 to 48.",
        local: &[],
        packing: "one pair in a box, ten boxes in a carton",
        certificate: "EN ISO 20345 S3 SRC",
        facts: [
            (
                "Composite or steel cap?",
                "Composite, so no trouble at the metal detector. Steel is 0.90 less.",
            ),
            (
                "Do you have wide fittings?",
                "Fit 11 is standard, fit 12 from 300 pairs.",
            ),
            (
                "Is the outsole rubber, for hot asphalt?",
                "Rubber outsole, 300 degrees for a minute, HRO.",
            ),
        ],
        fault: (
            "the sole comes off at the toe after two weeks on site",
            "uppers that were not roughened enough before moulding",
        ),
    },
];
