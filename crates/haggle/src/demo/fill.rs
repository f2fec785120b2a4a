//! Fills an empty database with the demo marketplace. A filled one stays as its users left it.

use chat::{
    bus::Bus,
    event::Event,
    ids::{ProductId, UserId},
    person::Role,
    storage::{Directory, ProductRecord, Put, SupplierRecord, UserRecord},
};
use chat_pg::PgStorage;
use demo_data::{Marketplace, Role as DemoRole};
use std::sync::Arc;

use super::DemoError;

/// Nobody listens before the server does.
struct Silence;

impl Bus for Silence {
    fn publish(&self, _: Event) {}
}

pub async fn fill(storage: &PgStorage) -> Result<(), DemoError> {
    let marketplace = demo_data::marketplace();
    let Some(first) = marketplace.people.first() else {
        return Ok(());
    };
    if storage.person(&UserId::new(first.id)).await?.is_none() {
        fill_directory(storage, marketplace).await?;
    }
    Ok(())
}

async fn fill_directory(storage: &PgStorage, marketplace: &Marketplace) -> Result<(), DemoError> {
    for person in &marketplace.people {
        let user = UserRecord {
            id: UserId::new(person.id),
            name: person.name.to_owned(),
            email: person.email.to_owned(),
            role: role(person.role),
            is_active: true,
        };
        must(storage.put_user(&user).await?)?;
    }
    for supplier in marketplace.suppliers {
        let record = SupplierRecord {
            id: supplier.id.to_owned(),
            user_id: UserId::new(supplier.user_id),
            name: supplier.name.to_owned(),
        };
        must(storage.put_supplier(&record).await?)?;
    }
    let silence: Arc<dyn Bus> = Arc::new(Silence);
    for product in &marketplace.products {
        let record = ProductRecord {
            id: ProductId::new(product.id),
            name: product.name.to_owned(),
            image: product.image.clone(),
            supplier_id: Some(product.supplier_id.to_owned()),
        };
        must(storage.put_product(&record, &silence).await?)?;
    }
    Ok(())
}

fn must(put: Put) -> Result<(), DemoError> {
    match put {
        Put::Created | Put::Replaced => Ok(()),
        Put::HostOwned | Put::Unknown(_) | Put::Taken(_) => Err(DemoError::HostOwned),
    }
}

fn role(role: DemoRole) -> Role {
    match role {
        DemoRole::Buyer => Role::Buyer,
        DemoRole::Supplier => Role::Supplier,
        DemoRole::Admin => Role::Admin,
    }
}
