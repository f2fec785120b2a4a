//! Coffee and cocoa.

use super::{Currency, Goods, Unit};
use crate::language::{Portuguese, Spanish};

pub(super) const COFFEE: &[Goods] = &[
    Goods {
        id: "product-green-coffee",
        name: "Green coffee, Arabica Sul de Minas, screen 16+",
        short: "green Arabica, Sul de Minas",
        company: "company-serra-clara",
        category: "Coffee and cocoa",
        origin: "Brazil",
        price: Currency::Dollar.per(3_720_000, Unit::Bag),
        minimum_order: 20,
        lead_weeks: (4, 6),
        description: "Natural process, cupping 83 to 84, chocolate and hazelnut, low acidity. Jute bags of 60 kg with inner liner on request.",
        local: &[
            (Portuguese, "café verde arábica Sul de Minas"),
            (Spanish, "café verde arábica Sul de Minas"),
        ],
        packing: "60 kg jute bags, with an airtight liner on request",
        certificate: "ICO, SGS",
        facts: [
            (
                "What is the moisture and the crop?",
                "11.2%, current crop. Water activity 0.54. I can send you the sheet of each lot.",
            ),
            (
                "Can we get a 300 g pre-shipment sample?",
                "Always, nothing ships before you approve. It travels by courier, four days.",
            ),
            (
                "Is the price linked to New York?",
                "For containers yes, differential plus KC. Below 100 bags we give a fixed price for ten days.",
            ),
        ],
        fault: (
            "some bags smell of mould and the beans near the seam are pale",
            "condensation under the container roof, the liner paper was too thin",
        ),
    },
    Goods {
        id: "product-roasted-coffee",
        name: "Espresso roast Serra Clara, 1 kg valve bag",
        short: "Serra Clara espresso roast, 1 kg bags",
        company: "company-serra-clara",
        category: "Coffee and cocoa",
        origin: "Brazil",
        price: Currency::Dollar.per(98_000, Unit::Bag),
        minimum_order: 200,
        lead_weeks: (2, 3),
        description: "Medium dark roast of three farms, ground or whole bean, nitrogen flushed, twelve months shelf life, private label possible.",
        local: &[
            (Portuguese, "café torrado espresso 1 kg"),
            (Spanish, "café tostado espresso 1 kg"),
        ],
        packing: "twelve bags in a carton, 48 cartons on a pallet",
        certificate: "FSSC 22000",
        facts: [
            (
                "How fresh is it when it leaves you?",
                "At most ten days after roasting, the date is on the bag.",
            ),
            (
                "Can you print our own label?",
                "From 600 bags with a sticker, from 5,000 with a printed bag.",
            ),
            (
                "Whole bean only?",
                "Whole bean, espresso or filter grind. Please order grinds in full pallets.",
            ),
        ],
        fault: (
            "the valves on a whole carton leak and the bags are flat",
            "a sealing bar that ran too cold on one Friday shift",
        ),
    },
    Goods {
        id: "product-cocoa-beans",
        name: "Fermented cocoa beans, Bahia",
        short: "fermented cocoa beans, Bahia",
        company: "company-serra-clara",
        category: "Coffee and cocoa",
        origin: "Brazil",
        price: Currency::Dollar.per(3_450_000, Unit::Bag),
        minimum_order: 10,
        lead_weeks: (5, 7),
        description: "Five days in wooden boxes, sun dried, 100 to 105 beans per 100 g, fruity and clean, traceable to the farm.",
        local: &[
            (Portuguese, "cacau fermentado da Bahia"),
            (Spanish, "cacao fermentado de Bahía"),
        ],
        packing: "60 kg jute bags on slip sheets",
        certificate: "EUDR, Rainforest Alliance",
        facts: [
            (
                "Do you have the plot coordinates for the deforestation rules?",
                "For every farm, as polygons, ready for your due diligence statement.",
            ),
            (
                "What about cadmium?",
                "Between 0.2 and 0.35 mg/kg, each lot tested in Hamburg.",
            ),
            (
                "How many slaty beans in the cut test?",
                "Under 3%. Violet under 12%. I send photos of the cut test with the sample.",
            ),
        ],
        fault: (
            "the cut test shows 11% slaty beans instead of the 3% we agreed",
            "a lot of the late harvest that was turned once too little",
        ),
    },
    Goods {
        id: "product-cocoa-powder",
        name: "Alkalised cocoa powder 10/12",
        short: "alkalised cocoa powder 10/12",
        company: "company-serra-clara",
        category: "Coffee and cocoa",
        origin: "Brazil",
        price: Currency::Dollar.per(72_000, Unit::Kilogram),
        minimum_order: 500,
        lead_weeks: (3, 5),
        description: "Brown alkalised powder, 10 to 12% fat, pH 7.2, fine enough for drinks and coatings.",
        local: &[
            (Portuguese, "cacau em pó alcalino 10/12"),
            (Spanish, "cacao en polvo alcalino 10/12"),
        ],
        packing: "25 kg paper sacks with inner bag, 40 on a pallet",
        certificate: "FSSC 22000, Kosher, Halal",
        facts: [
            (
                "What colour is it compared with a dark Dutch powder?",
                "A warm mid brown, L about 17. For darker we have the 20 series, more alkali.",
            ),
            (
                "Does it dissolve in cold milk?",
                "Not by itself, no cocoa does. With 5% lecithin yes, we offer it instantised.",
            ),
            ("Fineness?", "99.5% under 75 microns, wet sieved."),
        ],
        fault: (
            "we sieve out small hard lumps from about a third of the sacks",
            "sacks that were stacked before the powder had cooled down",
        ),
    },
];
