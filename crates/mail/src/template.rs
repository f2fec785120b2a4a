//! How mails look: templates of ours, and those of operators in their place.

use std::{fs, io, path::Path, sync::Arc};

use minijinja::{AutoEscape, Environment, Value, value::Serde};
use serde::Serialize;
use serde_json::json;

use crate::{
    sample,
    words::{AllWords, Words},
};

const BUILT_IN: [(&str, &str); 3] = [
    ("digest.html", include_str!("../templates/digest.html")),
    ("digest.txt", include_str!("../templates/digest.txt")),
    (
        "unsubscribe.html",
        include_str!("../templates/unsubscribe.html"),
    ),
];

/// Operations of one rendering. A template that needs more goes round in circles.
const FUEL: u64 = 1_000_000;

/// A template or its words cannot be used. Shows no text of a message.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct TemplateError {
    pub file: String,
    pub reason: String,
}

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Templates {
    environment: Arc<Environment<'static>>,
    words: Arc<AllWords>,
}

/// A page at the end of a link in a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page<'a> {
    /// Asks, and posts to this address.
    Ask(&'a str),
    Done,
    UnknownLink,
}

impl Templates {
    pub fn built_in() -> Self {
        Self::with(Vec::new(), AllWords::built_in()).expect("our own templates can be read")
    }

    /// Files of a folder in place of ours: `digest.html`, `digest.de.html`, `words.de.json` and their
    /// kind. What is not there stays as it is; what cannot be used, or would never be, and any other name with
    /// one of these endings, is an error. Each is filled once, in each language.
    pub fn load(folder: &Path) -> Result<Self, TemplateError> {
        let mut templates = Vec::new();
        let mut words = AllWords::built_in();
        for (name, text) in read(folder)? {
            let failed = |reason: String| TemplateError {
                file: name.clone(),
                reason,
            };
            match name.split('.').collect::<Vec<_>>()[..] {
                ["words", language, "json"] => words.add(language, &text).map_err(failed)?,
                [
                    kind @ ("digest" | "unsubscribe"),
                    ..,
                    ending @ ("html" | "txt"),
                ] if is_ours(kind, ending) && name.split('.').count() <= 3 => {
                    templates.push((name.to_ascii_lowercase(), text));
                }
                _ => return Err(failed("is not the name of a template".to_owned())),
            }
        }
        if let Some((name, tag)) = templates
            .iter()
            .filter_map(|(name, _)| Some((name, tag(name)?)))
            .find(|(_, tag)| !words.has(tag))
        {
            return Err(TemplateError {
                file: name.clone(),
                reason: format!("is never used: there is no words.{tag}.json"),
            });
        }
        let templates = Self::with(templates, words)?;
        for language in templates.words.languages() {
            sample::make(&templates, language)?;
        }
        Ok(templates)
    }

    fn with(given: Vec<(String, String)>, words: AllWords) -> Result<Self, TemplateError> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|name| {
            if name.rsplit('.').next() == Some("html") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        environment.set_fuel(Some(FUEL));
        let ours = BUILT_IN.map(|(name, text)| (name.to_owned(), text.to_owned()));
        for (name, text) in ours.into_iter().chain(given) {
            let added = environment.add_template_owned(name.clone(), text);
            added.map_err(|error| TemplateError {
                file: name,
                reason: error.to_string(),
            })?;
        }
        Ok(Self {
            environment: Arc::new(environment),
            words: Arc::new(words),
        })
    }

    /// The language among those there are words for, and the words.
    pub(crate) fn words(&self, language: &str) -> (&str, &Words) {
        let known = self.words.nearest(language);
        (known, self.words.of(known))
    }

    /// By the template of this language, where there is one.
    pub(crate) fn render(
        &self,
        (kind, ending): (&str, &str),
        language: &str,
        values: impl Serialize,
    ) -> Result<String, TemplateError> {
        let special = format!("{kind}.{language}.{ending}");
        let name = match self.environment.get_template(&special) {
            Ok(_) => special,
            Err(_) => format!("{kind}.{ending}"),
        };
        let template = self.environment.get_template(&name);
        let rendered = template.and_then(|template| template.render(Value::from(Serde(&values))));
        rendered.map_err(|error| TemplateError {
            file: name,
            reason: match error.line() {
                Some(line) => format!("{}, in line {line}", error.kind()),
                None => error.kind().to_string(),
            },
        })
    }

    pub fn page(&self, page: Page<'_>, language: &str) -> Result<String, TemplateError> {
        let (language, words) = self.words(language);
        let kind = match page {
            Page::Ask(_) => "unsubscribe",
            Page::Done => "unsubscribed",
            Page::UnknownLink => "unknown_link",
        };
        let action = match page {
            Page::Ask(action) => Some(action),
            _ => None,
        };
        let values = json!({
            "language": language,
            "words": words,
            "action": action,
            "title": words[&format!("{kind}_title")],
            "text": words[&format!("{kind}_text")],
        });
        self.render(("unsubscribe", "html"), language, values)
    }
}

/// The language in `digest.de.html`.
fn tag(name: &str) -> Option<&str> {
    match name.split('.').collect::<Vec<_>>()[..] {
        [_, tag, _] => Some(tag),
        _ => None,
    }
}

fn is_ours(kind: &str, ending: &str) -> bool {
    let name = format!("{kind}.{ending}");
    BUILT_IN.iter().any(|(known, _)| *known == name)
}

/// Larger ones are no templates.
const FILE_BYTES: u64 = 1 << 20;

fn read(folder: &Path) -> Result<Vec<(String, String)>, TemplateError> {
    let failed = |file: &Path, reason: &dyn std::fmt::Display| TemplateError {
        file: file.display().to_string(),
        reason: reason.to_string(),
    };
    let entries: io::Result<Vec<_>> = fs::read_dir(folder).and_then(Iterator::collect);
    let mut paths: Vec<_> = entries
        .map_err(|error| failed(folder, &error))?
        .into_iter()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let is_text = [".html", ".txt", ".json"]
            .iter()
            .any(|end| name.ends_with(end));
        if !is_text || name.starts_with('.') {
            continue;
        }
        let size = fs::metadata(&path)
            .map_err(|error| failed(&path, &error))?
            .len();
        if size > FILE_BYTES {
            return Err(failed(&path, &"is larger than 1 MB"));
        }
        let text = fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
        texts.push((name.to_owned(), text));
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Page, Templates};

    #[test]
    fn operators_put_their_own_in_place_of_ours() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        file("words.de.json", r#"{"unsubscribed_title": "Das war's"}"#);
        file("unsubscribe.de.html", "<b>{{ title }}</b>");
        file("README.md", "ours");
        let templates = Templates::load(folder.path()).unwrap();
        let page = templates.page(Page::Done, "de-AT").unwrap();
        assert_eq!(page, "<b>Das war&#x27;s</b>");
        let english = templates.page(Page::Done, "fr").unwrap();
        assert!(english.contains("You get no more e-mails"), "{english}");

        file("digset.html", "");
        let wrong = Templates::load(folder.path()).unwrap_err().to_string();
        assert!(wrong.starts_with("digset.html"), "{wrong}");
    }

    #[test]
    fn a_template_that_cannot_be_used_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("digest.txt"), "{% for x in %}").unwrap();
        let wrong = Templates::load(folder.path()).unwrap_err().to_string();
        assert!(wrong.starts_with("digest.txt: "), "{wrong}");
        assert!(Templates::load(&folder.path().join("nowhere")).is_err());
    }

    #[test]
    fn a_template_that_fails_when_it_is_filled_is_told_at_once() {
        let wrong = [
            (
                "digest.txt",
                "\n{{ subject|shout }}",
                "digest.txt: unknown filter, in line 2",
            ),
            (
                "digest.ar.html",
                "{% for one in sections %}{{ one.foo.bar }}{% endfor %}",
                "digest.ar.html: undefined value, in line 1",
            ),
            (
                "digest.html",
                "{% for one in sections %}{{ one.product|length }}{% endfor %}",
                "digest.html: invalid operation, in line 1",
            ),
            (
                "unsubscribe.html",
                "{{ shout(title) }}",
                "unsubscribe.html: unknown function, in line 1",
            ),
            (
                "unsubscribe.de.html",
                "{{ title }}",
                "unsubscribe.de.html: is never used: there is no words.de.json",
            ),
        ];
        for (name, text, reason) in wrong {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(name), text).unwrap();
            let wrong = Templates::load(folder.path()).unwrap_err();
            assert_eq!(wrong.to_string(), reason);
        }
    }

    #[test]
    fn the_letters_of_a_language_may_be_large() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        file("words.DE.json", "{}");
        file("unsubscribe.DE.html", "ours");
        let templates = Templates::load(folder.path()).unwrap();
        assert_eq!(templates.page(Page::Done, "de").unwrap(), "ours");
    }

    #[test]
    fn a_page_escapes_its_address() {
        let page = Templates::built_in().page(Page::Ask("/x?token=\"><script>"), "ar");
        let page = page.unwrap();
        assert!(
            page.contains(r#"dir="rtl""#) && !page.contains("<script>"),
            "{page}"
        );
    }
}
