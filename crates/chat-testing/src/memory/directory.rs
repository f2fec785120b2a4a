//! [`Directory`] and [`DirectoryEditor`] in memory.

use async_trait::async_trait;

use super::{MemoryStorage, MemoryWriter};
use chat::{
    ids::{ProductId, UserId},
    person::{Person, Product, Role},
    storage::{
        Delete, Directory, DirectoryEditor, ProductRecord, Put, Result, SupplierRecord, UserRecord,
    },
};

#[async_trait]
impl Directory for MemoryStorage {
    async fn person(&self, id: &UserId) -> Result<Option<Person>> {
        Ok(self.state().person(id))
    }

    async fn supplier_user(&self, supplier_or_user: &str) -> Result<Option<Person>> {
        Ok(self.state().supplier_user(supplier_or_user))
    }

    async fn product(&self, id: &ProductId) -> Result<Option<Product>> {
        Ok(self.state().product(id))
    }

    async fn changed(&self, known: &[(UserId, Role)]) -> Result<Vec<(UserId, Option<Person>)>> {
        Ok(self.state().changed(known))
    }
}

#[async_trait]
impl DirectoryEditor for MemoryWriter {
    async fn put_user(&self, user: &UserRecord) -> Result<Put> {
        Ok(self.change(|state| state.put_user(user)))
    }

    async fn put_supplier(&self, supplier: &SupplierRecord) -> Result<Put> {
        Ok(self.change(|state| state.put_supplier(supplier)))
    }

    async fn put_product(&self, product: &ProductRecord) -> Result<Put> {
        Ok(self.change(|state| state.put_product(product)))
    }

    async fn delete_user(&self, id: &UserId) -> Result<Delete> {
        Ok(self.change(|state| state.delete_user(id)))
    }

    async fn delete_supplier(&self, id: &str) -> Result<Delete> {
        Ok(self.change(|state| state.delete_supplier(id)))
    }

    async fn delete_product(&self, id: &ProductId) -> Result<Delete> {
        Ok(self.change(|state| state.delete_product(id)))
    }
}
