//! What looks wrong about the whole, and is for people to decide.

use sqlx::PgConnection;

use super::zone::shown;
use crate::{PgError, legacy::old_chat::OldChat};

/// Of what was staged.
pub(super) async fn warnings(
    db: &mut PgConnection,
    chat: &OldChat,
    zone: &str,
) -> Result<Vec<String>, PgError> {
    let mut warnings = Vec::new();
    for unknown in unknown_columns(chat) {
        warnings.push(format!(
            "{unknown}: nobody knows this column, and it is not taken over"
        ));
    }
    let future: i64 = sqlx::query_scalar(FUTURE).fetch_one(&mut *db).await?;
    if future > 0 {
        warnings.push(format!(
            "{future} messages lie in the future: are their times in another zone than {}? Name it with --time-zone",
            shown(zone)
        ));
    }
    let apart: Option<(i64, i64, i64)> = sqlx::query_as(APART).fetch_optional(db).await?;
    if let Some((quarters, of, all)) = apart
        && quarters != 0
        && 2 * of > all
    {
        warnings.push(format!(
            "in {of} of {all} conversations the newest message is {} from last_message_at: are times of messages in another zone than {}? Name it with --time-zone",
            hours(-quarters),
            shown(zone)
        ));
    }
    Ok(warnings)
}

const FUTURE: &str = "
    select count(*) from haggle.legacy_staged_messages
    where created_at > clock_timestamp() + interval '1 minute'";

/// The difference that most conversations have, in quarters of an hour: those that are whole ones.
const APART: &str = "
    with apart as (
      select extract(epoch from c.last_message_at - max(m.created_at)) as seconds
      from (
        select id, last_message_at
        from haggle.legacy_staged_conversations
        where last_message_at is not null
        order by place desc
        limit 10000
      ) c
      join haggle.legacy_staged_messages m on m.conversation = c.id
      group by c.id, c.last_message_at
      having max(m.created_at) is not null
    )
    select
      round(seconds / 900)::int8, count(*), (select count(*) from apart)
    from apart
    where abs(seconds - 900 * round(seconds / 900)) < 10 and abs(seconds) < 57600
    group by 1
    order by 2 desc, 1
    limit 1";

fn hours(quarters: i64) -> String {
    let sign = if quarters < 0 { '-' } else { '+' };
    let minutes = quarters.abs() * 15;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn unknown_columns(chat: &OldChat) -> Vec<String> {
    let conversations = chat.conversations.unknown.iter();
    let messages = chat.messages.unknown.iter();
    let conversations =
        conversations.map(|column| format!("{}.{}", chat.conversations.shown(), column.name));
    let messages = messages.map(|column| format!("{}.{}", chat.messages.shown(), column.name));
    conversations.chain(messages).collect()
}
