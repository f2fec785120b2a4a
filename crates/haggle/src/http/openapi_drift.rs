//! What the document says of bodies and queries is what the handlers read.

use std::collections::BTreeSet;

use chat::{list_conversations, open_conversation, send_message::Outgoing};
use utoipa::{
    IntoParams, PartialSchema,
    openapi::{RefOr, Schema, path::ParameterIn},
};

use super::{
    directory::{products::PutProduct, suppliers::PutSupplier, users::PutUser},
    fields::{Fields, Read},
    get_attachment, list_audit, list_messages, list_notifications,
    mark_notifications_read::MarkNotificationsRead,
    mark_read::MarkRead,
    open_conversation::OpenConversation,
    send_message::SendMessage,
};

fn asked<R: Read>() -> BTreeSet<&'static str> {
    let mut fields = Fields::empty();
    let _ = R::read(&mut fields);
    fields.asked
}

fn body<R: Read, D: PartialSchema>() {
    let RefOr::T(Schema::Object(object)) = D::schema() else {
        panic!("a body is an object");
    };
    let documented: BTreeSet<_> = object.properties.keys().map(String::as_str).collect();
    assert_eq!(asked::<R>(), documented);
}

fn query<R: Read, D: IntoParams>() {
    let parameters = D::into_params(|| Some(ParameterIn::Query));
    let documented: BTreeSet<_> = parameters.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(asked::<R>(), documented);
}

#[test]
fn documented_fields_are_read_and_read_ones_documented() {
    body::<open_conversation::Request, OpenConversation>();
    body::<Outgoing, SendMessage>();
    body::<MarkRead, MarkRead>();
    body::<MarkNotificationsRead, MarkNotificationsRead>();
    body::<PutUser, PutUser>();
    body::<PutSupplier, PutSupplier>();
    body::<PutProduct, PutProduct>();
    query::<list_conversations::Wanted, super::list_conversations::Parameters>();
    query::<list_audit::Wanted, list_audit::Parameters>();
    query::<list_messages::Wanted, list_messages::Parameters>();
    query::<get_attachment::Link, get_attachment::Link>();
    query::<list_notifications::Wanted, list_notifications::Wanted>();
}
