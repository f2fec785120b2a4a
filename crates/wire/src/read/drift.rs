//! What the documents say of bodies and queries is what is read: names, limits, words and defaults.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{RefOr, Schema, path::ParameterIn},
};

use super::{
    Id,
    fields::{Fields, Read, Rule},
};
use crate::{
    AddWebhook, AnswerOffer, ChangeSettings, ChangeWebhook, CloseConversation, CloseRequest,
    CorrectMessage, EndPush, FileReport, JudgeReport, Link, ListAudit, ListConversations,
    ListEvents, ListMessages, ListNotifications, ListReports, ListWebhookDeliveries, MakeOffer,
    MarkNotificationsRead, MarkRead, OfferItem, OpenConversation, PushSubscription, PutPreferences,
    PutProduct, PutReply, PutSupplier, PutUser, ReopenConversation, RequestQuotation,
    SearchMessages, SendMessage, TakeBackMessage, Terms,
};

fn asked<R: Read>() -> BTreeMap<&'static str, Rule> {
    let mut fields = Fields::empty();
    let _ = R::read(&mut fields);
    fields.asked
}

fn body<R: Read + ToSchema>() {
    let RefOr::T(Schema::Object(object)) = R::schema() else {
        panic!("a body is an object");
    };
    let mut named = Vec::new();
    R::schemas(&mut named);
    let named: BTreeMap<_, _> = named.into_iter().collect();
    let mut documented = BTreeMap::new();
    for (name, schema) in object.properties {
        documented.insert(name, plain(&json!(schema), &named));
    }
    compare(&asked::<R>(), &documented);
}

fn query<R: Read + IntoParams>() {
    let parameters = R::into_params(|| Some(ParameterIn::Query));
    let schemas = parameters.into_iter().map(|one| {
        let schema = plain(&json!(one.schema), &BTreeMap::new());
        (one.name, schema)
    });
    compare(&asked::<R>(), &schemas.collect());
}

/// The schema of what is there: without `null`, and with what it refers to.
fn plain(schema: &Value, named: &BTreeMap<String, RefOr<Schema>>) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return json!(named.get(name).expect("a named schema"));
    }
    let is_null = |schema: &&Value| schema["type"] == "null";
    if let Some(forms) = schema["oneOf"].as_array() {
        let form = forms.iter().find(|form| !is_null(form));
        return plain(form.expect("a form that is not null"), named);
    }
    let mut schema = schema.clone();
    if let Some(types) = schema["type"].as_array() {
        schema["type"] = types.iter().find(|one| *one != "null").cloned().into();
    }
    if schema["items"].is_object() {
        schema["items"] = plain(&schema["items"], named);
    }
    schema
}

fn compare(asked: &BTreeMap<&'static str, Rule>, documented: &BTreeMap<String, Value>) {
    let read: BTreeSet<_> = asked.keys().copied().collect();
    let told: BTreeSet<_> = documented.keys().map(String::as_str).collect();
    assert_eq!(read, told);
    for (name, rule) in asked {
        let schema = &documented[*name];
        let expected = expected(rule);
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&schema[key], value, "{key} of {name}: {schema:#}");
        }
    }
}

fn expected(rule: &Rule) -> Value {
    match rule {
        Rule::AnyText => json!({"type": "string", "maxLength": null}),
        Rule::Text(range) => {
            let least = Some(range.start()).filter(|least| **least > 0);
            json!({"type": "string", "minLength": least, "maxLength": range.end()})
        }
        Rule::Id => {
            let id = json!(Id::schema());
            json!({"type": "string", "minLength": id["minLength"], "maxLength": id["maxLength"]})
        }
        Rule::Ids(most) => json!({"type": "array", "items": Id::schema(), "maxItems": most}),
        Rule::Texts(count) => {
            json!({"type": "array", "minItems": count.start(), "maxItems": count.end()})
        }
        Rule::Words(words) => json!({"type": "string", "enum": words}),
        Rule::Time => json!({"type": "string", "format": "date-time"}),
        Rule::Flag => json!({"type": "boolean"}),
        Rule::Number(range) => {
            json!({"type": "integer", "minimum": range.start(), "maximum": range.end()})
        }
        Rule::Object => json!({"type": "object"}),
        Rule::Objects(most) => json!({"type": "array", "maxItems": most}),
        Rule::Limit(range, default) => {
            let mut schema = expected(&Rule::Number(range.clone()));
            schema["default"] = json!(default);
            schema
        }
    }
}

#[test]
fn documented_fields_are_read_and_read_ones_documented() {
    body::<OpenConversation>();
    body::<SendMessage>();
    body::<MakeOffer>();
    body::<AnswerOffer>();
    body::<Terms>();
    body::<OfferItem>();
    body::<RequestQuotation>();
    body::<CloseRequest>();
    body::<MarkRead>();
    body::<CorrectMessage>();
    body::<TakeBackMessage>();
    body::<ChangeSettings>();
    body::<CloseConversation>();
    body::<ReopenConversation>();
    body::<FileReport>();
    body::<JudgeReport>();
    body::<PutReply>();
    body::<MarkNotificationsRead>();
    body::<PutPreferences>();
    body::<PushSubscription>();
    body::<EndPush>();
    body::<PutUser>();
    body::<PutSupplier>();
    body::<PutProduct>();
    body::<AddWebhook>();
    body::<ChangeWebhook>();
    query::<ListConversations>();
    query::<ListAudit>();
    query::<ListReports>();
    query::<ListMessages>();
    query::<ListEvents>();
    query::<SearchMessages>();
    query::<Link>();
    query::<ListWebhookDeliveries>();
    query::<ListNotifications>();
}
