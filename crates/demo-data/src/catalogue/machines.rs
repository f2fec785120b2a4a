//! Machines and drives.

use super::{Currency, Goods, Unit};
use crate::language::German;

pub(super) const MACHINES: &[Goods] = &[
    Goods {
        id: "product-drill-press",
        name: "Bench drill press, belt driven, 550 W",
        short: "550 W bench drill presses",
        company: "company-kovo-lesna",
        category: "Machines",
        origin: "Czechia",
        price: Currency::Euro.per(4_120_000, Unit::Machine),
        minimum_order: 5,
        lead_weeks: (3, 5),
        description: "Cast iron head and table, five speeds, 16 mm chuck, stop with scale, emergency stop and chuck guard.",
        local: &[(German, "Tischbohrmaschinen 550 W")],
        packing: "bolted to a wooden base, one in a crate of 62 kg",
        certificate: "CE, EN ISO 12717",
        facts: [
            (
                "Runout at the chuck?",
                "Under 0.03 mm, we note the value on the card of each machine.",
            ),
            (
                "Is there a 110 V version for building sites?",
                "Yes, 20 euros more, from five machines.",
            ),
            (
                "Belt or gear?",
                "Belt, five speeds, 500 to 2,600. You change it in ten seconds.",
            ),
        ],
        fault: (
            "the column flange has a crack in the casting on two machines",
            "a casting box with a cold lap, the whole day's flanges are being checked",
        ),
    },
    Goods {
        id: "product-conveyor",
        name: "Belt conveyor module 2 m, 400 mm wide",
        short: "2 m belt conveyor modules",
        company: "company-kovo-lesna",
        category: "Machines",
        origin: "Czechia",
        price: Currency::Euro.per(15_900_000, Unit::Machine),
        minimum_order: 2,
        lead_weeks: (5, 7),
        description: "Aluminium frame, PU belt, drum motor or gear motor, adjustable feet, modules screw together in minutes.",
        local: &[(German, "Förderbandmodule 2 m, 400 mm")],
        packing: "on a pallet with wooden frame, feet dismounted",
        certificate: "CE",
        facts: [
            (
                "What load per metre?",
                "30 kilos with the standard motor, 60 with the larger one.",
            ),
            (
                "How fast?",
                "0.1 to 0.6 m/s with the inverter. Fixed speed is cheaper by 240 euros.",
            ),
            (
                "Can the belt be changed without taking the frame apart?",
                "Yes, loosen two screws and pull the end roller. Twenty minutes.",
            ),
        ],
        fault: (
            "the belt runs to the left and rubs on the frame after an hour",
            "a drum that was ground with a slight taper",
        ),
    },
    Goods {
        id: "product-gear-motor",
        name: "Bevel gear motor 0.37 kW, 60 rpm",
        short: "0.37 kW bevel gear motors",
        company: "company-kovo-lesna",
        category: "Machines",
        origin: "Czechia",
        price: Currency::Euro.per(3_480_000, Unit::Machine),
        minimum_order: 10,
        lead_weeks: (4, 5),
        description: "Hollow shaft bevel gear with IE3 motor, oil filled for life, hygienic paint on request.",
        local: &[(German, "Kegelradgetriebemotoren 0,37 kW")],
        packing: "one in a carton, twelve on a pallet",
        certificate: "CE, IE3",
        facts: [
            (
                "Mounting position M1 or M4?",
                "Please tell me before we fill the oil. M1 if you say nothing.",
            ),
            (
                "Do you keep spare seals?",
                "Always, for twenty years. A seal kit is 38 euros.",
            ),
            (
                "Is a brake possible?",
                "5 Nm spring brake with hand release, 92 euros.",
            ),
        ],
        fault: (
            "oil comes out at the output shaft after the first weekend",
            "a seal that was pressed in slightly tilted",
        ),
    },
    Goods {
        id: "product-pump",
        name: "Stainless centrifugal pump, 12 m³/h",
        short: "12 m³/h stainless pumps",
        company: "company-kovo-lesna",
        category: "Machines",
        origin: "Czechia",
        price: Currency::Euro.per(6_240_000, Unit::Machine),
        minimum_order: 4,
        lead_weeks: (4, 6),
        description: "AISI 316 pump head with open impeller and cartridge seal, 1.5 kW, for breweries, dairies and cleaning systems.",
        local: &[(German, "Edelstahl-Kreiselpumpen 12 m³/h")],
        packing: "one in a wooden crate, flanges capped",
        certificate: "CE, EN 10204 3.1",
        facts: [
            (
                "Which seal do you use for hot caustic?",
                "SiC on SiC with EPDM. Good up to 95 degrees and 3% caustic.",
            ),
            (
                "Could we get the pump curve with our impeller?",
                "Each pump is run on our bench, the curve comes with it.",
            ),
            (
                "Tri-clamp or DIN 11851?",
                "Both. Please choose in the order, changing it later costs two days.",
            ),
        ],
        fault: (
            "one pump is 8 decibels louder than the others and loses pressure",
            "an impeller that touched the casing after a hard transport",
        ),
    },
];
