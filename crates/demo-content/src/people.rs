//! Everybody who can log in to the demo marketplace.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::avatar::Look;
use crate::language::{
    Arabic, Chinese, English, French, German, Italian, Japanese, Language, Portuguese, Spanish,
    Turkish,
};
use crate::source;

/// What a person does on the marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Buyer,
    Supplier,
    Admin,
}

/// Somebody who can log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"))]
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub company: String,
    pub title: String,
    pub city: String,
    pub country: String,
    /// The mother tongue, as a BCP 47 tag.
    pub language: String,
    pub utc_offset_minutes: i64,
}

/// A company that sells. Its user is a [`Person`] with [`Role::Supplier`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub struct Supplier {
    pub id: String,
    pub user_id: String,
    pub name: String,
    pub city: String,
    pub country: String,
    pub about: String,
}

/// How a person is addressed where a language needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Gender {
    Woman,
    Man,
}

/// A person and what only the conversations and the portrait need to know about them.
#[derive(Debug, Deserialize)]
pub(crate) struct Profile {
    #[serde(flatten)]
    pub(crate) person: Person,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) gender: Gender,
    /// Languages that can be used in a conversation, the preferred one first.
    pub(crate) speaks: Vec<Language>,
    /// Polite forms that do not follow from the Latin name.
    #[serde(default)]
    pub(crate) forms: BTreeMap<Language, String>,
    /// Where goods leave or arrive.
    pub(crate) port: String,
    /// Somebody in the same office, by given name.
    pub(crate) colleague: String,
    pub(crate) look: Look,
}

impl Profile {
    pub(crate) fn id(&self) -> &str {
        &self.person.id
    }

    /// How a business partner greets this person in `language`.
    pub(crate) fn address(&self, language: Language) -> String {
        if let Some(form) = self.forms.get(&language) {
            return form.clone();
        }
        let (given, family) = (&self.given, &self.family);
        match (language, self.gender) {
            (German, Gender::Woman) => format!("Frau {family}"),
            (German, Gender::Man) => format!("Herr {family}"),
            (French, Gender::Woman) => format!("Madame {family}"),
            (French, Gender::Man) => format!("Monsieur {family}"),
            (Turkish, Gender::Woman) => format!("{given} Hanım"),
            (Turkish, Gender::Man) => format!("{given} Bey"),
            (Japanese, _) => format!("{family}様"),
            (Chinese, Gender::Woman) => format!("{family}女士"),
            (Chinese, Gender::Man) => format!("{family}先生"),
            (English | Spanish | Italian | Portuguese | Arabic, _) => given.clone(),
        }
    }
}

/// A file of people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    person: Vec<Profile>,
}

/// The file of companies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Companies {
    company: Vec<Supplier>,
}

/// Everybody: buyers, then suppliers, then administrators.
pub(crate) fn profiles() -> &'static [Profile] {
    static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        let files = [
            include_str!("../../../demo/source/people/buyers.toml"),
            include_str!("../../../demo/source/people/suppliers.toml"),
            include_str!("../../../demo/source/people/administrators.toml"),
        ];
        let people = files.into_iter().map(source::parse::<People>);
        people.flat_map(|people| people.person).collect()
    });
    &PROFILES
}

/// The portrait of a person as an SVG document; `None` for an unknown id.
pub fn avatar(person_id: &str) -> Option<String> {
    let profile = profile(person_id)?;
    Some(profile.look.portrait(profile.id()))
}

pub(crate) fn profile(id: &str) -> Option<&'static Profile> {
    profiles().iter().find(|profile| profile.id() == id)
}

pub(crate) fn companies() -> &'static [Supplier] {
    static COMPANIES: LazyLock<Companies> =
        LazyLock::new(|| source::parse(include_str!("../../../demo/source/people/companies.toml")));
    &COMPANIES.company
}
