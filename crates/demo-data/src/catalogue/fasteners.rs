//! Screws, bolts, nuts and washers.

use super::{Currency, Goods, Unit};
use crate::language::{French, German, Italian, Japanese, Spanish, Turkish};

pub(super) const FASTENERS: &[Goods] = &[
    Goods {
        id: "product-hex-bolt",
        name: "Hexagon bolt M10 × 60, stainless A2",
        short: "M10 × 60 stainless hexagon bolts",
        company: "company-brandt",
        category: "Fasteners",
        origin: "Germany",
        price: Currency::Euro.per(1_840, Unit::Piece),
        minimum_order: 5_000,
        lead_weeks: (2, 3),
        description: "Full-thread hexagon bolt to ISO 4017 in A2-70 stainless steel, rolled threads, clean heads with the grade mark.",
        local: &[
            (German, "Sechskantschrauben M10 × 60, A2"),
            (French, "vis à tête hexagonale M10 × 60 inox"),
            (Spanish, "tornillos hexagonales M10 × 60 inox"),
            (Italian, "viti esagonali M10 × 60 inox"),
            (Turkish, "M10 × 60 paslanmaz altıköşe cıvata"),
            (Japanese, "ステンレス六角ボルト M10×60"),
        ],
        packing: "boxes of 100, 36 boxes on a layer, on one-way pallets",
        certificate: "EN 10204 3.1",
        facts: [
            (
                "Is that A2 or A4? Part of our work is close to the sea.",
                "A2-70 as listed. A4-70 is on the shelf too, about 28% more, same lead time.",
            ),
            (
                "Full thread or with a shank?",
                "Full thread, ISO 4017. With shank would be ISO 4014, we have that from 70 mm up.",
            ),
            (
                "Do you wax the threads? We had galling with another brand.",
                "Yes, a dry lubricant film on request, no extra charge above 10,000 pieces.",
            ),
        ],
        fault: (
            "the nut stops after two turns on some of the bolts, the thread feels rough",
            "a worn rolling die that should have been changed one shift earlier",
        ),
    },
    Goods {
        id: "product-lock-nut",
        name: "Nylon insert lock nut M8, zinc plated",
        short: "M8 nylon lock nuts",
        company: "company-brandt",
        category: "Fasteners",
        origin: "Germany",
        price: Currency::Euro.per(310, Unit::Piece),
        minimum_order: 20_000,
        lead_weeks: (2, 2),
        description: "Prevailing torque nut to ISO 7040 class 8, blue nylon ring, zinc plated and passivated, for machines that shake.",
        local: &[
            (German, "Stoppmuttern M8 verzinkt"),
            (French, "écrous freins M8 zingués"),
            (Spanish, "tuercas autoblocantes M8"),
            (Italian, "dadi autobloccanti M8"),
            (Turkish, "M8 fiberli somun"),
            (Japanese, "ナイロンナット M8"),
        ],
        packing: "boxes of 1,000, forty boxes on a pallet",
        certificate: "ISO 7040, RoHS",
        facts: [
            (
                "What is the temperature limit of the nylon ring?",
                "120 °C for continuous use. Above that we would send you the all-metal version, DIN 980 V.",
            ),
            (
                "How often can they be reused?",
                "The standard tests five cycles. We tell customers: once off, new nut.",
            ),
            (
                "Zinc plated or zinc flake?",
                "Electro-plated 8 µm, Cr(VI)-free. Zinc flake on request from 50,000 pieces.",
            ),
        ],
        fault: (
            "in two boxes the nylon ring is missing in roughly every tenth nut",
            "a feeder that ran empty for some minutes, the camera was switched off for cleaning",
        ),
    },
    Goods {
        id: "product-wood-screw",
        name: "Wood construction screw 8 × 160, countersunk",
        short: "8 × 160 wood construction screws",
        company: "company-brandt",
        category: "Fasteners",
        origin: "Germany",
        price: Currency::Euro.per(2_450, Unit::Piece),
        minimum_order: 4_000,
        lead_weeks: (1, 2),
        description: "Hardened construction screw with milling ribs, double thread tip and TX40 drive, yellow zinc, for timber frames.",
        local: &[
            (German, "Holzbauschrauben 8 × 160 TX40"),
            (French, "vis de charpente 8 × 160"),
            (Spanish, "tirafondos 8 × 160 TX40"),
            (Italian, "viti per legno 8 × 160"),
            (Turkish, "8 × 160 ahşap vidası"),
            (Japanese, "木造用ビス 8×160"),
        ],
        packing: "boxes of 50 with a bit inside, 64 boxes on a layer",
        certificate: "ETA, CE",
        facts: [
            (
                "Do you have the ETA document? Our customers' engineers ask for it.",
                "Yes, it is in the download area, I will send you the PDF with the values for softwood and glulam.",
            ),
            (
                "TX40, and is there a bit in the box?",
                "Yes, one TX40 bit in every box of 50.",
            ),
            (
                "Can you print our label on the boxes?",
                "From 20,000 pieces per size. Below that we put a sticker on, 4 cents a box.",
            ),
        ],
        fault: (
            "heads snap off at a torque that last year's screws took without trouble",
            "a furnace batch that was tempered 30 degrees too low",
        ),
    },
    Goods {
        id: "product-washer",
        name: "Washer assortment M6 to M12, 1,200 pieces",
        short: "washer assortments M6 to M12",
        company: "company-brandt",
        category: "Fasteners",
        origin: "Germany",
        price: Currency::Euro.per(149_000, Unit::Set),
        minimum_order: 60,
        lead_weeks: (1, 2),
        description: "Flat and spring washers in six sizes in a drawer case, refills by size, for workshops and service vans.",
        local: &[
            (German, "Scheibensortimente M6 bis M12"),
            (French, "assortiments de rondelles M6 à M12"),
            (Spanish, "surtidos de arandelas M6 a M12"),
            (Italian, "assortimenti di rondelle M6-M12"),
            (Turkish, "M6–M12 pul setleri"),
            (Japanese, "ワッシャーセット M6〜M12"),
        ],
        packing: "one case per carton, 48 cartons on a pallet",
        certificate: "RoHS",
        facts: [
            (
                "Can the refills be ordered by size?",
                "Yes, every size has its own article number, bags of 200.",
            ),
            (
                "Is the case plastic or metal?",
                "Metal drawer, plastic inserts. Fits the usual van racking.",
            ),
            (
                "Could you swap the M6 for M16?",
                "From 60 sets we pack them as you like, tell me the list.",
            ),
        ],
        fault: (
            "the inserts came loose and all sizes were mixed up in the case",
            "the lid clips of a new insert, we have gone back to the old ones",
        ),
    },
];
