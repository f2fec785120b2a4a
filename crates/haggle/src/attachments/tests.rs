//! One file of each type, whole and cut off anywhere.

use std::{fs, path::Path, sync::Arc};

use bytes::Bytes;
use chat::{
    ids::{AttachmentId, UserId},
    media_type::{FORMATS, MediaType, Signature},
};
use chat_testing::FakeClock;
use proptest::prelude::*;

use super::{
    Attachments, Busy, Failed, OpenFiles, Refused,
    image::{self, survey::survey, tests as images},
    receive::Accepted,
    sniff::{Sniffed, sniff, tests as files},
};
use crate::settings::{Purpose, Settings, Sources};

fn attachments(data_dir: &Path) -> Attachments {
    let mut settings = Settings::check(Sources::default(), Purpose::Other).unwrap();
    settings.data_dir = data_dir.to_owned();
    Attachments::new(&settings, b"key", Arc::new(FakeClock::new())).unwrap()
}

async fn upload(
    attachments: &Attachments,
    (person, id, name): (&str, &str, &str),
    bytes: Vec<u8>,
) -> Result<Accepted, Failed> {
    let reception = attachments.reception(&UserId::new(person)).await?;
    let mut incoming = reception.receive(AttachmentId::new(id)).await?;
    assert!(incoming.write(&Bytes::from(bytes)).await?);
    incoming.finish(name.to_owned()).await
}

#[tokio::test(start_paused = true)]
async fn only_a_picture_waits_for_a_decoder_and_its_memory() {
    let folder = tempfile::tempdir().unwrap();
    let attachments = attachments(folder.path());
    let budget = &attachments.budget;
    let (anna, bert) = (UserId::new("anna"), UserId::new("bert"));
    let turns = (
        budget.turn(&anna).await.unwrap(),
        budget.turn(&bert).await.unwrap(),
    );
    let memory = budget.share(512 << 20).await.unwrap().unwrap();
    for kind in [
        MediaType::Text,
        MediaType::Pdf,
        MediaType::Zip,
        MediaType::Docx,
        MediaType::Mp4,
    ] {
        // Also of whoever is having a picture decoded.
        for person in ["anna", "carl"] {
            let sent = (person, "other", &*named(kind));
            let accepted = upload(&attachments, sent, sample(kind)).await.unwrap();
            assert_eq!(accepted.attachment.kind, kind);
        }
    }
    let picture = upload(&attachments, ("carl", "one", "a.gif"), images::gif(2)).await;
    assert!(
        matches!(picture, Err(Failed::Busy(Busy::Server))),
        "it waits"
    );
    drop((turns, memory));
    let picture = upload(&attachments, ("anna", "two", "a.gif"), images::gif(2)).await;
    assert_eq!(picture.unwrap().attachment.kind, MediaType::Gif);
}

#[tokio::test(start_paused = true)]
async fn pictures_that_wait_for_a_decoder_take_no_place_from_what_arrives() {
    let folder = tempfile::tempdir().unwrap();
    let attachments = attachments(folder.path());
    let attachments = Arc::new(attachments.with_open_files(OpenFiles {
        uploads: 4,
        reads: 2,
    }));
    let (anna, bert) = (UserId::new("anna"), UserId::new("bert"));
    let _turns = (
        attachments.budget.turn(&anna).await.unwrap(),
        attachments.budget.turn(&bert).await.unwrap(),
    );
    let mut pictures = tokio::task::JoinSet::new();
    for person in 0..8 {
        let attachments = attachments.clone();
        pictures.spawn(async move {
            let sent = (&*format!("person {person}"), &*person.to_string(), "a.gif");
            upload(&attachments, sent, images::gif(2)).await
        });
    }
    // All of them have come so far.
    tokio::time::sleep(std::time::Duration::from_secs(30)).await;
    upload(&attachments, ("carl", "text", "a.txt"), b"hi".to_vec())
        .await
        .unwrap();
    while let Some(picture) = pictures.join_next().await {
        assert!(matches!(picture.unwrap(), Err(Failed::Busy(Busy::Server))));
    }
}

fn package(kind: MediaType) -> Vec<u8> {
    match kind.format().signature {
        Signature::Package {
            types,
            part: Some(part),
        } => files::package(&format!("{part}2.xml"), types[0]),
        Signature::Package { types, .. } => files::zip_of(&[("mimetype", types[0].as_bytes())]),
        _ => files::zip(&["a.txt", "b.txt"]),
    }
}

fn sample(kind: MediaType) -> Vec<u8> {
    match kind {
        MediaType::Png => images::apng(3),
        MediaType::Jpeg => images::jpeg(),
        MediaType::Webp => images::webp(),
        MediaType::Gif => images::gif(2),
        MediaType::Heic => images::heic(),
        MediaType::Tiff => images::tiff(true),
        MediaType::Pdf => b"%PDF-1.7\n1 0 obj\nendobj\nstartxref\n9\n%%EOF".to_vec(),
        MediaType::Text | MediaType::Csv => "Größe;Preis\r\n漢字;1,50 €\r\n".into(),
        MediaType::Doc => files::compound(&["WordDocument"]),
        MediaType::Xls => files::compound(&["Workbook"]),
        MediaType::Dwg => b"AC1032\0\0\0\0\x03 and what follows".to_vec(),
        MediaType::Dxf => b"  0\nSECTION\n  2\nENTITIES\n  0\nENDSEC\n  0\nEOF".to_vec(),
        MediaType::Step => b"ISO-10303-21;\nHEADER;\nENDSEC;\nEND-ISO-10303-21;".to_vec(),
        MediaType::Mp4 => {
            b"\0\0\0\x14ftypmp42\0\0\0\0isom\0\0\0\x0cmoovdata\0\0\0\x0cmdatdata".to_vec()
        }
        MediaType::Docx
        | MediaType::Xlsx
        | MediaType::Pptx
        | MediaType::Odt
        | MediaType::Ods
        | MediaType::Odp
        | MediaType::Zip => package(kind),
    }
}

/// As an upload is looked at, up to what others would see.
fn examined(name: &str, bytes: &[u8]) -> Result<Sniffed, Refused> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("upload");
    fs::write(&path, bytes).unwrap();
    let sniffed = sniff(&path, name).unwrap()?;
    if sniffed.kind.is_raster() {
        let survey = survey(sniffed.kind, bytes)?;
        image::upright(sniffed.kind, bytes.to_vec(), &survey)?;
    }
    Ok(sniffed)
}

fn named(kind: MediaType) -> String {
    format!("name.{}", kind.format().endings[0])
}

#[test]
fn every_type_of_the_table_is_recognised() {
    for format in FORMATS {
        let found = examined(&named(format.kind), &sample(format.kind)).unwrap();
        assert_eq!(found.kind, format.kind);
    }
}

#[test]
fn the_document_of_files_is_the_table() {
    let document = include_str!("../../../../docs/files.md");
    let rows: Vec<_> = document
        .lines()
        .filter(|line| line.contains("| `"))
        .collect();
    let wanted = FORMATS.iter().map(|format| {
        let endings: Vec<_> = format
            .endings
            .iter()
            .map(|ending| format!(".{ending}"))
            .collect();
        format!(
            "| {} | `{}` | {} | {} | {} |",
            format.label,
            format.name,
            endings.join(", "),
            if format.is_raster {
                "in the page"
            } else {
                "as a download"
            },
            if format.has_thumbnail { "yes" } else { "no" },
        )
    });
    assert_eq!(rows, wanted.collect::<Vec<_>>());
}

/// Whether nothing tells this beginning of the file from a whole one.
fn may_be_whole(kind: MediaType, bytes: &[u8], cut: &[u8]) -> bool {
    match kind {
        MediaType::Text | MediaType::Csv => true,
        // It has no end mark that is documented.
        MediaType::Dwg => cut.len() > 6,
        // All that is missing is the byte that says that nothing is.
        MediaType::Gif => gif_blocks_end(bytes, cut),
        // The last boxes are missing as a whole.
        MediaType::Mp4 | MediaType::Heic => boxes_end(bytes, cut.len()),
        // The last sector may be short.
        MediaType::Doc | MediaType::Xls => cut.len() > 1_024,
        _ => false,
    }
}

fn gif_blocks_end(bytes: &[u8], cut: &[u8]) -> bool {
    // Each block ends with a zero, and the next begins with its sign.
    cut.last() == Some(&0) && matches!(bytes[cut.len()], 0x21 | 0x2c | 0x3b)
}

fn boxes_end(bytes: &[u8], length: usize) -> bool {
    let mut at = 0;
    while at + 8 <= bytes.len() {
        if (at..at + 8).contains(&length) {
            return at > 0;
        }
        let size: [u8; 4] = bytes[at..at + 4].try_into().unwrap();
        at += usize::try_from(u32::from_be_bytes(size)).unwrap();
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_file_that_is_cut_off_anywhere_is_refused_or_taken_for_what_it_is(
        row in 0..FORMATS.len(),
        at in any::<prop::sample::Index>(),
    ) {
        let kind = FORMATS[row].kind;
        let bytes = sample(kind);
        let cut = &bytes[..at.index(bytes.len())];
        match examined(&named(kind), cut) {
            Err(refused) => prop_assert!(refused != Refused::TooCostly),
            Ok(found) if found.kind == kind => {
                prop_assert!(may_be_whole(kind, &bytes, cut), "{kind:?} {}", cut.len());
            }
            // Its first letters are those of a text.
            Ok(found) => {
                prop_assert!(found.kind.is_text(), "{kind:?} {} {:?}", cut.len(), found.kind);
                let is_short = cut.len() < 8 || cut.iter().all(u8::is_ascii);
                prop_assert!(is_short, "{kind:?} {}", cut.len());
            }
        }
    }

    #[test]
    fn bytes_that_were_changed_anywhere_break_nothing(
        row in 0..FORMATS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let kind = FORMATS[row].kind;
        let mut bytes = sample(kind);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = examined(&named(kind), &bytes);
    }
}
