//! The name under which others see a file.

use crate::{
    content, limits,
    media_type::{ACTIVE_ENDINGS, Format, MediaType, OTHER_ENDINGS},
};

/// Characters of what is still taken for an ending.
const ENDING_CHARS: usize = 11;

/// What browsers put before a name to hide the folder that it is in (HTML, 4.10.5.4).
const FAKE_FOLDER: &str = "C:\\fakepath\\";

/// The given name, on one line, without what cannot be seen. An ending is added where the name
/// claims what the bytes are not, so that no program is misled by it.
pub fn file_name(given: &str, kind: MediaType) -> String {
    let given = given.strip_prefix(FAKE_FOLDER).unwrap_or(given);
    // Nobody can tell folders from `12/2026`, and either way no letter is lost.
    let cleaned = content::clean(&given.replace(['/', '\\'], "_"));
    let name = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    // A leading dot hides a file, a trailing one is lost on some systems.
    let name = name.trim_matches(['.', ' ']);
    let short;
    let name = if ending(name).is_some() {
        name
    } else {
        // What is cut off must not leave another ending.
        short = name
            .chars()
            .take(limits::FILE_NAME_CHARS)
            .collect::<String>();
        short.trim_end_matches(['.', ' '])
    };
    let first = kind.format().endings[0];
    let (stem, ending) = match ending(name) {
        _ if name.is_empty() => ("file", first),
        Some(own) if contradicts(&own.to_lowercase(), kind) => (name, first),
        Some(own) => (&name[..name.len() - own.len() - 1], own),
        None => (name, ""),
    };
    let dot = if ending.is_empty() { "" } else { "." };
    let room = limits::FILE_NAME_CHARS - ending.len() - dot.len();
    let mut kept: String = stem.chars().take(room).collect();
    if kept.len() < stem.len() {
        kept.truncate(kept.trim_end_matches(['.', ' ']).len());
    }
    format!("{}{dot}{ending}", kept.trim_end())
}

fn ending(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_ending = (1..=ENDING_CHARS).contains(&ending.len())
        && ending
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_ending && !stem.is_empty()).then_some(ending)
}

fn contradicts(ending: &str, kind: MediaType) -> bool {
    match Format::ending_in(ending) {
        // Any text can be read as any other.
        Some(format) => format.kind != kind && !(format.kind.is_text() && kind.is_text()),
        None => ACTIVE_ENDINGS.contains(&ending) || OTHER_ENDINGS.contains(&ending),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::file_name;
    use crate::{
        limits,
        media_type::{FORMATS, MediaType},
    };

    #[test]
    fn a_file_keeps_its_name() {
        for (given, kind) in [
            ("offer.pdf", MediaType::Pdf),
            ("Photo 1.JPEG", MediaType::Jpeg),
            ("5\" pipe.txt", MediaType::Text),
            ("Größe 漢字.pdf", MediaType::Pdf),
            ("size 3:4 * 5|6?.txt", MediaType::Text),
            ("part.step", MediaType::Step),
            ("part.STP", MediaType::Step),
            ("part.p21", MediaType::Step),
            ("slides.pptx", MediaType::Pptx),
            ("calc.xlsm", MediaType::Zip),
            ("letter.docm", MediaType::Zip),
            ("archive.3mf", MediaType::Zip),
            ("scan.jfif", MediaType::Jpeg),
            ("scan.jpe", MediaType::Jpeg),
            ("prices.tsv", MediaType::Text),
            ("readme.md", MediaType::Text),
            ("server.log", MediaType::Text),
            ("order.json", MediaType::Text),
            ("part.igs", MediaType::Text),
            ("clip.m4v", MediaType::Mp4),
            ("IMG_1.HEIF", MediaType::Heic),
            ("README", MediaType::Text),
            ("offer no. 5", MediaType::Pdf),
            ("version 1.2", MediaType::Text),
            ("50 % off.csv", MediaType::Csv),
            ("list.csv", MediaType::Text),
        ] {
            assert_eq!(file_name(given, kind), given);
        }
    }

    #[test]
    fn an_ending_is_added_where_the_name_contradicts_the_bytes() {
        for (given, kind, name) in [
            ("evil.html", MediaType::Png, "evil.html.png"),
            ("page.html", MediaType::Text, "page.html.txt"),
            ("run.EXE", MediaType::Zip, "run.EXE.zip"),
            ("photo.heic", MediaType::Jpeg, "photo.heic.jpg"),
            ("photo.png", MediaType::Jpeg, "photo.png.jpg"),
            ("list.xls", MediaType::Text, "list.xls.txt"),
            ("letter.docx", MediaType::Zip, "letter.docx.zip"),
            ("app.jar", MediaType::Zip, "app.jar.zip"),
            ("photo.exe\u{202e}gpj", MediaType::Jpeg, "photo.exegpj"),
        ] {
            assert_eq!(file_name(given, kind), name, "{given:?}");
        }
        for format in FORMATS {
            for other in FORMATS {
                let both_text = format.kind.is_text() && other.kind.is_text();
                for ending in other.endings {
                    let given = format!("part.{ending}");
                    let is_kept = file_name(&given, format.kind) == given;
                    assert_eq!(is_kept, format.kind == other.kind || both_text, "{given}");
                }
            }
        }
    }

    #[test]
    fn a_name_is_one_plain_name() {
        for (given, kind, name) in [
            ("../../etc/passwd", MediaType::Text, "_.._etc_passwd"),
            ("5\\8 pipe.txt", MediaType::Text, "5_8 pipe.txt"),
            ("a\r\nb\0c\u{1}\u{7f}.txt", MediaType::Text, "a bc.txt"),
            ("", MediaType::Zip, "file.zip"),
            ("...", MediaType::Zip, "file.zip"),
            (".htaccess", MediaType::Text, "htaccess"),
        ] {
            assert_eq!(file_name(given, kind), name, "{given:?}");
        }
        let long = file_name(&("x".repeat(1_000) + ".pdf"), MediaType::Pdf);
        assert_eq!(long.chars().count(), limits::FILE_NAME_CHARS);
        assert!(long.ends_with("x.pdf"));
        let cut = "x".repeat(limits::FILE_NAME_CHARS - 5) + ".html, and more";
        let name = file_name(&cut, MediaType::Text);
        assert!(name.ends_with("x.txt"), "{name}");
    }

    #[test]
    fn a_slash_costs_no_letter_and_only_the_fake_folder_of_browsers_goes() {
        for (given, name) in [
            ("Angebot 12/2026.txt", "Angebot 12_2026.txt"),
            ("and/or.txt", "and_or.txt"),
            ("AC\\DC.txt", "AC_DC.txt"),
            (
                "<script>alert(1)</script>.txt",
                "< script>alert(1)<_script>.txt",
            ),
            ("folder/sub/name.txt", "folder_sub_name.txt"),
            ("/abs.txt", "_abs.txt"),
            ("a/", "a_"),
            ("C:\\fakepath\\a.csv", "a.csv"),
            ("C:\\fakepath\\12/2026.csv", "12_2026.csv"),
            ("c:\\fakepath\\a.csv", "c:_fakepath_a.csv"),
            ("C:\\Users\\anna\\a.csv", "C:_Users_anna_a.csv"),
            ("\\\\server\\share\\a.csv", "__server_share_a.csv"),
        ] {
            assert_eq!(file_name(given, MediaType::Text), name, "{given:?}");
        }
    }

    proptest! {
        #[test]
        fn every_letter_and_digit_of_a_name_arrives(given in "[a-zA-Z0-9äß漢./\\\\<>:\"&%;_\\x00-\\x1f -]{0,100}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let wanted = letters(&given);
            let name = file_name(&given, MediaType::Text);
            prop_assert!(wanted.is_empty() || letters(&name).starts_with(&wanted), "{given:?} became {name:?}");
        }

        #[test]
        fn a_name_stays_itself_when_it_is_given_again(given in "\\PC{0,140}", index in 0..FORMATS.len()) {
            let kind = FORMATS[index].kind;
            let once = file_name(&given, kind);
            prop_assert!(!once.is_empty() && once.chars().count() <= limits::FILE_NAME_CHARS);
            prop_assert!(!once.contains(['/', '\\', '\n', '\r']));
            prop_assert_eq!(file_name(&once, kind), once.clone());
        }
    }
}
