//! The types of files that can be sent, in one table. Recognition, names, the setting that
//! narrows it, what clients are told, and the documents are all made from it.

mod endings;
mod format;
mod table;

pub use self::{
    endings::{ACTIVE_ENDINGS, OTHER_ENDINGS},
    format::{Bytes, Format, MediaType, Signature},
    table::FORMATS,
};

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
