//! People, suppliers and products.

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{ProductId, UserId},
    person::{Person, Product, Role},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRecord {
    pub id: UserId,
    pub name: String,
    /// The company that the user speaks for.
    pub company: Option<String>,
    pub email: String,
    pub role: Role,
    pub is_active: bool,
    /// A name of the time zone database.
    pub time_zone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierRecord {
    pub id: String,
    pub user_id: UserId,
    pub name: String,
    /// See [`crate::working_hours`].
    pub working_hours: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRecord {
    pub id: ProductId,
    pub name: String,
    pub image: String,
    /// A supplier's id.
    pub supplier_id: Option<String>,
}

/// What became of a directory write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    Created,
    Replaced,
    /// The tables belong to the host; Haggle only reads them.
    HostOwned,
    /// This field names something that does not exist.
    Unknown(&'static str),
    /// This field is taken by another row.
    Taken(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delete {
    Deleted,
    NotFound,
    HostOwned,
}

/// People, suppliers and products.
#[async_trait]
pub trait Directory: Send + Sync {
    async fn person(&self, id: &UserId) -> Result<Option<Person>>;

    /// The user behind a supplier's id or that supplier's user id, whatever their role.
    /// A supplier's id comes before a user's.
    async fn supplier_user(&self, supplier_or_user: &str) -> Result<Option<Person>>;

    async fn product(&self, id: &ProductId) -> Result<Option<Product>>;

    /// Those of these people whose role or activity is no longer this: `None` is deleted.
    async fn changed(&self, known: &[(UserId, Role)]) -> Result<Vec<(UserId, Option<Person>)>>;
}

/// Changes of the directory where it is Haggle's own. Of the host's tables nothing is changed.
#[async_trait]
pub trait DirectoryEditor: Send + Sync {
    async fn put_user(&self, user: &UserRecord) -> Result<Put>;
    async fn put_supplier(&self, supplier: &SupplierRecord) -> Result<Put>;
    /// A product whose name or picture changed raises `rev` of its conversations and is
    /// published to them.
    async fn put_product(&self, product: &ProductRecord) -> Result<Put>;

    /// Deletes the supplier of this user too, and the conversations in which they are buyer or
    /// supplier: the others there are told to refetch, by an event even when there are none, since
    /// it invalidates caches. Their place as an administrator is emptied, and published without them.
    async fn delete_user(&self, id: &UserId) -> Result<Delete>;
    async fn delete_supplier(&self, id: &str) -> Result<Delete>;
    /// A deleted product leaves its conversations for good: each is published with its `rev` raised.
    async fn delete_product(&self, id: &ProductId) -> Result<Delete>;

    /// Removes what hangs on people and products that are not in the directory any more, where nothing
    /// else does: as [`Self::delete_user`] and [`Self::delete_product`] do. One look of many servers is
    /// enough, and nobody goes who is missing for a moment only. Returns how many are gone; not 0: there
    /// may be more.
    async fn remove_orphans(&self) -> Result<usize> {
        Ok(0)
    }
}
