//! What the move needs of the old tables.

use sqlx::PgConnection;

use crate::{
    PgError,
    legacy::{old_chat::OldChat, place::Named},
};

/// The rights that a role needs there, as statements.
pub fn old_grants(chat: &OldChat, role: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for table in [chat.conversations.quoted(), chat.messages.quoted()] {
        lines.push(format!(
            "grant select, insert, update, trigger on {table} to {role};"
        ));
    }
    for profiles in [&chat.buyer, &chat.supplier]
        .into_iter()
        .filter_map(Named::profiles)
    {
        lines.push(format!("grant select on {} to {role};", profiles.quoted()));
    }
    lines
}

/// Those that this role does not have.
pub(super) async fn missing(db: &mut PgConnection, chat: &OldChat) -> Result<Vec<String>, PgError> {
    let role: String = sqlx::query_scalar("select quote_ident(current_user)")
        .fetch_one(&mut *db)
        .await?;
    let mut missing = Vec::new();
    for (oid, table) in [
        (chat.conversations.oid, chat.conversations.quoted()),
        (chat.messages.oid, chat.messages.quoted()),
    ] {
        let lacking = "
            select coalesce(string_agg(lower(needed), ', '), '')
            from unnest(array['SELECT', 'INSERT', 'UPDATE', 'TRIGGER']) as needed
            where not has_table_privilege($1::int8::oid, needed)";
        let lacking: String = sqlx::query_scalar(lacking)
            .bind(i64::from(oid))
            .fetch_one(&mut *db)
            .await?;
        if !lacking.is_empty() {
            missing.push(format!("grant {lacking} on {table} to {role}"));
        }
    }
    for profiles in [&chat.buyer, &chat.supplier]
        .into_iter()
        .filter_map(Named::profiles)
    {
        let may = "select has_table_privilege($1, 'SELECT')";
        let table = profiles.quoted();
        if !sqlx::query_scalar::<_, bool>(may)
            .bind(&table)
            .fetch_one(&mut *db)
            .await?
        {
            missing.push(format!("grant select on {table} to {role}"));
        }
    }
    Ok(missing)
}
