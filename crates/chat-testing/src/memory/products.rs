//! Products, and what their changes do to conversations about them.

use super::state::State;
use chat::{
    ids::ProductId,
    storage::{Delete, ProductRecord, Put},
};

impl State {
    pub fn put_product(&mut self, product: &ProductRecord) -> Put {
        if let Some(supplier) = &product.supplier_id
            && !self.suppliers.contains_key(supplier)
        {
            return Put::Unknown("supplierId");
        }
        let shown = self.product(&product.id);
        self.products.insert(product.id.clone(), product.clone());
        match shown {
            None => Put::Created,
            Some(shown) => {
                if Some(shown) != self.product(&product.id) {
                    for id in
                        self.conversations_where(|row| row.product.as_ref() == Some(&product.id))
                    {
                        self.publish_update(&id, None);
                        self.announce_updated(&id);
                    }
                }
                Put::Replaced
            }
        }
    }

    /// Its conversations are about nothing from then on.
    pub fn delete_product(&mut self, id: &ProductId) -> Delete {
        if self.products.remove(id).is_none() {
            return Delete::NotFound;
        }
        for conversation in self.conversations_where(|row| row.product.as_ref() == Some(id)) {
            if let Some(row) = self.conversations.get_mut(&conversation) {
                row.product = None;
            }
            self.publish_update(&conversation, None);
            self.announce_updated(&conversation);
        }
        Delete::Deleted
    }
}
