//! Everybody who can log in to the demo marketplace.

mod admins;
mod buyers_europe;
mod buyers_overseas;
mod companies;
mod suppliers;

use serde::Serialize;

use crate::language::{
    Arabic, Chinese, English, French, German, Italian, Japanese, Language, Portuguese, Spanish,
    Turkish,
};

pub(crate) use companies::COMPANIES;

/// What a person does on the marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Buyer,
    Supplier,
    Admin,
}

/// Somebody who can log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub id: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub role: Role,
    pub company: Option<&'static str>,
    pub title: &'static str,
    pub city: &'static str,
    pub country: &'static str,
    /// The mother tongue, as a BCP 47 tag.
    pub language: &'static str,
}

/// A company that sells. Its user is a [`Person`] with [`Role::Supplier`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Supplier {
    pub id: &'static str,
    pub user_id: &'static str,
    pub name: &'static str,
    pub city: &'static str,
    pub country: &'static str,
    pub about: &'static str,
}

/// How a person is addressed where a language needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Woman,
    Man,
}

/// A person and what only the conversations need to know about them.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) person: Person,
    pub(crate) given: &'static str,
    pub(crate) family: &'static str,
    pub(crate) gender: Gender,
    /// Languages that can be used in a conversation, the preferred one first.
    pub(crate) speaks: &'static [Language],
    /// Polite forms that do not follow from the Latin name.
    pub(crate) forms: &'static [(Language, &'static str)],
    pub(crate) utc_offset_minutes: i64,
    /// Where goods leave or arrive.
    pub(crate) port: &'static str,
    /// Somebody in the same office, by given name.
    pub(crate) colleague: &'static str,
}

impl Profile {
    /// How a business partner greets this person in `language`.
    pub(crate) fn address(&self, language: Language) -> String {
        if let Some((_, form)) = self.forms.iter().find(|(of, _)| *of == language) {
            return (*form).to_owned();
        }
        let (given, family) = (self.given, self.family);
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
            (English | Spanish | Italian | Portuguese | Arabic, _) => given.to_owned(),
        }
    }
}

/// Everybody: buyers, then suppliers, then administrators.
pub(crate) fn profiles() -> impl Iterator<Item = &'static Profile> {
    buyers_europe::EUROPE
        .iter()
        .chain(buyers_overseas::OVERSEAS)
        .chain(suppliers::SELLERS)
        .chain(admins::ADMINS)
}

pub(crate) fn profile(id: &str) -> Option<&'static Profile> {
    profiles().find(|profile| profile.person.id == id)
}
