//! Drivers, boards, cables and lights.

use super::{Currency, Goods, Unit};
use crate::language::{Chinese, Japanese};

pub(super) const ELECTRONICS: &[Goods] = &[
    Goods {
        id: "product-led-driver",
        name: "LED driver 60 W, 24 V, dimmable",
        short: "60 W 24 V LED drivers",
        company: "company-lanyu",
        category: "Electronics",
        origin: "China",
        price: Currency::Dollar.per(73_000, Unit::Piece),
        minimum_order: 300,
        lead_weeks: (3, 4),
        description: "Constant voltage driver, IP67, DALI-2 and push dimming, five years warranty, flicker under 1%.",
        local: &[
            (Chinese, "60W 24V 调光LED驱动电源"),
            (Japanese, "LED電源 60W 24V 調光対応"),
        ],
        packing: "single boxes, forty in a carton",
        certificate: "CE, UKCA, UL class 2",
        facts: [
            (
                "Is it DALI-2 certified or only compatible?",
                "Certified, the listing number is on the data sheet.",
            ),
            (
                "What flicker at 10% dimming?",
                "PstLM 0.3, SVM 0.1. We attach the measurement.",
            ),
            (
                "Can the cables be 1 m instead of 30 cm?",
                "From 500 pieces, 0.22 more, one week longer.",
            ),
        ],
        fault: (
            "some drivers hum loudly when dimmed below a third",
            "a capacitor of a second source, it has been blocked",
        ),
    },
    Goods {
        id: "product-control-board",
        name: "Motor controller board, CAN, 48 V 20 A",
        short: "48 V motor controller boards",
        company: "company-lanyu",
        category: "Electronics",
        origin: "China",
        price: Currency::Dollar.per(285_000, Unit::Piece),
        minimum_order: 100,
        lead_weeks: (5, 6),
        description: "Brushless motor controller with CAN and Modbus, current and temperature limits, conformal coated, firmware open to OEMs.",
        local: &[
            (Chinese, "48V 电机控制板（CAN）"),
            (Japanese, "モーター制御基板 48V（CAN）"),
        ],
        packing: "antistatic trays of ten, vacuum bag, five trays in a carton",
        certificate: "CE, RoHS, IPC-A-610 class 2",
        facts: [
            (
                "Do you give us the CAN object list?",
                "Yes, EDS file and the register map. For OEMs also the bootloader protocol.",
            ),
            (
                "Is the coating acrylic or silicone?",
                "Acrylic, so that boards can be repaired. Silicone on request.",
            ),
            (
                "What happens when the encoder cable breaks?",
                "It stops within 5 ms, sets error 0x7305 and keeps the brake on.",
            ),
        ],
        fault: (
            "seven boards do not answer on CAN after the first power-up",
            "a wrong termination resistor on one reel, caught too late",
        ),
    },
    Goods {
        id: "product-usb-cable",
        name: "USB-C cable 2 m, 100 W, braided",
        short: "2 m 100 W USB-C cables",
        company: "company-lanyu",
        category: "Electronics",
        origin: "China",
        price: Currency::Dollar.per(21_000, Unit::Piece),
        minimum_order: 1_000,
        lead_weeks: (2, 3),
        description: "Braided cable with e-marker, 20,000 bends tested, aluminium shells, your colour and sleeve from 2,000 pieces.",
        local: &[
            (Chinese, "2米 100W USB-C 编织数据线"),
            (Japanese, "USB-Cケーブル 2m 100W"),
        ],
        packing: "paper sleeve each, 100 in a carton",
        certificate: "CE, RoHS, USB-IF",
        facts: [
            (
                "Is the e-marker genuine?",
                "Yes, we buy it from the maker with the trace, and test 100% for 5 A.",
            ),
            (
                "Data or charge only?",
                "USB 2.0 data. With 10 Gbit/s it becomes thick and twice the price.",
            ),
            (
                "Paper packaging without plastic, possible?",
                "It is standard since last year, the hanger is paper too.",
            ),
        ],
        fault: (
            "plugs sit loose in the shell on around two percent",
            "a glue dispenser with a half blocked needle",
        ),
    },
    Goods {
        id: "product-downlight",
        name: "Recessed LED downlight 10 W, CRI 95",
        short: "10 W recessed downlights",
        company: "company-lanyu",
        category: "Electronics",
        origin: "China",
        price: Currency::Dollar.per(64_000, Unit::Piece),
        minimum_order: 240,
        lead_weeks: (3, 4),
        description: "Deep recessed reflector, 2,700 or 3,000 K, CRI 95, glare index under 16, cut-out 75 mm, white or brass ring.",
        local: &[
            (Chinese, "10W 高显指嵌入式筒灯"),
            (Japanese, "埋込ダウンライト 10W 高演色"),
        ],
        packing: "single boxes with template, 24 in a carton",
        certificate: "CE, LM-80",
        facts: [
            (
                "How close are the colours from lot to lot?",
                "Within 3 SDCM. We note your bin, so later orders match.",
            ),
            (
                "Does the brass ring tarnish?",
                "It is PVD on aluminium, not lacquer. It stays.",
            ),
            (
                "Are they fire rated for ceilings?",
                "Not as listed. A 90 minute hood is 3.10 per piece.",
            ),
        ],
        fault: (
            "a part of the lights is visibly warmer than the others in the same ceiling",
            "two LED bins in one production day",
        ),
    },
];
