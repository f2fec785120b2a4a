//! Who takes part in an old conversation, and what it is about.

use chat::{conversation::Kind, limits::ID_BYTES, open_conversation::kind_of, person::Role};
use sqlx::types::time::OffsetDateTime;

use crate::{
    legacy::{
        facts::Facts,
        reason::{Note, Notes, OldRow, Reason},
        rows::OldConversation,
    },
    places::Places,
    purpose::Purpose,
};

/// An old conversation that is kept, alone or as part of an older one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decided {
    pub old: OldConversation,
    pub places: Places,
    pub product: Option<String>,
    pub kind: Kind,
    pub notes: Vec<Note>,
}

impl Decided {
    pub fn purpose(&self) -> Purpose<'_> {
        let admin = self.places.admin.as_deref();
        Purpose {
            buyer: &self.places.buyer,
            supplier: self.places.supplier.as_deref(),
            product: self.product.as_deref(),
            kind: self.kind,
            admin: admin.filter(|_| self.kind == Kind::BuyerAdmin),
        }
    }

    pub fn created_at(&self) -> Option<OffsetDateTime> {
        self.old.created_at
    }
}

/// An id that a row here can have.
pub(super) fn usable_id(id: Option<&str>) -> Option<&str> {
    id.filter(|id| !id.is_empty() && id.len() <= ID_BYTES)
}

/// Refused: the notes end with why.
pub(crate) fn decide(old: &OldConversation, facts: &Facts) -> Result<Decided, Vec<Note>> {
    let mut all = Vec::new();
    let id = old.id.clone().unwrap_or_default();
    let mut notes = Notes {
        all: &mut all,
        row: OldRow::Conversation,
        id: &id,
    };
    let buyer = match buyer(old, facts, &mut notes) {
        Ok(buyer) => buyer,
        Err((reason, gone)) => {
            notes.about(reason, gone);
            return Err(all);
        }
    };
    let mut supplier = supplier(old, facts, &mut notes);
    if supplier.as_ref() == Some(&buyer) {
        supplier = None;
        notes.add(Reason::BuyerIsSupplier);
    }
    let mut admin = admin(old, facts, &mut notes);
    if admin.as_ref() == Some(&buyer) {
        admin = None;
        notes.add(Reason::BuyerIsAdmin);
    }
    if admin.is_some() && admin == supplier {
        admin = None;
        notes.add(Reason::SupplierIsAdmin);
    }
    let product = product(old, facts, &mut notes);
    let kind = kind(old, supplier.is_some(), admin.is_some(), &mut notes);
    if let Some(status) = &old.status
        && !status.is_empty()
        && !status.eq_ignore_ascii_case("active")
        && !status.eq_ignore_ascii_case("open")
    {
        notes.about(Reason::Status, status);
    }
    if usable_id(old.id.as_deref()).is_none() {
        notes.add(Reason::ConversationId);
    }
    let places = Places {
        buyer,
        supplier,
        admin,
    };
    Ok(Decided {
        old: old.clone(),
        places,
        product,
        kind,
        notes: all,
    })
}

fn buyer(
    old: &OldConversation,
    facts: &Facts,
    notes: &mut Notes<'_>,
) -> Result<String, (Reason, String)> {
    let id = old.buyer.as_deref().unwrap_or_default();
    if id.is_empty() {
        return Err((Reason::NoBuyer, String::new()));
    }
    let profile = facts
        .buyer_profiles
        .as_ref()
        .map(|profiles| profiles.get(id));
    let user = match profile {
        Some(Some(user)) => user.as_str(),
        Some(None) if facts.is_somebody(id) => {
            notes.about(Reason::BuyerUserId, id);
            id
        }
        Some(None) | None => id,
    };
    if !facts.is_somebody(user) {
        return Err((Reason::BuyerGone, user.to_owned()));
    }
    if facts.role(user) != Some(Role::Buyer) {
        notes.about(Reason::BuyerOtherRole, role_of(user, facts));
    }
    Ok(user.to_owned())
}

fn role_of(user: &str, facts: &Facts) -> String {
    let role = facts.role(user).map_or("no role here", Role::as_str);
    format!("{user}: {role}")
}

fn supplier(old: &OldConversation, facts: &Facts, notes: &mut Notes<'_>) -> Option<String> {
    let id = old.supplier.as_deref()?;
    let user = facts.supplier_of(id);
    let Some(user) = user.filter(|user| facts.is_somebody(user)) else {
        if id.is_empty() {
            return None;
        }
        notes.about(Reason::SupplierGone, id);
        return None;
    };
    if user != id && facts.supplier_profiles.is_none() {
        notes.about(Reason::SupplierOwnId, id);
    } else if user == id && facts.supplier_profiles.is_some() {
        notes.about(Reason::BuyerUserId, id);
    }
    if facts.role(user) != Some(Role::Supplier) {
        notes.about(Reason::SupplierOtherRole, role_of(user, facts));
    }
    Some(user.to_owned())
}

/// Of the column of that name and of the counter that is none, the first that is an administrator.
fn admin(old: &OldConversation, facts: &Facts, notes: &mut Notes<'_>) -> Option<String> {
    let named = [&old.admin, &old.admin_in_counter];
    let named: Vec<&str> = named.into_iter().flatten().map(String::as_str).collect();
    let is_admin = |id: &&&str| facts.role(id) == Some(Role::Admin);
    let admins: Vec<&&str> = named.iter().filter(is_admin).collect();
    match *admins {
        [] => {
            if let Some(wrong) = named.first() {
                notes.about(Reason::NoAdmin, *wrong);
            }
            None
        }
        [first, ref others @ ..] => {
            if let Some(other) = others.iter().find(|other| **other != first) {
                notes.about(Reason::OtherAdmin, **other);
            }
            Some((*first).to_owned())
        }
    }
}

fn product(old: &OldConversation, facts: &Facts, notes: &mut Notes<'_>) -> Option<String> {
    let id = old.product.as_deref()?;
    if facts.products.contains(id) {
        return Some(id.to_owned());
    }
    if let Some([product]) = facts.slugs.get(id).map(Vec::as_slice) {
        notes.about(Reason::ProductSlug, id);
        return Some(product.clone());
    }
    notes.about(Reason::NoProduct, id);
    None
}

fn kind(old: &OldConversation, has_supplier: bool, has_admin: bool, notes: &mut Notes<'_>) -> Kind {
    let asked = old.kind.as_deref().and_then(Kind::parse);
    let kind = kind_of(asked, has_supplier, has_admin)
        .or_else(|_| kind_of(None, has_supplier, has_admin))
        .unwrap_or(Kind::Support);
    if let Some(given) = &old.kind
        && given != kind.as_str()
    {
        notes.about(Reason::Kind, format!("{given}: {}", kind.as_str()));
    }
    kind
}

impl Facts {
    /// The user whom an id in the place of a supplier means. A user of that id who sells comes before a
    /// supplier of that id, and this one before any other user.
    pub(super) fn supplier_of<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        if let Some(profiles) = &self.supplier_profiles {
            let profile = profiles.get(id).map(String::as_str);
            return profile.or_else(|| self.is_somebody(id).then_some(id));
        }
        if self.role(id) == Some(Role::Supplier) {
            return Some(id);
        }
        let own = self.suppliers.get(id).map(String::as_str);
        own.or_else(|| self.is_somebody(id).then_some(id))
    }

    /// The user whom an id anywhere else means: their own, else that of what belongs to them.
    pub(super) fn user_of<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        if self.is_somebody(id) {
            return Some(id);
        }
        let others = [
            Some(&self.suppliers),
            self.supplier_profiles.as_ref(),
            self.buyer_profiles.as_ref(),
        ];
        let mut others = others.into_iter().flatten();
        let user = others.find_map(|users| users.get(id)).map(String::as_str);
        user.filter(|user| self.is_somebody(user))
    }
}
