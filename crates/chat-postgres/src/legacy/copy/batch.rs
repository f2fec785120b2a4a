//! Some old conversations at a time: read from where they wait, converted, and inserted in one
//! transaction.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, PgConnection, types::time::OffsetDateTime};

use super::{
    files::refused,
    ids,
    insert::{New, NewFile, insert},
    intake::Intake,
    plan::Leader,
    remember::remember,
    stage::CONVERSATION_COLUMNS,
    verify,
};
use crate::{
    PgError,
    legacy::{
        convert::{Group, group},
        facts::Facts,
        old_chat::OldChat,
        rows::{OldConversation, OldMessage},
    },
};

/// Of one transaction. A conversation with more of them is one by itself.
const MESSAGES: i64 = 4_000;
const CONVERSATIONS: usize = 1_000;

/// In this order, so many that one transaction is short.
pub(super) fn batches(leaders: &[Leader]) -> Vec<&[Leader]> {
    let mut batches = Vec::new();
    let (mut from, mut messages) = (0, 0);
    for (place, leader) in leaders.iter().enumerate() {
        let is_full = messages + leader.messages > MESSAGES || place - from == CONVERSATIONS;
        if is_full && place > from {
            batches.push(&leaders[from..place]);
            (from, messages) = (place, 0);
        }
        messages += leader.messages;
    }
    if from < leaders.len() {
        batches.push(&leaders[from..]);
    }
    batches
}

/// What everything of a copy shares.
pub(super) struct Copying<'a> {
    pub chat: &'a OldChat,
    pub intake: &'a dyn Intake,
    /// The time of what has none.
    pub now: OffsetDateTime,
}

#[derive(sqlx::FromRow)]
struct Staged {
    leader: i64,
    #[sqlx(flatten)]
    old: OldConversation,
}

impl Copying<'_> {
    pub async fn converted(
        &self,
        db: &mut PgConnection,
        leaders: &[Leader],
    ) -> Result<Vec<Group>, PgError> {
        let places: Vec<i64> = leaders.iter().map(|leader| leader.place).collect();
        let staged = format!(
            "select leader, {CONVERSATION_COLUMNS} from haggle.legacy_staged_conversations
             where leader = any($1) order by leader, place"
        );
        let staged: Vec<Staged> = sqlx::query_as(AssertSqlSafe(staged))
            .bind(&places)
            .fetch_all(&mut *db)
            .await?;
        let ids: Vec<String> = staged
            .iter()
            .filter_map(|staged| staged.old.id.clone())
            .collect();
        let messages = "
            select *
            from haggle.legacy_staged_messages
            where conversation = any($1)";
        let messages: Vec<OldMessage> = sqlx::query_as(messages)
            .bind(&ids)
            .fetch_all(&mut *db)
            .await?;
        let olds: Vec<OldConversation> = staged.iter().map(|staged| staged.old.clone()).collect();
        let mut facts = Facts::load(db, self.chat, &olds, &messages).await?;
        facts.refused_files = refused(self.intake, &messages).await;
        let mut said = HashMap::<_, Vec<OldMessage>>::new();
        for message in messages {
            said.entry(message.conversation.clone())
                .or_default()
                .push(message);
        }
        let has_flags = self.chat.has_read_flags();
        let convert = |part: &[Staged]| {
            let olds: Vec<_> = part.iter().map(|staged| staged.old.clone()).collect();
            let messages = olds.iter().filter_map(|old| said.remove(&old.id)).flatten();
            let messages = messages.collect();
            group(olds, messages, &facts, has_flags, self.now)
        };
        Ok(staged
            .chunk_by(|a, b| a.leader == b.leader)
            .map(convert)
            .collect())
    }

    pub async fn write(
        &self,
        db: &mut PgConnection,
        groups: &mut [Group],
        files: Vec<Vec<NewFile>>,
    ) -> Result<i128, PgError> {
        let mut files = files.into_iter();
        // What comes from the old tables does not go back there.
        sqlx::query("select set_config('haggle.is_bridging', 'on', true)")
            .execute(&mut *db)
            .await?;
        ids::give(db, groups).await?;
        let news: Vec<New<'_>> = groups
            .iter()
            .flat_map(|group| &group.kept)
            .map(|converted| New {
                converted,
                files: files.by_ref().take(converted.messages.len()).collect(),
            })
            .collect();
        let (here, sent) = insert(db, &news).await?;
        let stored = verify::stored(db, &news, &here).await?;
        let count: usize = news.iter().map(|new| new.files.len()).sum();
        if stored != (i64::try_from(count).unwrap_or(i64::MAX), sent) {
            return Err(PgError::OldChat(
                "what was stored is not what was sent: nothing of this batch is kept".to_owned(),
            ));
        }
        remember(db, groups, &here).await?;
        Ok(sent)
    }
}
