//! Files as people have them.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let image = RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([
            (x * 7).to_le_bytes()[0],
            (y * 5).to_le_bytes()[0],
            (x * y).to_le_bytes()[0],
        ])
    });
    image.write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

pub fn png() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let image = RgbImage::from_pixel(10, 10, image::Rgb([9, 99, 199]));
    image.write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

/// A ZIP with these files, not packed.
pub fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut contents) = (Vec::new(), Vec::new());
    for (name, data) in files {
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let size = u32::try_from(data.len()).unwrap().to_le_bytes();
        let offset = u32::try_from(out.len()).unwrap().to_le_bytes();
        out.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        out.extend([size, size].concat());
        out.extend(length);
        out.extend([0, 0]);
        out.extend([name.as_bytes(), data.as_bytes()].concat());
        contents.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        contents.extend([size, size].concat());
        contents.extend(length);
        contents.extend([0; 12]);
        contents.extend(offset);
        contents.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let start = u32::try_from(out.len()).unwrap().to_le_bytes();
    let size = u32::try_from(contents.len()).unwrap().to_le_bytes();
    out.extend(contents);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend([size, start].concat());
    // A comment that looks like the end of another archive.
    out.extend(b"\x06\0PK\x05\x06ab");
    out
}

pub fn office(part: &str, kind: &str) -> Vec<u8> {
    let kind = format!("application/vnd.openxmlformats-officedocument.{kind}.main+xml");
    let types = format!("<Types><Override PartName=\"/{part}\" ContentType=\"{kind}\"/></Types>");
    zip(&[("[Content_Types].xml", &types), (part, "<x/>")])
}

pub fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Name, bytes, and how they are served; all of it comes back as it was.
pub fn texts_people_have() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let table = "Größe;Preis\r\n5 mm;1,50 €\r\n";
    vec![
        ("utf-8.csv", table.into(), "text/csv; charset=utf-8"),
        (
            "with bom.csv",
            [b"\xff\xfe", &utf16(table)[..]].concat(),
            "text/csv; charset=utf-16",
        ),
        (
            "without bom.csv",
            utf16(table),
            "text/csv; charset=utf-16le",
        ),
        ("latin.csv", b"Gr\xf6\xdfe;\x80 5\r\n".to_vec(), "text/csv"),
        (
            "sjis.csv",
            b"\x8c\x5e\x94\xd4,\x90\x94\r\n".to_vec(),
            "text/csv",
        ),
        (
            "gbk.txt",
            b"\xb9\xe6\xb8\xf1,\xca\xfd\xc1\xbf\r\n".to_vec(),
            "text/plain",
        ),
        (
            "cyrillic.txt",
            b"\xd0\xe0\xe7\xec\xe5\xf0".to_vec(),
            "text/plain",
        ),
        (
            "old.txt",
            b"from DOS\r\n\x1a".to_vec(),
            "text/plain; charset=utf-8",
        ),
        (
            "server.log",
            b"\x1b[31mred\x1b[0m\n".to_vec(),
            "text/plain; charset=utf-8",
        ),
        (
            "mail.txt",
            b"<name@host.example> wrote:\n".to_vec(),
            "text/plain; charset=utf-8",
        ),
        (
            "prices.tsv",
            b"a\tb\n".to_vec(),
            "text/plain; charset=utf-8",
        ),
        ("README", b"read me\n".to_vec(), "text/plain; charset=utf-8"),
    ]
}

pub fn documents_people_have() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let odf = |kind: &str| {
        let kind = format!("application/vnd.oasis.opendocument.{kind}");
        zip(&[("mimetype", &kind), ("content.xml", "<x/>")])
    };
    vec![
        (
            "second.docx",
            office("word/document2.xml", "wordprocessingml.document"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "slides.pptx",
            office("ppt/presentation.xml", "presentationml.presentation"),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        (
            "letter.odt",
            odf("text"),
            "application/vnd.oasis.opendocument.text",
        ),
        (
            "sheet.ods",
            odf("spreadsheet"),
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        (
            "slides.odp",
            odf("presentation"),
            "application/vnd.oasis.opendocument.presentation",
        ),
        ("photos.zip", zip(&[("a.txt", "hi")]), "application/zip"),
        (
            "bom.pdf",
            b"\xef\xbb\xbf\r\n\r\n%PDF-1.7\nstartxref\n0\n%%EOF\n".to_vec(),
            "application/pdf",
        ),
        (
            "plan.dwg",
            b"AC1032\0\0\0\0\0\x03".to_vec(),
            "image/vnd.dwg",
        ),
        (
            "plan.dxf",
            b"  0\r\nSECTION\r\n  0\r\nENDSEC\r\n  0\r\nEOF\r\n".to_vec(),
            "image/vnd.dxf",
        ),
        (
            "part.step",
            b"ISO-10303-21;\nHEADER;\nENDSEC;\nEND-ISO-10303-21;\n".to_vec(),
            "model/step",
        ),
        (
            "part.stp",
            b"ISO-10303-21;\nHEADER;\nENDSEC;\nEND-ISO-10303-21;\n".to_vec(),
            "model/step",
        ),
        (
            "clip.mp4",
            b"\0\0\0\x14ftypmp42\0\0\0\0isom\0\0\0\x08moov".to_vec(),
            "video/mp4",
        ),
        (
            "photo.heic",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08free".to_vec(),
            "image/heic",
        ),
    ]
}
