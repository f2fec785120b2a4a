//! What a marketplace says about its people, suppliers and products, where Haggle keeps them.

use crate::{
    chat::Chat,
    error::StorageError,
    event::{Event, EventKind},
    ids::{ProductId, UserId},
    storage::{Delete, ProductRecord, Put, SupplierRecord, UserRecord},
};

pub async fn put_user(chat: &Chat, user: &UserRecord) -> Result<Put, StorageError> {
    let put = chat.directory_editor.put_user(user).await?;
    people_changed(chat, [user.id.clone()]);
    Ok(put)
}

pub async fn delete_user(chat: &Chat, id: &UserId) -> Result<Delete, StorageError> {
    let deleted = chat.directory_editor.delete_user(id).await?;
    people_changed(chat, [id.clone()]);
    Ok(deleted)
}

pub async fn put_supplier(chat: &Chat, supplier: &SupplierRecord) -> Result<Put, StorageError> {
    let put = chat.directory_editor.put_supplier(supplier).await?;
    people_changed(chat, [supplier.user_id.clone()]);
    Ok(put)
}

/// Its user and their conversations stay.
pub async fn delete_supplier(chat: &Chat, id: &str) -> Result<Delete, StorageError> {
    let deleted = chat.directory_editor.delete_supplier(id).await?;
    people_changed(chat, []);
    Ok(deleted)
}

/// Conversations about it show the change at once.
pub async fn put_product(chat: &Chat, product: &ProductRecord) -> Result<Put, StorageError> {
    chat.directory_editor.put_product(product).await
}

/// Its conversations stay, about nothing from then on.
pub async fn delete_product(chat: &Chat, id: &ProductId) -> Result<Delete, StorageError> {
    chat.directory_editor.delete_product(id).await
}

/// Tells every node that what it knows about these people may be old.
fn people_changed(chat: &Chat, people: impl Into<Vec<UserId>>) {
    chat.publisher.publish(Event {
        audience: people.into(),
        kind: EventKind::PeopleChanged,
    });
}
