//! The rules of delivery of the International Chamber of Commerce, Incoterms 2020.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Incoterm {
    Exw,
    Fca,
    Cpt,
    Cip,
    Dap,
    Dpu,
    Ddp,
    Fas,
    Fob,
    Cfr,
    Cif,
}

impl Incoterm {
    pub const ALL: [Self; 11] = [
        Self::Exw,
        Self::Fca,
        Self::Cpt,
        Self::Cip,
        Self::Dap,
        Self::Dpu,
        Self::Ddp,
        Self::Fas,
        Self::Fob,
        Self::Cfr,
        Self::Cif,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exw => "EXW",
            Self::Fca => "FCA",
            Self::Cpt => "CPT",
            Self::Cip => "CIP",
            Self::Dap => "DAP",
            Self::Dpu => "DPU",
            Self::Ddp => "DDP",
            Self::Fas => "FAS",
            Self::Fob => "FOB",
            Self::Cfr => "CFR",
            Self::Cif => "CIF",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == text)
    }

    /// What every rule is written with: without it nobody knows where risk and costs change hands.
    pub fn named(self) -> &'static str {
        match self {
            Self::Fas | Self::Fob => "the port of shipment",
            Self::Cfr | Self::Cif => "the port of destination",
            Self::Exw | Self::Fca => "the place of delivery",
            Self::Cpt | Self::Cip | Self::Dap | Self::Dpu | Self::Ddp => "the place of destination",
        }
    }
}
