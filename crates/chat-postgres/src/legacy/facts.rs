//! What the marketplace knows of the ids that stand in old rows.

use std::collections::{BTreeSet, HashMap, HashSet};

use chat::person::Role;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{
    old_chat::OldChat,
    place::Profiles,
    rows::{OldConversation, OldMessage},
};
use crate::PgError;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Everybody who is there. Without a role they are nobody here, and what they said keeps their name.
    pub people: HashMap<String, Option<Role>>,
    /// The user of a supplier's own id.
    pub suppliers: HashMap<String, String>,
    /// The users of the profiles that the places name, where they do.
    pub buyer_profiles: Option<HashMap<String, String>>,
    pub supplier_profiles: Option<HashMap<String, String>>,
    pub products: HashSet<String>,
    /// The products of a slug.
    pub slugs: HashMap<String, Vec<String>>,
    /// Of `data:` URLs that fail the checks, why.
    pub refused_files: HashMap<String, String>,
}

impl Facts {
    pub fn is_somebody(&self, id: &str) -> bool {
        self.people.contains_key(id)
    }

    pub fn role(&self, id: &str) -> Option<Role> {
        self.people.get(id).copied().flatten()
    }

    /// Through the views of the directory.
    pub async fn load(
        db: &mut PgConnection,
        chat: &OldChat,
        conversations: &[OldConversation],
        messages: &[OldMessage],
    ) -> Result<Self, PgError> {
        let wanted = Wanted::of(conversations, messages);
        let mut facts = Self {
            suppliers: pairs(db, SUPPLIERS, &wanted.people).await?,
            buyer_profiles: profiles(db, chat.buyer.profiles(), &wanted.people).await?,
            supplier_profiles: profiles(db, chat.supplier.profiles(), &wanted.people).await?,
            ..Self::default()
        };
        let behind = [
            Some(&facts.suppliers),
            facts.buyer_profiles.as_ref(),
            facts.supplier_profiles.as_ref(),
        ];
        let behind = behind.into_iter().flatten().flat_map(HashMap::values);
        let people: BTreeSet<&String> = wanted.people.iter().chain(behind).collect();
        let people: Vec<String> = people.into_iter().cloned().collect();
        let rows: Vec<(String, Option<String>)> = sqlx::query_as(PEOPLE)
            .bind(&people)
            .fetch_all(&mut *db)
            .await?;
        let role = |role: Option<String>| role.as_deref().and_then(Role::parse);
        let people = rows.into_iter().map(|(id, word)| (id, role(word)));
        facts.people = people.collect();
        if !wanted.products.is_empty() {
            let known: Vec<String> = sqlx::query_scalar(PRODUCTS)
                .bind(&wanted.products)
                .fetch_all(&mut *db)
                .await?;
            facts.products = known.into_iter().collect();
            facts.slugs = slugs(db, &wanted.products, &facts.products).await?;
        }
        Ok(facts)
    }
}

const PEOPLE: &str = "select id::text, role::text from haggle.directory_users where id = any($1)";
const SUPPLIERS: &str = "
    select id::text, user_id::text from haggle.directory_suppliers
    where id = any($1) and user_id is not null";
const PRODUCTS: &str = "select id::text from haggle.directory_products where id = any($1)";
const SLUGS: &str =
    "select slug::text, id::text from haggle.legacy_slugs where slug = any($1) order by id";

/// The ids that stand in these rows, each once.
struct Wanted {
    people: Vec<String>,
    products: Vec<String>,
}

impl Wanted {
    fn of(conversations: &[OldConversation], messages: &[OldMessage]) -> Self {
        let seats = conversations
            .iter()
            .flat_map(|old| [&old.buyer, &old.supplier, &old.admin, &old.admin_in_counter]);
        let said = messages.iter().flat_map(|old| [&old.sender, &old.receiver]);
        let products = conversations.iter().map(|old| &old.product);
        Self {
            people: once(seats.chain(said)),
            products: once(products),
        }
    }
}

fn once<'a>(ids: impl Iterator<Item = &'a Option<String>>) -> Vec<String> {
    let ids: BTreeSet<&String> = ids.flatten().filter(|id| !id.is_empty()).collect();
    ids.into_iter().cloned().collect()
}

async fn pairs(
    db: &mut PgConnection,
    statement: &'static str,
    ids: &[String],
) -> Result<HashMap<String, String>, PgError> {
    let rows: Vec<(String, String)> = sqlx::query_as(statement).bind(ids).fetch_all(db).await?;
    Ok(rows.into_iter().collect())
}

async fn profiles(
    db: &mut PgConnection,
    profiles: Option<&Profiles>,
    ids: &[String],
) -> Result<Option<HashMap<String, String>>, PgError> {
    let Some(profiles) = profiles else {
        return Ok(None);
    };
    let (id, user) = profiles.columns();
    let rows = format!(
        "select {id}::text, {user}::text from {} where {id}::text = any($1) and {user} is not null",
        profiles.quoted()
    );
    let rows: Vec<(String, String)> = sqlx::query_as(AssertSqlSafe(rows))
        .bind(ids)
        .fetch_all(db)
        .await?;
    Ok(Some(rows.into_iter().collect()))
}

async fn slugs(
    db: &mut PgConnection,
    wanted: &[String],
    known: &HashSet<String>,
) -> Result<HashMap<String, Vec<String>>, PgError> {
    let unknown: Vec<String> = wanted
        .iter()
        .filter(|id| !known.contains(*id))
        .cloned()
        .collect();
    let has_slugs = "select to_regclass('haggle.legacy_slugs') is not null";
    if unknown.is_empty() || !sqlx::query_scalar(has_slugs).fetch_one(&mut *db).await? {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String)> = sqlx::query_as(SLUGS).bind(&unknown).fetch_all(db).await?;
    let mut slugs: HashMap<String, Vec<String>> = HashMap::new();
    for (slug, id) in rows {
        slugs.entry(slug).or_default().push(id);
    }
    Ok(slugs)
}
