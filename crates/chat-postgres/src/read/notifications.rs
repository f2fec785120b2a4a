//! Notification rows, and what they are about.

use std::collections::HashMap;

use chat::{
    conversation::Conversation,
    ids::{ConversationId, NotificationId, UserId},
    message::FORMER_ADMINISTRATOR,
    notification::Notification,
};

use super::{conversations, loader::answer_at};
use crate::pool::Pool;

/// The newest unread ones of each of these users, at most so many, and whether there are more.
pub(crate) async fn unread(
    db: &Pool,
    asked: &[(UserId, i64)],
) -> Result<Vec<(Vec<Notification>, bool)>, sqlx::Error> {
    let users: Vec<String> = asked.iter().map(|(user, _)| user.to_string()).collect();
    let most: Vec<i64> = asked.iter().map(|(_, most)| *most).collect();
    let rows = sqlx::query!(
        r#"
        select
          wanted.place as "place!",
          n.id as "id!",
          n.conversation_id as "conversation_id!",
          n.count as "count!",
          n.created_at as "created_at!",
          n.updated_at as "updated_at!"
        from unnest($1::varchar[], $2::bigint[]) with ordinality as wanted (user_id, most, place)
        cross join lateral (
          select id, conversation_id, count, created_at, updated_at, updated_hour
          from haggle.notifications
          where user_id = wanted.user_id and not is_read
            -- One look at the key for each: `not exists` would be a join.
            and not coalesce(
              (
                select haggle.is_muted_by(notifications.user_id, c)
                from haggle.conversations c
                where c.id = notifications.conversation_id
              ),
              false
            )
          order by updated_hour desc, updated_at desc, id desc
          limit wanted.most + 1
        ) n
        order by wanted.place, n.updated_hour desc, n.updated_at desc, n.id desc
        "#,
        &users,
        &most
    )
    .fetch_all(db)
    .await?;
    let mut answers = vec![(Vec::new(), false); asked.len()];
    for row in rows {
        answer_at(&mut answers, row.place).0.push(Notification {
            id: NotificationId::new(row.id),
            conversation: ConversationId::new(row.conversation_id),
            count: row.count.into(),
            title: String::new(),
            sender_name: String::new(),
            preview: String::new(),
            is_read: false,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        });
    }
    for ((page, has_more), most) in answers.iter_mut().zip(most) {
        let most = usize::try_from(most).unwrap_or(0);
        *has_more = page.len() > most;
        page.truncate(most);
    }
    let users = asked.iter().map(|(user, _)| user);
    let pages = answers.iter_mut().map(|(page, _)| page);
    say_what_about(db, &mut users.zip(pages).collect::<Vec<_>>()).await?;
    Ok(answers)
}

/// Names, titles and previews, of all of these in two queries. What is deleted meanwhile is told of
/// no more.
pub(crate) async fn say_what_about(
    db: &Pool,
    pages: &mut [(&UserId, &mut Vec<Notification>)],
) -> Result<(), sqlx::Error> {
    let rows = pages.iter().flat_map(|(_, rows)| rows.iter());
    let mut ids: Vec<String> = rows.map(|row| row.conversation.to_string()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(());
    }
    let conversations = conversations::load(db, &ids).await?;
    let newest = sqlx::query!(
        r#"
        select
          c.id as "conversation_id!",
          (select p.name from haggle.people p where p.key = haggle.user_key(m.sender_id) limit 1) as sender_name
        from haggle.conversations c
        join haggle.message_rows m on m.conversation_id = c.id and m.seq = c.last_seq
        where c.id = any($1)
        "#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let newest = newest
        .into_iter()
        .map(|row| (row.conversation_id, row.sender_name));
    let mut senders: HashMap<String, Option<String>> = newest.collect();
    let about = conversations.into_iter().map(|conversation| {
        let sender = senders.remove(conversation.id.as_str()).flatten();
        let sender = sender.unwrap_or_else(|| FORMER_ADMINISTRATOR.to_owned());
        (conversation.id.clone(), (conversation, sender))
    });
    let about: HashMap<ConversationId, (Conversation, String)> = about.collect();
    for (user, rows) in pages {
        let told = std::mem::take(*rows).into_iter().filter_map(|row| {
            let (conversation, sender) = about.get(&row.conversation)?;
            Some(row.about(conversation, user, sender.clone()))
        });
        **rows = told.collect();
    }
    Ok(())
}
