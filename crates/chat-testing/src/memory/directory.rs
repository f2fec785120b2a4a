//! [`Directory`] in memory.

use std::sync::Arc;

use async_trait::async_trait;

use super::MemoryStorage;
use chat::{
    bus::Bus,
    ids::{ProductId, UserId},
    person::{Person, Product, Role},
    storage::{Delete, Directory, ProductRecord, Put, Result, SupplierRecord, UserRecord},
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

    async fn put_user(&self, user: &UserRecord) -> Result<Put> {
        Ok(self.state().put_user(user))
    }

    async fn put_supplier(&self, supplier: &SupplierRecord) -> Result<Put> {
        Ok(self.state().put_supplier(supplier))
    }

    async fn put_product(&self, product: &ProductRecord, bus: &Arc<dyn Bus>) -> Result<Put> {
        Ok(self.state().put_product(product, bus.as_ref()))
    }

    async fn delete_user(&self, id: &UserId, bus: &Arc<dyn Bus>) -> Result<Delete> {
        Ok(self.state().delete_user(id, bus.as_ref()))
    }

    async fn delete_supplier(&self, id: &str) -> Result<Delete> {
        Ok(self.state().delete_supplier(id))
    }

    async fn delete_product(&self, id: &ProductId, bus: &Arc<dyn Bus>) -> Result<Delete> {
        Ok(self.state().delete_product(id, bus.as_ref()))
    }
}
