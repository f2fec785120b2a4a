//! The types of files that can be sent, in one table. Recognition, names, the setting that
//! narrows it, what clients are told, and the documents are all made from it.

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
    /// `mimetype` is one of them. Where that cannot be read, a part whose name begins so.
    Package {
        types: &'static [&'static str],
        part: Option<&'static str>,
    },
    /// Any other ZIP.
    Archive,
    /// A compound file (MS-CFB) with one of these streams.
    Compound(&'static [&'static str]),
    /// Text whose first lines are these, and near whose end this stands. Or other bytes
    /// that begin and end so.
    Lines {
        first: &'static [&'static str],
        end: &'static [u8],
        binary: Option<[&'static [u8]; 2]>,
    },
    /// Any other text.
    Text,
    /// Text, told from other text by its name only.
    NamedText,
}

impl MediaType {
    pub fn format(self) -> &'static Format {
        // Every type has its row: a test walks all of them.
        let row = FORMATS.iter().find(|format| format.kind == self);
        row.unwrap_or(&FORMATS[0])
    }

    pub fn as_str(self) -> &'static str {
        self.format().name
    }

    pub fn parse(text: &str) -> Option<Self> {
        let row = FORMATS.iter().find(|format| format.name == text)?;
        Some(row.kind)
    }

    pub fn is_raster(self) -> bool {
        self.format().is_raster
    }

    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Csv)
    }
}

impl Format {
    /// The row with this ending, in lower case.
    pub fn ending_in(ending: &str) -> Option<&'static Self> {
        let mut rows = FORMATS.iter();
        rows.find(|format| format.endings.contains(&ending))
    }
}

const fn row(
    kind: MediaType,
    name: &'static str,
    label: &'static str,
    endings: &'static [&'static str],
    signature: Signature,
) -> Format {
    Format {
        kind,
        name,
        label,
        endings,
        signature,
        is_raster: false,
        has_thumbnail: false,
    }
}

const fn picture(format: Format, has_thumbnail: bool) -> Format {
    Format {
        is_raster: true,
        has_thumbnail,
        ..format
    }
}

/// In the order in which people are told of them.
pub const FORMATS: &[Format] = &[
    picture(
        row(
            MediaType::Png,
            "image/png",
            "PNG",
            &["png", "apng"],
            Signature::Magic(&[&[(0, b"\x89PNG\r\n\x1a\n")]]),
        ),
        true,
    ),
    picture(
        row(
            MediaType::Jpeg,
            "image/jpeg",
            "JPEG",
            &["jpg", "jpeg", "jpe", "jfif", "jfi", "jif", "pjpeg", "mpo"],
            Signature::Magic(&[&[(0, b"\xff\xd8\xff")]]),
        ),
        true,
    ),
    picture(
        row(
            MediaType::Webp,
            "image/webp",
            "WebP",
            &["webp"],
            Signature::Magic(&[&[(0, b"RIFF"), (8, b"WEBP")]]),
        ),
        true,
    ),
    picture(
        row(
            MediaType::Gif,
            "image/gif",
            "GIF",
            &["gif"],
            Signature::Magic(&[&[(0, b"GIF87a")], &[(0, b"GIF89a")]]),
        ),
        true,
    ),
    // Nothing here decodes HEVC.
    picture(
        row(
            MediaType::Heic,
            "image/heic",
            "HEIC",
            &["heic", "heif", "hif", "heics", "heifs"],
            Signature::Brands(&[
                b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs",
            ]),
        ),
        false,
    ),
    picture(
        row(
            MediaType::Tiff,
            "image/tiff",
            "TIFF",
            &["tif", "tiff"],
            Signature::Magic(&[
                &[(0, b"II*\0")],
                &[(0, b"MM\0*")],
                &[(0, b"II+\0\x08\0\0\0")],
                &[(0, b"MM\0+\0\x08\0\0")],
            ]),
        ),
        true,
    ),
    row(
        MediaType::Pdf,
        "application/pdf",
        "PDF",
        &["pdf"],
        Signature::Pdf,
    ),
    row(
        MediaType::Text,
        "text/plain",
        "plain text",
        &["txt", "text", "log", "md", "tsv", "tab"],
        Signature::Text,
    ),
    row(
        MediaType::Csv,
        "text/csv",
        "CSV",
        &["csv"],
        Signature::NamedText,
    ),
    row(
        MediaType::Docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "DOCX",
        &["docx", "dotx"],
        Signature::Package {
            types: &[
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            ],
            part: Some("word/document"),
        },
    ),
    row(
        MediaType::Xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
        &["xlsx", "xltx"],
        Signature::Package {
            types: &[
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
            ],
            part: Some("xl/workbook"),
        },
    ),
    row(
        MediaType::Pptx,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "PPTX",
        &["pptx", "ppsx", "potx"],
        Signature::Package {
            types: &[
                "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
                "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
                "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
            ],
            part: Some("ppt/presentation"),
        },
    ),
    row(
        MediaType::Odt,
        "application/vnd.oasis.opendocument.text",
        "ODT",
        &["odt", "ott"],
        Signature::Package {
            types: &[
                "application/vnd.oasis.opendocument.text",
                "application/vnd.oasis.opendocument.text-template",
            ],
            part: None,
        },
    ),
    row(
        MediaType::Ods,
        "application/vnd.oasis.opendocument.spreadsheet",
        "ODS",
        &["ods", "ots"],
        Signature::Package {
            types: &[
                "application/vnd.oasis.opendocument.spreadsheet",
                "application/vnd.oasis.opendocument.spreadsheet-template",
            ],
            part: None,
        },
    ),
    row(
        MediaType::Odp,
        "application/vnd.oasis.opendocument.presentation",
        "ODP",
        &["odp", "otp"],
        Signature::Package {
            types: &[
                "application/vnd.oasis.opendocument.presentation",
                "application/vnd.oasis.opendocument.presentation-template",
            ],
            part: None,
        },
    ),
    row(
        MediaType::Doc,
        "application/msword",
        "DOC",
        &["doc", "dot"],
        Signature::Compound(&["WordDocument"]),
    ),
    row(
        MediaType::Xls,
        "application/vnd.ms-excel",
        "XLS",
        &["xls", "xlt"],
        Signature::Compound(&["Workbook", "Book"]),
    ),
    row(
        MediaType::Zip,
        "application/zip",
        "ZIP",
        &["zip"],
        Signature::Archive,
    ),
    row(
        MediaType::Dwg,
        "image/vnd.dwg",
        "DWG",
        &["dwg", "dwt", "dws"],
        Signature::Magic(&[&[(0, b"AC10"), (6, b"\0")]]),
    ),
    row(
        MediaType::Dxf,
        "image/vnd.dxf",
        "DXF",
        &["dxf"],
        Signature::Lines {
            first: &["0", "SECTION"],
            end: b"\nEOF",
            binary: Some([b"AutoCAD Binary DXF\r\n\x1a\0", b"EOF\0"]),
        },
    ),
    row(
        MediaType::Step,
        "model/step",
        "STEP",
        &["step", "stp", "p21", "ste"],
        Signature::Lines {
            first: &["ISO-10303-21;"],
            end: b"END-ISO-10303-21;",
            binary: None,
        },
    ),
    row(
        MediaType::Mp4,
        "video/mp4",
        "MP4",
        &["mp4", "m4v", "mp4v", "mpg4"],
        Signature::Brands(&[
            b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9",
            b"mp41", b"mp42", b"mp71", b"avc1", b"M4V ", b"M4VH", b"M4VP", b"dash", b"MSNV",
            b"mmp4", b"XAVC", b"f4v ",
        ]),
    ),
];

/// Endings that make a desktop run a file or a browser load it: no bytes that can be sent are
/// what such a name says.
pub const ACTIVE_ENDINGS: &[&str] = &[
    "app",
    "appref-ms",
    "application",
    "apk",
    "bash",
    "bat",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "crx",
    "deb",
    "desktop",
    "dll",
    "dmg",
    "exe",
    "gadget",
    "hta",
    "htm",
    "html",
    "iqy",
    "iso",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "lnk",
    "mht",
    "mhtml",
    "mjs",
    "msc",
    "msi",
    "msix",
    "msp",
    "php",
    "pif",
    "pkg",
    "pl",
    "ps1",
    "psm1",
    "py",
    "pyw",
    "rb",
    "reg",
    "rpm",
    "scf",
    "scr",
    "sct",
    "sh",
    "shtml",
    "slk",
    "svg",
    "svgz",
    "swf",
    "sys",
    "url",
    "vb",
    "vbe",
    "vbs",
    "wasm",
    "webloc",
    "wsf",
    "wsh",
    "xht",
    "xhtml",
    "xll",
    "xml",
    "xpi",
    "xsl",
    "xslt",
    "zsh",
];

/// Endings of well-known formats that are not in the table. A file with other bytes than
/// theirs is none of them, and all of the table have other bytes.
pub const OTHER_ENDINGS: &[&str] = &[
    "7z", "aac", "accdb", "avi", "avif", "bmp", "cab", "flac", "flv", "gz", "ico", "jxl", "mdb",
    "mkv", "mov", "mp3", "msg", "ogg", "ppt", "psd", "rar", "tar", "tgz", "wav", "webm", "wma",
    "wmv", "xz",
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ACTIVE_ENDINGS, FORMATS, MediaType, OTHER_ENDINGS};

    #[test]
    fn every_type_has_one_row_one_name_and_endings_of_its_own() {
        let (mut kinds, mut names, mut endings) = (HashSet::new(), HashSet::new(), HashSet::new());
        for format in FORMATS {
            assert!(kinds.insert(format.kind) && names.insert(format.name));
            assert_eq!(format.kind.format().name, format.name);
            assert_eq!(MediaType::parse(format.name), Some(format.kind));
            for ending in format.endings {
                assert!(endings.insert(*ending), "{ending}");
            }
        }
        assert_eq!(kinds.len(), MediaType::Mp4 as usize + 1);
        for ending in ACTIVE_ENDINGS.iter().chain(OTHER_ENDINGS) {
            assert!(endings.insert(ending), "{ending}");
        }
    }
}
