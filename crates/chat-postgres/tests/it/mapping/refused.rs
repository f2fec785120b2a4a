//! Expressions that cannot be, each with what is said of it.

use super::Host;

/// A setting, what it says, and what is said of that.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "HAGGLE_USERS_NAME",
        "name",
        r#"column "name" does not exist in public.users"#,
    ),
    (
        "HAGGLE_USERS_NAME",
        "user",
        r#"column "user" does not exist in public.users"#,
    ),
    (
        "HAGGLE_USERS_NAME",
        "displayname",
        r#"column "displayname" does not exist in public.users; there is "displayName""#,
    ),
    (
        "HAGGLE_USERS_NAME",
        "upper(displayName)",
        r#"column "displayname" does not exist"#,
    ),
    (
        "HAGGLE_USERS_NAME",
        "shout(first_name)",
        "function shout(text) does not exist",
    ),
    ("HAGGLE_USERS_NAME", "first_name last_name", "syntax error"),
    (
        "HAGGLE_USERS_NAME",
        "products.name",
        r#"missing FROM-clause entry for table "products""#,
    ),
    (
        "HAGGLE_USERS_NAME",
        "max(first_name)",
        "looks at more than one row",
    ),
    (
        "HAGGLE_USERS_NAME",
        "first_value(first_name) over ()",
        "looks at more than one row",
    ),
    (
        "HAGGLE_USERS_NAME",
        "unnest(tags)",
        "several values for one row",
    ),
    (
        "HAGGLE_USERS_NAME",
        "(select name from products limit 1)",
        "contains a query",
    ),
    (
        "HAGGLE_USERS_NAME",
        "(table products)",
        "subquery must return only one column",
    ),
    (
        "HAGGLE_USERS_NAME",
        "random()::text",
        "calls random, which is volatile",
    ),
    (
        "HAGGLE_USERS_NAME",
        "nextval('counter')::text",
        "calls nextval, which is volatile",
    ),
    (
        "HAGGLE_USERS_NAME",
        "careless(first_name)",
        "calls careless, which is volatile",
    ),
    (
        "HAGGLE_USERS_IS_ACTIVE",
        "status",
        "is text, not boolean; compare it",
    ),
    (
        "HAGGLE_USERS_IS_ACTIVE",
        "deleted_at",
        "cannot cast type timestamp without time zone to boolean",
    ),
    (
        "HAGGLE_USERS_ID",
        "score",
        "is double precision, which has no text form that is always the same",
    ),
    (
        "HAGGLE_USERS_ID",
        "tags",
        "is text[], which has no text form",
    ),
    (
        "HAGGLE_USERS_ID",
        "extra",
        "is jsonb, which has no text form",
    ),
    (
        "HAGGLE_USERS_ROLE",
        "job",
        r#"column "job" does not exist in public.users"#,
    ),
    (
        "HAGGLE_PRODUCTS_IMAGE",
        "image",
        r#"column "image" does not exist in public.products"#,
    ),
    (
        "HAGGLE_USERS_ONLINE",
        "online",
        r#"column "online" does not exist in public.users"#,
    ),
    (
        "HAGGLE_USERS_ONLINE",
        "status",
        r#""status" is text, not boolean"#,
    ),
    (
        "HAGGLE_USERS_ONLINE",
        "is_online, status",
        r#""status" is text, not timestamp"#,
    ),
];

#[tokio::test]
async fn expressions_that_cannot_be_are_refused_with_the_setting_and_the_thing() {
    let mut host = Host::open().await;
    host.run(
        "create sequence counter;
         create function careless(text) returns text language sql as 'select $1'",
    )
    .await;
    let right = host.mapping.clone();
    for (setting, text, expected) in REFUSED {
        host.set(setting, text);
        let refused = host.refusal().await;
        assert!(
            refused.starts_with(&format!("{setting}: ")) && refused.contains(expected),
            "{text}: {refused}"
        );
        host.mapping = right.clone();
    }
    let left: bool = sqlx::query_scalar("select to_regnamespace('haggle') is null")
        .fetch_one(&host.sql)
        .await
        .unwrap();
    assert!(left);
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once() {
    let mut host = Host::open().await;
    host.set("HAGGLE_USERS_NAME", "name");
    host.set("HAGGLE_USERS_ROLE", "random()::text");
    host.set("HAGGLE_PRODUCTS_IMAGE", "image");
    let refused = host.refusal().await;
    for setting in [
        "HAGGLE_USERS_NAME: ",
        "HAGGLE_USERS_ROLE: ",
        "HAGGLE_PRODUCTS_IMAGE: ",
    ] {
        assert!(refused.contains(setting), "{refused}");
    }
}
