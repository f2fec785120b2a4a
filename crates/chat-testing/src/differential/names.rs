//! Ids that a world made up, as numbers in the order in which they appear.

use std::collections::HashMap;

#[derive(Debug, Default)]
pub(super) struct Names {
    known: HashMap<String, usize>,
}

impl Names {
    /// The text with every UUID in it replaced.
    pub fn replace(&mut self, text: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let end = match rest.get(..UUID_BYTES) {
                Some(uuid) if is_uuid(uuid) => {
                    replaced.push_str(&self.name(uuid));
                    UUID_BYTES
                }
                _ => {
                    replaced.push(next);
                    next.len_utf8()
                }
            };
            rest = &rest[end..];
        }
        replaced
    }

    fn name(&mut self, uuid: &str) -> String {
        let next = self.known.len() + 1;
        let number = *self.known.entry(uuid.to_owned()).or_insert(next);
        format!("#{number}")
    }
}

const UUID_BYTES: usize = 36;

fn is_uuid(text: &str) -> bool {
    text.bytes().enumerate().all(|(index, byte)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn ids_are_numbered_as_they_appear() {
        let mut names = Names::default();
        let one = "01900000-0000-7000-8000-0000000000aa";
        let two = "01900000-0000-7000-8000-0000000000bb";
        let text = format!("ü{two}, {one}é{two} 01900000-0000");
        assert_eq!(names.replace(&text), "ü#1, #2é#1 01900000-0000");
        assert_eq!(names.replace(one), "#2");
    }
}
