//! Tableware, tiles and planters.

use super::{Currency, Goods, Unit};
use crate::language::{French, Italian};

pub(super) const CERAMICS: &[Goods] = &[
    Goods {
        id: "product-dinner-plate",
        name: "Stoneware dinner plate 27 cm, sand glaze",
        short: "27 cm stoneware plates in sand",
        company: "company-valdoro",
        category: "Ceramics",
        origin: "Italy",
        price: Currency::Euro.per(61_000, Unit::Piece),
        minimum_order: 300,
        lead_weeks: (5, 6),
        description: "High-fired stoneware with a calm sand glaze and a raw foot, stackable, for restaurants that wash hard.",
        local: &[
            (Italian, "piatti piani in gres 27 cm, sabbia"),
            (French, "assiettes plates en grès 27 cm, sable"),
        ],
        packing: "six in a carton with honeycomb paper, 80 cartons on a pallet",
        certificate: "84/500/EEC",
        facts: [
            (
                "How do they stand up to a hood dishwasher?",
                "1,000 cycles in our test without a change. The glaze is matt but closed.",
            ),
            (
                "Do cutlery marks show?",
                "Hardly on sand, a little on black. They come off with a cream cleaner.",
            ),
            (
                "Will you still make this glaze in three years?",
                "Our oldest glaze is from 1998 and is still on the list. Sand stays.",
            ),
        ],
        fault: (
            "the rims are chipped in eleven cartons, always on the same side",
            "a pallet that was strapped over the corner instead of the edge board",
        ),
    },
    Goods {
        id: "product-floor-tile",
        name: "Porcelain floor tile 60 × 60, terrazzo look",
        short: "60 × 60 porcelain tiles, terrazzo",
        company: "company-valdoro",
        category: "Ceramics",
        origin: "Italy",
        price: Currency::Euro.per(184_000, Unit::SquareMetre),
        minimum_order: 120,
        lead_weeks: (3, 4),
        description: "Rectified porcelain, R10, frost proof, 9 mm, a terrazzo pattern with 24 different faces.",
        local: &[
            (Italian, "piastrelle in gres 60 × 60, effetto terrazzo"),
            (French, "carrelage grès cérame 60 × 60 effet terrazzo"),
        ],
        packing: "four tiles in a box, 1.44 m², 32 boxes on a pallet",
        certificate: "EN 14411, R10, CE",
        facts: [
            (
                "Is it R10 or R11? It is for a kitchen passage.",
                "R10. The same design exists in R11, structured, 1.20 more.",
            ),
            (
                "How many different faces has the pattern?",
                "24, so in a lobby nobody sees a repeat.",
            ),
            (
                "Can we count on one calibre and tone for the whole order?",
                "Yes if we reserve it at once, I would add 8% for cuts and later repairs.",
            ),
        ],
        fault: (
            "two pallets have another tone than the rest, visible across the room",
            "two tone numbers loaded together by our warehouse",
        ),
    },
    Goods {
        id: "product-bowl",
        name: "Hand-glazed bowl 16 cm, sea green",
        short: "16 cm hand-glazed bowls in sea green",
        company: "company-valdoro",
        category: "Ceramics",
        origin: "Italy",
        price: Currency::Euro.per(47_000, Unit::Piece),
        minimum_order: 300,
        lead_weeks: (5, 6),
        description: "Deep bowl for ramen, salad and breakfast, each dipped by hand, with a glaze line that varies a little.",
        local: &[
            (Italian, "ciotole smaltate a mano 16 cm, verde mare"),
            (French, "bols émaillés main 16 cm, vert d'eau"),
        ],
        packing: "eight in a carton with paper pulp trays",
        certificate: "84/500/EEC",
        facts: [
            (
                "How much does the colour vary?",
                "You see that it is hand-dipped, that is the point. I will send the lightest and the darkest we allow.",
            ),
            (
                "Microwave and oven?",
                "Microwave yes. Oven up to 180 degrees, no shock from the fridge.",
            ),
            (
                "Is the foot rough? We have wooden tables.",
                "Ground and polished, it does not scratch.",
            ),
        ],
        fault: (
            "many bowls have pinholes in the glaze on the inside",
            "a glaze batch that had stood too long and was not sieved again",
        ),
    },
    Goods {
        id: "product-planter",
        name: "Terracotta planter 40 cm, hand-pressed",
        short: "40 cm terracotta planters",
        company: "company-valdoro",
        category: "Ceramics",
        origin: "Italy",
        price: Currency::Euro.per(268_000, Unit::Piece),
        minimum_order: 60,
        lead_weeks: (4, 5),
        description: "Thick Impruneta-style clay, frost resistant to −15 °C, drain hole, pressed in plaster moulds and finished by hand.",
        local: &[
            (Italian, "vasi in terracotta 40 cm"),
            (French, "pots en terre cuite 40 cm"),
        ],
        packing: "twelve on a pallet, straw and shrink film",
        certificate: "EN 539-2",
        facts: [
            (
                "Are they really frost proof? Ours stand outside all year.",
                "To −15 °C with a free drain hole. Please put them on feet so that the water gets out.",
            ),
            (
                "Can you leave the hole out for indoor use?",
                "Yes, from 60 pieces, we also seal the inside then.",
            ),
            (
                "What does one weigh?",
                "9.5 kilos, plus or minus half a kilo.",
            ),
        ],
        fault: (
            "nine planters have a crack that starts at the drain hole",
            "drying too fast in the hot week, the hole is where it starts",
        ),
    },
];
