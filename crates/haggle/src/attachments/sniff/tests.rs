use std::{fs, io::Write};

use chat::attachment::MediaType;

use super::{Found, sniff};
use crate::attachments::Refused;

fn sniffed(name: &str, bytes: &[u8]) -> Found {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("upload");
    fs::File::create(&path).unwrap().write_all(bytes).unwrap();
    sniff(&path, name).unwrap()
}

/// A ZIP whose files are empty.
pub fn zip(names: &[&str]) -> Vec<u8> {
    let (mut out, mut contents) = (Vec::new(), Vec::new());
    for name in names {
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let offset = u32::try_from(out.len()).unwrap().to_le_bytes();
        out.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
        out.extend_from_slice(&length);
        out.extend_from_slice(b"\0\0");
        out.extend_from_slice(name.as_bytes());
        contents.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        contents.extend_from_slice(b"\0\0\0\0\0\0\0\0");
        contents.extend_from_slice(&length);
        contents.extend_from_slice(&[0; 12]);
        contents.extend_from_slice(&offset);
        contents.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    let start = u32::try_from(out.len()).unwrap().to_le_bytes();
    let size = u32::try_from(contents.len()).unwrap().to_le_bytes();
    out.extend_from_slice(&contents);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&[count, count].concat());
    out.extend_from_slice(&[size, start].concat());
    out.extend_from_slice(b"\0\0");
    out
}

#[test]
fn the_bytes_decide() {
    let types = "[Content_Types].xml";
    let document = zip(&[types, "word/document.xml"]);
    let sheet = zip(&[types, "xl/workbook.xml"]);
    let macros = zip(&[types, "word/document.xml", "word/vbaProject.bin"]);
    for (name, bytes, kind) in [
        ("a.html", &b"\x89PNG\r\n\x1a\n"[..], MediaType::Png),
        ("a", b"\xff\xd8\xff\xe0", MediaType::Jpeg),
        ("a", b"GIF89a", MediaType::Gif),
        ("a", b"RIFF\0\0\0\0WEBPVP8 ", MediaType::Webp),
        ("a.exe", b"%PDF-1.7\n1 0 obj\n%%EOF\n", MediaType::Pdf),
        ("a.csv", b"a;b\r\n1;2", MediaType::Csv),
        ("a.CSV", b"a;b", MediaType::Csv),
        ("a.html", b"a < b, and b > a", MediaType::Text),
        ("a", "Größe 漢字 \u{feff}".as_bytes(), MediaType::Text),
        (
            "price.csv",
            b"Gr\xf6\xdfe;St\xfcck;Preis\r\n",
            MediaType::Csv,
        ),
        ("a.docx", &document, MediaType::Docx),
        ("a.zip", &sheet, MediaType::Xlsx),
        ("a.docx", &macros, MediaType::Zip),
        ("a.docx", &zip(&["word/document.xml"]), MediaType::Zip),
        ("a.jar", &zip(&["a"]), MediaType::Zip),
        ("empty.zip", &zip(&[]), MediaType::Zip),
    ] {
        assert_eq!(sniffed(name, bytes), Ok(kind), "{name}");
    }
}

#[test]
fn nothing_else_is_taken() {
    let far = [b"\n".repeat(300), b"<svg>".to_vec()].concat();
    for bytes in [
        &b"<!doctype html><p>hi"[..],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"\xef\xbb\xbf \r\n\t<script>alert(1)</script>",
        b"<!-- a comment --><html>",
        b"</p><script>",
        &far,
        b"MZ\x90\0",
        b"\x7fELF",
        b"text\0more",
        b"\xff\xfea\0b\0",
        b"\x1b[31mred",
        b"BM\x36\0",
        b"\xff\xd8not",
        b"\xfe\xed\xfa\xce\xca\xfe\xba\xbe",
        b" %PDF-1.7 \x01",
    ] {
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(sniffed("a.txt", bytes), Err(Refused::NotAllowed), "{shown}");
    }
}

#[test]
fn what_is_not_whole_is_broken() {
    let whole = zip(&["one", "two"]);
    assert_eq!(sniffed("a", b""), Err(Refused::Empty));
    assert_eq!(sniffed("a", b"%PDF-1.7\n1 0 obj"), Err(Refused::Broken));
    for length in 4..whole.len() {
        let found = sniffed("a", &whole[..length]);
        assert_eq!(found, Err(Refused::Broken), "{length}");
    }
    // A table of contents that lies about itself.
    let end = whole.len() - 22;
    for (at, byte) in [(10, 3), (12, 0xff), (16, 0xff), (19, 0xff)] {
        let mut changed = whole.clone();
        changed[end + at] = byte;
        assert_eq!(sniffed("a", &changed), Err(Refused::Broken), "{at}");
    }
}

#[test]
fn a_letter_may_lie_across_the_pieces() {
    for before in (64 << 10) - 4..=64 << 10 {
        let mut bytes = vec![b'a'; before];
        bytes.extend_from_slice("漢字".repeat(40_000).as_bytes());
        assert_eq!(sniffed("a", &bytes), Ok(MediaType::Text), "{before}");
        bytes.push(0xe6);
        assert_eq!(sniffed("a", &bytes), Err(Refused::NotAllowed), "{before}");
    }
}
