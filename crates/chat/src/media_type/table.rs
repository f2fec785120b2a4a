//! The table: a row for each type of file that can be sent.

use super::{Format, MediaType, Signature};

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
        // The first versions have a point in their numbers, and some of them fewer digits.
        Signature::Magic(&[
            &[(0, b"AC10"), (6, b"\0")],
            &[(0, b"AC1."), (6, b"\0")],
            &[(0, b"AC2."), (6, b"\0")],
            &[(0, b"MC0.0\0")],
        ]),
    ),
    row(
        MediaType::Dxf,
        "image/vnd.dxf",
        "DXF",
        &["dxf"],
        Signature::Lines {
            first: &["0", "SECTION"],
            end: "EOF",
            binary: [b"AutoCAD Binary DXF\r\n\x1a\0", b"EOF\0"],
        },
    ),
    row(
        MediaType::Step,
        "model/step",
        "STEP",
        &["step", "stp", "p21", "ste"],
        Signature::Clauses {
            first: "ISO-10303-21",
            end: "END-ISO-10303-21",
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
