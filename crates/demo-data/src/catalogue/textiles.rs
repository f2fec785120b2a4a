//! Towels, robes, linen and canvas.

use super::{Currency, Goods, Unit};
use crate::language::{German, Turkish};

pub(super) const TEXTILES: &[Goods] = &[
    Goods {
        id: "product-bath-towel",
        name: "Hotel bath towel 70 × 140, 550 g",
        short: "70 × 140 hotel towels, 550 g",
        company: "company-lalebahce",
        category: "Textiles",
        origin: "Türkiye",
        price: Currency::Euro.per(52_000, Unit::Piece),
        minimum_order: 500,
        lead_weeks: (4, 5),
        description: "Ring-spun Aegean cotton, double-stitched edges, made for two hundred washes in hotel laundries. White or 14 colours.",
        local: &[
            (Turkish, "70 × 140 otel havlusu, 550 gr"),
            (German, "Hotelhandtücher 70 × 140, 550 g"),
        ],
        packing: "ten in a bundle with a paper band, sixty in a carton",
        certificate: "OEKO-TEX Standard 100",
        facts: [
            (
                "How much do they shrink after the first wash?",
                "Under 6% in length at 60 degrees, under 4% across. We weave longer, so after washing it is 140.",
            ),
            (
                "Can you weave our logo into the border?",
                "Yes, jacquard border from 1,000 pieces, one-off programming 180 euros, free from 3,000.",
            ),
            (
                "Ring-spun or open-end?",
                "Ring-spun 20/2 pile. Open-end is cheaper but your laundry will see the fluff.",
            ),
        ],
        fault: (
            "loops are pulled along the border on part of the delivery",
            "a rough bar on one cutting machine, it has been polished since",
        ),
    },
    Goods {
        id: "product-bathrobe",
        name: "Waffle bathrobe, shawl collar",
        short: "waffle bathrobes",
        company: "company-lalebahce",
        category: "Textiles",
        origin: "Türkiye",
        price: Currency::Euro.per(142_000, Unit::Piece),
        minimum_order: 200,
        lead_weeks: (5, 6),
        description: "Light cotton waffle with two pockets and a double belt loop, dries fast, sizes S to XXL, embroidery possible.",
        local: &[
            (Turkish, "waffle bornoz"),
            (German, "Waffelpiqué-Bademäntel"),
        ],
        packing: "each in a paper sleeve, twenty in a carton by size",
        certificate: "OEKO-TEX Standard 100",
        facts: [
            (
                "What does embroidery on the chest cost?",
                "80 cents up to 8,000 stitches. We send a stitched sample before we start.",
            ),
            (
                "How do the sizes split normally?",
                "Hotels take 20% S/M, 55% L, 25% XL. Spa clients need more S/M.",
            ),
            (
                "Do the robes come out of the dryer crumpled?",
                "Waffle relaxes by itself, nobody irons them. A short cool-down in the dryer is enough.",
            ),
        ],
        fault: (
            "the sleeves of size L are four centimetres shorter than the size chart",
            "an L that was cut with the marker of the M",
        ),
    },
    Goods {
        id: "product-bed-linen",
        name: "Satin stripe duvet cover 200 × 220",
        short: "200 × 220 satin stripe duvet covers",
        company: "company-lalebahce",
        category: "Textiles",
        origin: "Türkiye",
        price: Currency::Euro.per(189_000, Unit::Piece),
        minimum_order: 200,
        lead_weeks: (5, 7),
        description: "Mercerised cotton satin, 300 threads, one-centimetre stripe, hotel closure, with matching pillow cases.",
        local: &[
            (Turkish, "200 × 220 çizgili saten nevresim"),
            (German, "Satin-Bettbezüge 200 × 220 mit Streifen"),
        ],
        packing: "folded round cardboard, twelve in a carton",
        certificate: "OEKO-TEX Standard 100",
        facts: [
            (
                "Hotel closure or buttons?",
                "Hotel closure as standard, bag style. Buttons or zip are 60 cents more.",
            ),
            (
                "Does the stripe match when sewn?",
                "At the seams yes, we cut along the stripe. It costs us 3% fabric but looks right.",
            ),
            (
                "Is the white optical or natural?",
                "Optical white, the same recipe for eight years, so new pieces match the old.",
            ),
        ],
        fault: (
            "several covers have a faint yellow line along the fold",
            "starch that was not rinsed out before folding",
        ),
    },
    Goods {
        id: "product-canvas-roll",
        name: "Cotton canvas 280 g, roll of 50 m",
        short: "280 g cotton canvas",
        company: "company-lalebahce",
        category: "Textiles",
        origin: "Türkiye",
        price: Currency::Euro.per(31_000, Unit::Metre),
        minimum_order: 1_000,
        lead_weeks: (3, 4),
        description: "Dense plain weave for aprons, bags and chair covers, 150 cm wide, reactive dyed, pre-shrunk.",
        local: &[
            (Turkish, "280 gr pamuk kanvas kumaş"),
            (German, "Baumwoll-Canvas 280 g"),
        ],
        packing: "rolls of 50 m on cardboard tubes, wrapped in film",
        certificate: "OEKO-TEX Standard 100",
        facts: [
            ("Is it pre-shrunk?", "Sanforised, under 3% after that."),
            (
                "How do you handle shade differences between dye lots?",
                "One lot is 1,200 m. We mark the lot on each roll and never mix lots within a shipment unless you agree.",
            ),
            (
                "Usable width?",
                "150 cm between selvedges, 148 cm guaranteed.",
            ),
        ],
        fault: (
            "three rolls are clearly greener than the approved swatch",
            "a second dye lot that left before the shade was signed off",
        ),
    },
];
