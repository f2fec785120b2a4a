mod samples;

use std::{fs, io::Write};

use chat::{
    attachment::Charset,
    media_type::{FORMATS, MediaType, Signature},
};

pub use self::samples::{compound, package, zip, zip_of};
use self::samples::{large, utf16};
use super::{Sniffed, sniff};
use crate::attachments::Refused;

fn found(name: &str, bytes: &[u8]) -> Result<Sniffed, Refused> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("upload");
    fs::File::create(&path).unwrap().write_all(bytes).unwrap();
    sniff(&path, name).unwrap()
}

fn sniffed(name: &str, bytes: &[u8]) -> Result<MediaType, Refused> {
    found(name, bytes).map(|sniffed| sniffed.kind)
}

fn charset(bytes: &[u8]) -> Option<Charset> {
    let sniffed = found("a.txt", bytes).unwrap();
    assert_eq!(sniffed.kind, MediaType::Text);
    sniffed.charset
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
        (
            "a.txt",
            b"\xef\xbb\xbf\r\n \n%PDF-1.4\n%%EOF",
            MediaType::Pdf,
        ),
        (
            "a.pdf",
            b"\x1b%-12345X@PJL\r\n\0%PDF-1.4\nstartxref\n0\n%%EOF",
            MediaType::Pdf,
        ),
        ("a.dwg", b"AC1032\0\0\0\0\x03 and so on", MediaType::Dwg),
        ("a.txt", b"AC1032 is the version", MediaType::Text),
        (
            "a.dxf",
            b"999\r\nmade by us\r\n  0\r\nSECTION\r\n  0\r\nEOF\r\n\x1a",
            MediaType::Dxf,
        ),
        (
            "a.dxf",
            b"AutoCAD Binary DXF\r\n\x1a\0\0SECTION\0\0EOF\0",
            MediaType::Dxf,
        ),
        (
            "part.step",
            b"ISO-10303-21;\nHEADER;\nENDSEC;\nEND-ISO-10303-21;\n",
            MediaType::Step,
        ),
        (
            "a.heic",
            b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic\0\0\0\x08meta",
            MediaType::Heic,
        ),
        (
            "a.mp4",
            b"\0\0\0\x14ftypmp42\0\0\0\0isom\0\0\0\x08moov\0\0\0\0mdat rest",
            MediaType::Mp4,
        ),
        ("a.tif", b"II*\0\x08\0\0\0", MediaType::Tiff),
        ("a", b"<name@host.example> wrote:\nhi", MediaType::Text),
        ("a", b"see\n<https://a.example/b>", MediaType::Text),
        ("a", b"<https://a.example/b>", MediaType::Text),
        ("a", b"<EUR 5 per set, 300 sets", MediaType::Text),
        ("a", b"<warehouse 3> is full", MediaType::Text),
        ("a", b"<3", MediaType::Text),
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
        b"text\0mor",
        b"abc\0def\0",
        b"a\x1a then more",
        b"\xff\xfea\0\0\0",
        b"\xff\xfe<\0s\0v\0g\0>\0",
        b"<\0h\0t\0m\0l\0>\0 \0",
        b"<note><to>you</to></note>",
        b"<a:b xmlns:a='x'>",
        b"<custom/>",
        b"<A HREF=x>",
        b"\x1f\x8b\x08\0",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07\x01\0",
        b"\0\0\0\x14ftypqt  \0\0\0\0qt  ",
        b"\0\0\0\x14ftypavif\0\0\0\0avif",
        b"{\\rtf1 \0}",
        b"SQLite format 3\0",
        b"\0asm\x01\0\0\0",
        b"BM\x36\0",
        b"\xff\xd8not",
        b"\xfe\xed\xfa\xce\xca\xfe\xba\xbe",
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
        assert_eq!(charset(&bytes), Some(Charset::Utf8));
        bytes.push(0xe6);
        assert_eq!(charset(&bytes), Some(Charset::Utf8), "cut off");
        bytes.push(b'a');
        assert_eq!(charset(&bytes), None, "{before}");
    }
}

#[test]
fn a_document_is_known_by_what_it_says_of_itself() {
    for format in FORMATS {
        let Signature::Package { types, part } = format.signature else {
            continue;
        };
        for kind in types {
            let bytes = match part {
                Some(_) => package("any/where2.xml", kind),
                None => zip_of(&[("mimetype", kind.as_bytes()), ("content.xml", b"")]),
            };
            assert_eq!(sniffed("a.zip", &bytes), Ok(format.kind), "{kind}");
        }
    }
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let second = package("word/document2.xml", word);
    assert_eq!(sniffed("a.docx", &second), Ok(MediaType::Docx));
    let macros = "application/vnd.ms-word.document.macroEnabled.main+xml";
    let macros = package("word/document.xml", macros);
    assert_eq!(sniffed("a.docm", &macros), Ok(MediaType::Zip));
    let other = zip_of(&[("mimetype", b"application/epub+zip")]);
    assert_eq!(sniffed("a.epub", &other), Ok(MediaType::Zip));
}

#[test]
fn an_archive_may_have_a_comment_that_looks_like_its_end() {
    for comment in [
        &b"PK\x05\x06"[..],
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0\x01\0\0\0\0\0",
        &[b"PK\x05\x06".repeat(1_000), vec![0xff; 60_000]].concat(),
    ] {
        let mut bytes = zip(&["[Content_Types].xml", "xl/workbook.xml"]);
        let length = u16::try_from(comment.len()).unwrap().to_le_bytes();
        let at = bytes.len() - 2;
        bytes[at..].copy_from_slice(&length);
        bytes.extend_from_slice(comment);
        assert_eq!(sniffed("a", &bytes), Ok(MediaType::Xlsx));
    }
}

#[test]
fn an_archive_may_have_records_of_zip64_and_be_one_of_several_parts() {
    let document = zip(&["[Content_Types].xml", "word/document.xml"]);
    assert_eq!(sniffed("a", &large(&document)), Ok(MediaType::Docx));
    let whole = large(&document);
    for length in 4..whole.len() {
        assert_eq!(
            sniffed("a", &whole[..length]),
            Err(Refused::Broken),
            "{length}"
        );
    }
    for mark in [b"PK\x07\x08", b"PK00"] {
        let marked = [&mark[..], &document].concat();
        assert_eq!(sniffed("a", &marked), Ok(MediaType::Docx));
    }
}

#[test]
fn the_older_documents_are_known_by_their_streams() {
    for (name, streams, kind) in [
        ("a.doc", &["1Table", "WordDocument"][..], Ok(MediaType::Doc)),
        ("a", &["Workbook"], Ok(MediaType::Xls)),
        ("a", &["Book"], Ok(MediaType::Xls)),
        ("a.xlsx", &["EncryptedPackage"], Ok(MediaType::Xlsx)),
        ("a.DOCX", &["EncryptedPackage"], Ok(MediaType::Docx)),
        ("a.exe", &["EncryptedPackage"], Err(Refused::NotAllowed)),
        ("a.msi", &["Property"], Err(Refused::NotAllowed)),
    ] {
        assert_eq!(sniffed(name, &compound(streams)), kind, "{name}");
    }
    let whole = compound(&["WordDocument"]);
    for length in (8..whole.len()).step_by(64) {
        let found = sniffed("a.doc", &whole[..length]);
        // The last sector may be short, but has to name the stream.
        let is_broken = found == Err(Refused::Broken) || length > 1_024;
        assert!(is_broken, "{length}: {found:?}");
    }
    // A directory that leads to itself.
    let mut endless = whole.clone();
    endless[516..520].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(sniffed("a.doc", &endless), Err(Refused::Broken));
}

#[test]
fn text_is_taken_in_the_encodings_that_people_have() {
    let table = "Größe;Stück;Preis\r\n5 mm;300;1,50 €\r\n";
    let chinese = "规格,数量,价格\r\n五毫米,300,1.50\r\n轴承,20,7\r\n";
    for (bytes, wanted) in [
        (table.as_bytes().to_vec(), Some(Charset::Utf8)),
        (format!("\u{feff}{table}").into_bytes(), Some(Charset::Utf8)),
        (
            utf16(&format!("\u{feff}{table}"), u16::to_le_bytes),
            Some(Charset::Utf16),
        ),
        (
            utf16(&format!("\u{feff}{table}"), u16::to_be_bytes),
            Some(Charset::Utf16),
        ),
        (utf16(table, u16::to_le_bytes), Some(Charset::Utf16le)),
        (utf16(table, u16::to_be_bytes), Some(Charset::Utf16be)),
        (utf16(chinese, u16::to_le_bytes), Some(Charset::Utf16le)),
        (utf16(chinese, u16::to_be_bytes), Some(Charset::Utf16be)),
        (
            utf16("Привет, мир\n", u16::to_le_bytes),
            Some(Charset::Utf16le),
        ),
        // ISO 2022 looks like ASCII and is not.
        (b"\x1b$B4A;z\x1b(B".to_vec(), None),
        (b"plain\x1a".to_vec(), Some(Charset::Utf8)),
        (b"plain\x1a\x1a\x1a".to_vec(), Some(Charset::Utf8)),
        (b"\x1b[31mred\x1b[0m\x07\r\n".to_vec(), Some(Charset::Utf8)),
        (b"one\x0btwo\x0cthree\x08".to_vec(), Some(Charset::Utf8)),
    ] {
        assert_eq!(charset(&bytes), wanted, "{bytes:?}");
    }
    // Every byte that stands for a letter in some code page of Windows, alone and among others.
    for byte in 0x80..=0xff_u8 {
        for bytes in [
            vec![byte, b' ', byte, byte],
            [&b"price "[..], &[byte], b"\n"].concat(),
        ] {
            let is_known = std::str::from_utf8(&bytes).is_ok();
            assert_eq!(charset(&bytes).is_some(), is_known, "{byte:x}");
        }
    }
}

#[test]
fn text_of_east_asia_is_taken_in_its_older_encodings() {
    let japanese = "型番,数量,価格\r\nベアリング 表示,３００,１．５０\r\n";
    let chinese = "规格,数量,价格\r\n轴承镕,300,1.50\r\n";
    let taiwanese = "規格,數量,價格\r\n功能許,300,1.50\r\n";
    let korean = "규격,수량,가격\r\n베어링,300,1.50\r\n";
    let russian = "Размер,Количество,Цена\r\nПодшипник,300,1.50\r\n";
    let greek = "Μέγεθος,Ποσότητα\r\nΡουλεμάν,300\r\n";
    let hebrew = "גודל,כמות\r\nמיסב,300\r\n";
    let arabic = "الحجم,الكمية\r\nمحمل,300\r\n";
    let thai = "ขนาด,จำนวน\r\nตลับลูกปืน,300\r\n";
    for (text, encoding) in [
        (japanese, encoding_rs::SHIFT_JIS),
        (japanese, encoding_rs::EUC_JP),
        (japanese, encoding_rs::ISO_2022_JP),
        (chinese, encoding_rs::GBK),
        (chinese, encoding_rs::GB18030),
        (taiwanese, encoding_rs::BIG5),
        (korean, encoding_rs::EUC_KR),
        (russian, encoding_rs::WINDOWS_1251),
        (russian, encoding_rs::KOI8_R),
        (russian, encoding_rs::IBM866),
        (greek, encoding_rs::WINDOWS_1253),
        (hebrew, encoding_rs::WINDOWS_1255),
        (arabic, encoding_rs::WINDOWS_1256),
        (thai, encoding_rs::WINDOWS_874),
    ] {
        let (bytes, _, is_lossy) = encoding.encode(text);
        assert!(!is_lossy, "{}", encoding.name());
        assert_eq!(charset(&bytes), None, "{}", encoding.name());
        assert_eq!(sniffed("a.CSV", &bytes), Ok(MediaType::Csv));
    }
}

#[test]
fn a_drawing_that_was_cut_off_is_broken() {
    for bytes in [
        &b"ISO-10303-21;\nHEADER;\nENDSEC;\n"[..],
        b"  0\nSECTION\n  2\nHEADER\n",
        b"AutoCAD Binary DXF\r\n\x1a\0\0SECT",
        b"\0\0\0\x14ftypmp42\0\0\0\0isom\0\0\0\x10moov",
        b"\0\0\0\x14ftypheic\0\0\0\0heic\0\0\0\x10meta",
        b"\r\n%PDF-1.7\n1 0 obj",
    ] {
        assert_eq!(sniffed("a", bytes), Err(Refused::Broken), "{bytes:?}");
    }
}
