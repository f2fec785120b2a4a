//! What a file is and what it is called: its own bytes and its own name, whatever stands before them.

use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use test_support::Answer;

use super::{
    END, get, posted,
    samples::{documents_people_have, jpeg, office, texts_people_have, utf16, zip},
    text, try_upload, upload,
};
use crate::world::World;

#[tokio::test]
async fn files_that_people_have_keep_their_names_their_bytes_and_their_types() {
    let world = World::open().await;
    for (name, bytes, served) in texts_people_have()
        .into_iter()
        .chain(documents_people_have())
    {
        let file = upload(&world.anna, name, &bytes).await;
        assert_eq!(file["name"], name);
        let kind = served.split(';').next().unwrap();
        assert_eq!(file["type"], kind, "{name}");
        let answer = get(&world.anna, &file).send().await.unwrap();
        assert_eq!(text(&answer, &CONTENT_TYPE), served, "{name}");
        let how = if name == "photo.heic" {
            "inline"
        } else {
            "attachment"
        };
        let disposition = text(&answer, &CONTENT_DISPOSITION);
        assert!(
            disposition.starts_with(&format!("{how}; filename=\"{name}\"; ")),
            "{disposition}"
        );
        assert_eq!(answer.bytes().await.unwrap(), bytes, "{name}");
    }
}

/// Each comes back under its name, with its bytes, as this type.
async fn keep(world: &World, files: &[(&str, Vec<u8>, &str)]) {
    for (name, bytes, kind) in files {
        let file = upload(&world.anna, name, bytes).await;
        let found = (file["name"].as_str(), file["type"].as_str());
        assert_eq!(
            found,
            (Some(*name), Some(*kind)),
            "{}",
            bytes.escape_ascii()
        );
        let answer = get(&world.anna, &file).send().await.unwrap();
        assert_eq!(answer.bytes().await.unwrap(), *bytes, "{name}");
    }
}

#[tokio::test]
async fn drawings_behind_blank_lines_comments_and_in_utf16_keep_their_names() {
    let world = World::open().await;
    let step = "ISO-10303-21;\r\nHEADER;\r\nENDSEC;\r\nDATA;\r\nENDSEC;\r\nEND-ISO-10303-21;\r\n";
    let dxf = "  0\r\nSECTION\r\n  2\r\nENTITIES\r\n  0\r\nENDSEC\r\n  0\r\nEOF\r\n";
    let mut files = Vec::new();
    for text in [
        step.to_owned(),
        format!("\r\n\r\n {step}"),
        format!("\u{feff}\n{step}"),
        format!("/* made by us */\n{step}"),
        format!("\u{feff}/* one */ /* two\n */\n\n{step}/* the end */"),
        format!("/*{}*/{step}", " licence".repeat(2_000)),
        step.replace("21;", "21 ;"),
        step.replace("21;", "21 /* edition 3 */\n;"),
    ] {
        files.push(("part.step", text.clone().into_bytes(), "model/step"));
        files.push(("part.stp", marked_utf16(&text), "model/step"));
    }
    for text in [
        format!("\r\n{dxf}"),
        format!("\u{feff}\r\n\r\n{dxf}"),
        format!("\n999\r\nmade by us\r\n\r\n999\r\n\r\n{dxf}"),
        dxf.replace("\r\n", "\r"),
    ] {
        files.push(("plan.dxf", text.clone().into_bytes(), "image/vnd.dxf"));
        files.push(("plan.dxf", marked_utf16(&text), "image/vnd.dxf"));
    }
    for version in ["AC1.50", "AC2.10", "AC1.2\0", "AC1009", "AC1032"] {
        let bytes = [version.as_bytes(), b"\0\0\0\0\x01\x02\xff"].concat();
        files.push(("plan.dwg", bytes, "image/vnd.dwg"));
    }
    keep(&world, &files).await;
    for cut in [format!("\n/* by us */{step}"), format!("\r\n{dxf}")] {
        let cut = &cut.as_bytes()[..cut.len() - 6];
        try_upload(&world.bert, "part.step", cut).await.expect(400);
    }
}

fn marked_utf16(text: &str) -> Vec<u8> {
    [b"\xff\xfe", &utf16(text.trim_start_matches('\u{feff}'))[..]].concat()
}

/// The archive with this comment in place of its own.
fn commented(mut archive: Vec<u8>, comment: &[u8]) -> Vec<u8> {
    let end = archive.len() - 8;
    archive.truncate(end);
    archive.extend(u16::try_from(comment.len()).unwrap().to_le_bytes());
    [archive, comment.to_vec()].concat()
}

#[tokio::test]
async fn an_archives_comment_that_looks_like_an_end_or_is_an_archive_changes_nothing() {
    let world = World::open().await;
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let document = office("word/document.xml", "wordprocessingml.document");
    let empty = [&b"PK\x05\x06"[..], &[0; 18]].concat();
    let mut files = Vec::new();
    for comment in [
        empty.clone(),
        [&empty[..], b" and more"].concat(),
        zip(&[("a.txt", "hi")]),
        [&zip(&[("a.txt", "hi")])[..], &empty].concat(),
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0\0\0\0\0\0\0".to_vec(),
    ] {
        files.push(("letter.docx", commented(document.clone(), &comment), kind));
    }
    files.push(("empty.zip", empty, "application/zip"));
    // An OpenDocument that has lost its first file. What is embedded in it is not what it is.
    let entry = |path: &str, kind: &str| {
        format!(
            "<m:file-entry m:full-path=\"{path}\" m:media-type=\"application/vnd.oasis.opendocument.{kind}\"/>"
        )
    };
    let manifest = [
        "<m:manifest>",
        &entry("Object 1/", "spreadsheet"),
        &entry("/", "text"),
    ]
    .concat();
    let letter = zip(&[
        ("content.xml", "<x/>"),
        ("META-INF/manifest.xml", &manifest),
    ]);
    files.push((
        "letter.odt",
        letter,
        "application/vnd.oasis.opendocument.text",
    ));
    keep(&world, &files).await;
}

#[tokio::test]
async fn a_pdf_of_letters_only_is_one_behind_what_printers_and_mail_write_before_it() {
    let world = World::open().await;
    let pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n";
    let mut files = Vec::new();
    for before in [
        &b"\x1b%-12345X@PJL\r\n"[..],
        b"@PJL ENTER LANGUAGE=PDF\r\n",
        b"Content-Type: application/pdf\r\n\r\n",
        &[b'x'; 1_000],
        b"\xff\xfe",
        b"\0\0\0",
    ] {
        let bytes = [before, pdf].concat();
        // Cut off, it is no text either.
        let cut = try_upload(&world.bert, "a.pdf", &bytes[..bytes.len() - 20]).await;
        assert!(
            before.starts_with(b"x") || cut.status == 400,
            "{}",
            cut.json
        );
        files.push(("a.pdf", bytes, "application/pdf"));
    }
    files.push((
        "about.txt",
        b"A file that begins with %PDF-1.4 ends with %%EOF".to_vec(),
        "text/plain",
    ));
    keep(&world, &files).await;
    let page = [&b"<html>\n"[..], pdf].concat();
    try_upload(&world.anna, "a.pdf", &page).await.expect(415);
}

#[tokio::test]
async fn what_scanners_and_tills_send_is_text() {
    let world = World::open().await;
    let gs1 = "[)>\x1e06\x1dP123\x1dQ5\x1e\x04";
    let texts = [
        b"\x02012345\x03\r\n".to_vec(),
        gs1.into(),
        [b"\xff\xfe", &utf16(gs1)[..]].concat(),
        b"\x01\x02order\x1f5\x1c\x17\x05\x06\x15".to_vec(),
        b"Gr\xf6\xdfe; a price list with a mark \x1d of GS1\r\n".to_vec(),
    ];
    let texts = texts.map(|bytes| ("scan.txt", bytes, "text/plain"));
    keep(&world, &texts).await;
    for bytes in [&b"\x01\x02\x03"[..], b"\x1e\xf6\x02", b"a\0b", b"a\x7fb"] {
        try_upload(&world.anna, "a.txt", bytes).await.expect(415);
    }
}

#[tokio::test]
async fn a_tiff_with_fewer_bytes_than_its_pixels_need_is_broken() {
    let world = World::open().await;
    let tiff = |side: u32, coding: u32, data: u32| {
        let tags = [
            (256_u16, side),
            (257, side),
            (258, 8),
            (259, coding),
            (262, 1),
            (273, 8),
            (277, 1),
            (278, side),
            (279, data),
        ];
        let data = vec![0; usize::try_from(data).unwrap()];
        let place = u32::try_from(8 + data.len()).unwrap();
        let mut bytes = [b"II*\0", &place.to_le_bytes()[..], &data, b"\x09\0"].concat();
        for (tag, value) in tags {
            bytes.extend(
                [
                    &tag.to_le_bytes()[..],
                    b"\x04\0\x01\0\0\0",
                    &value.to_le_bytes(),
                ]
                .concat(),
            );
        }
        [bytes, vec![0; 4]].concat()
    };
    // Not packed, CCITT, LZW, JPEG, Deflate, PackBits.
    for coding in [1, 3, 4, 5, 7, 8, 32_946, 32_773] {
        let refused = try_upload(&world.anna, "a.tif", &tiff(7_000, coding, 20))
            .await
            .expect(400);
        let reason = refused["fields"]["file"].as_str().unwrap();
        assert!(reason.contains("not complete"), "{coding}: {reason}");
    }
    try_upload(&world.anna, "a.tif", &tiff(8, 1, 63))
        .await
        .expect(400);
    upload(&world.anna, "a.tif", &tiff(8, 1, 64)).await;
}

#[tokio::test]
async fn every_letter_of_a_name_arrives_and_what_cannot_be_seen_does_not() {
    let world = World::open().await;
    for (given, wanted) in [
        ("Angebot 12/2026.txt", "Angebot 12_2026.txt"),
        ("and/or.txt", "and_or.txt"),
        ("AC\\DC.txt", "AC_DC.txt"),
        (
            "<script>alert(1)</script>.txt",
            "< script>alert(1)<_script>.txt",
        ),
        ("folder/sub/name.txt", "folder_sub_name.txt"),
        ("C:\\fakepath\\name.txt", "name.txt"),
        ("a\u{1}b\u{7f}c\0d.txt", "abcd.txt"),
        ("a\u{1b}[31m\u{202e}b\u{9b}.txt", "a[31mb.txt"),
        ("a\tb\nc\rd.txt", "a b c d.txt"),
        ("a%0D%0Ab.txt", "a b.txt"),
    ] {
        let file = upload(&world.anna, given, b"hello \x1b[0m").await;
        assert_eq!(file["name"], wanted, "{given:?}");
        let answer = get(&world.anna, &file).send().await.unwrap();
        assert_eq!(answer.bytes().await.unwrap(), &b"hello \x1b[0m"[..]);
    }
    let form = [
        b"--limit\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''12%2F5%01%00.txt\r\n\r\nhi",
        END,
    ];
    let file = Answer::to(posted(&world.anna, form.concat()))
        .await
        .expect(201);
    assert_eq!(file["name"], "12_5.txt");
}

#[tokio::test]
async fn a_name_with_a_quote_is_kept_and_has_a_plain_form() {
    let world = World::open().await;
    // As browsers write it, and as others do.
    for filename in ["5%22 pipe.txt", "5\\\" pipe.txt"] {
        let file = upload(&world.anna, filename, b"pipe").await;
        assert_eq!(file["name"], "5\" pipe.txt");
        let answer = get(&world.anna, &file).send().await.unwrap();
        let wanted = "attachment; filename=\"5' pipe.txt\"; filename*=UTF-8''5%22%20pipe.txt";
        assert_eq!(text(&answer, &CONTENT_DISPOSITION), wanted);
    }
}

#[tokio::test]
async fn a_photo_cut_off_half_way_is_refused_although_its_thumbnail_is_whole() {
    let world = World::open().await;
    let (photo, thumbnail) = (jpeg(800, 600), jpeg(80, 60));
    let exif = [b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0", &thumbnail[..]].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let photo = [&photo[..2], b"\xff\xe1", &length, &exif, &photo[2..]].concat();
    upload(&world.anna, "photo.jpg", &photo).await;
    let cut = try_upload(&world.anna, "photo.jpg", &photo[..photo.len() / 2]).await;
    let reason = cut.expect(400)["fields"]["file"].take();
    assert!(
        reason.as_str().unwrap().contains("not complete"),
        "{reason}"
    );
}
