//! What the table says of a type of file.

use serde::{Deserialize, Serialize};

/// What a file is. Decided by its bytes; nothing else is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaType {
    Png,
    Jpeg,
    Webp,
    Gif,
    Heic,
    Tiff,
    Pdf,
    Text,
    Csv,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Doc,
    Xls,
    Zip,
    Dwg,
    Dxf,
    Step,
    Mp4,
}

/// One row of the table.
#[derive(Debug)]
pub struct Format {
    pub kind: MediaType,
    /// As IANA registered it.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// How the names of such files end, in lower case. The first is added to a name that
    /// claims something else.
    pub endings: &'static [&'static str],
    pub signature: Signature,
    /// A picture: shown in a page, where every other file is saved. It loses its metadata.
    pub is_raster: bool,
    pub has_thumbnail: bool,
}

/// Bytes at a place.
pub type Bytes = (usize, &'static [u8]);

/// How a format is recognised.
#[derive(Debug)]
pub enum Signature {
    /// All the bytes of one of these.
    Magic(&'static [&'static [Bytes]]),
    /// `%PDF-` in the first 1024 bytes (ISO 32000-1, annex H).
    Pdf,
    /// Boxes of ISO/IEC 14496-12 with one of these brands.
    Brands(&'static [&'static [u8; 4]]),
    /// A ZIP whose `[Content_Types].xml` names a main part of one of these types, or whose
    /// `mimetype` or manifest is one of them. Where that cannot be read, a part whose name begins so.
    Package {
        types: &'static [&'static str],
        part: Option<&'static str>,
    },
    /// Any other ZIP.
    Archive,
    /// A compound file (MS-CFB) with one of these streams.
    Compound(&'static [&'static str]),
    /// Text whose first lines are these, and near whose end this is one. Or other bytes
    /// that begin and end so.
    Lines {
        first: &'static [&'static str],
        end: &'static str,
        binary: [&'static [u8]; 2],
    },
    /// Text that begins with this and a semicolon, and near whose end this stands with one. Blanks
    /// and comments may stand before each (ISO 10303-21, 5.6).
    Clauses {
        first: &'static str,
        end: &'static str,
    },
    /// Any other text.
    Text,
    /// Text, told from other text by its name only.
    NamedText,
}
