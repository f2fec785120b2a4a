//! Some old conversations at a time: read from where they wait, converted, and inserted in one
//! transaction.

use std::collections::HashMap;

use chat::{
    attachment::{Attachment, Charset},
    media_type::Format,
};
use sqlx::{AssertSqlSafe, PgConnection, types::time::OffsetDateTime};

use super::{
    counts::Moved,
    ids,
    insert::{New, NewFile, insert},
    intake::{Examined, Intake, NotTaken, OldBytes},
    plan::Leader,
    stage::CONVERSATION_COLUMNS,
    verify,
};
use crate::{
    PgError,
    legacy::{
        convert::{ConvertedMessage, Group, OldFile, Outcome, carried, group},
        facts::Facts,
        old_chat::OldChat,
        reason::{Note, OldRow, Reason},
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

/// What became of these groups, added to the rest.
pub(super) fn count_all(groups: &[Group], moved: &mut Moved) {
    for group in groups {
        count(group, moved);
    }
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
        facts.refused_files = self.refused(&messages).await;
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

    /// Of what messages carry in themselves: a message that has nothing else is none.
    async fn refused(&self, messages: &[OldMessage]) -> HashMap<String, String> {
        let mut refused = HashMap::new();
        for message in messages {
            for (name, url) in carried(message) {
                let owner = message.sender.as_deref().unwrap_or_default();
                let examined = self
                    .intake
                    .examine(owner, &name, OldBytes::Data(&url))
                    .await;
                let why = match examined {
                    Ok(_) => continue,
                    Err(NotTaken::Missing) => "it cannot be read".to_owned(),
                    Err(NotTaken::Refused(why)) => why,
                };
                refused.insert(url, why);
            }
        }
        refused
    }

    /// For each message that is kept, in their order. Bytes that are taken along are kept before anything
    /// names them; what comes to nothing then goes as an upload that was never sent.
    pub async fn files(
        &self,
        db: &mut PgConnection,
        groups: &mut [Group],
    ) -> Result<(Vec<Vec<NewFile>>, Vec<Box<dyn Examined>>), PgError> {
        let mut kept_bytes = Vec::new();
        let mut all = Vec::new();
        let mut links = 0;
        for group in groups.iter_mut() {
            let Group { kept, notes, .. } = group;
            for message in kept.iter_mut().flat_map(|kept| &mut kept.messages) {
                let mut files = Vec::new();
                for file in &message.files {
                    let new = self.file(db, message, file, notes, &mut kept_bytes).await?;
                    links += i32::from(new.as_ref().is_some_and(|new| new.id.is_empty()));
                    files.extend(new);
                }
                all.push(files);
            }
        }
        if links > 0 {
            let new = "select haggle.uuidv7()::text from generate_series(1, $1)";
            let new: Vec<String> = sqlx::query_scalar(new).bind(links).fetch_all(db).await?;
            let mut new = new.into_iter();
            for file in all.iter_mut().flatten().filter(|file| file.id.is_empty()) {
                file.id = new.next().unwrap_or_default();
            }
        }
        Ok((all, kept_bytes))
    }

    /// A link has no id yet.
    async fn file(
        &self,
        db: &mut PgConnection,
        message: &ConvertedMessage,
        file: &OldFile,
        notes: &mut Vec<Note>,
        kept: &mut Vec<Box<dyn Examined>>,
    ) -> Result<Option<NewFile>, PgError> {
        let (name, bytes, url) = match file {
            OldFile::Data { name, url } => (name, OldBytes::Data(url), None),
            OldFile::Link(link) => (&link.name, OldBytes::Path(&link.url), Some(&link.url)),
        };
        let is_looked_for = url.is_none_or(|url| self.intake.has_folder() && is_in_folder(url));
        let mut note = |reason, detail: String| {
            notes.push(Note {
                row: OldRow::Message,
                id: message.old_id.clone(),
                reason,
                detail: Some(detail),
            });
        };
        if is_looked_for {
            let owner = message.sender.as_deref().unwrap_or_default();
            match self.intake.examine(owner, name, bytes).await {
                Ok(examined) => {
                    let new = add(db, owner, &*examined).await?;
                    kept.push(examined);
                    return Ok(Some(new));
                }
                Err(NotTaken::Missing) => note(Reason::FileNotFound, name.clone()),
                Err(NotTaken::Refused(why)) => {
                    note(Reason::FileStaysLink, format!("{name}: {why}"));
                }
            }
        }
        Ok(url.map(|url| NewFile {
            id: String::new(),
            kind: kind_of_name(name),
            name: name.clone(),
            url: Some(url.clone()),
        }))
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

/// Its row comes first, so that nothing is kept that nobody would remove.
async fn add(
    db: &mut PgConnection,
    owner: &str,
    examined: &dyn Examined,
) -> Result<NewFile, PgError> {
    let Attachment {
        id,
        name,
        kind,
        charset,
        size,
        pixels,
        has_thumbnail,
        ..
    } = examined.attachment();
    // Unsent since now, whatever the time of its message.
    let add = "
        insert into haggle.attachments (
          id, owner_id, name, type, charset, size, width, height, has_thumbnail, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp())";
    sqlx::query(add)
        .bind(id.as_str())
        .bind(owner)
        .bind(name)
        .bind(kind.as_str())
        .bind(charset.map(Charset::as_str))
        .bind(size)
        .bind(pixels.map(|pixels| pixels.width))
        .bind(pixels.map(|pixels| pixels.height))
        .bind(has_thumbnail)
        .execute(db)
        .await?;
    Ok(NewFile {
        id: id.to_string(),
        name: name.clone(),
        kind: kind.as_str().to_owned(),
        url: None,
    })
}

/// A path from the root, and no address of another server.
fn is_in_folder(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//")
}

/// What the ending of a name promises.
pub(super) fn kind_of_name(name: &str) -> String {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let format = ending.and_then(|ending| Format::ending_in(&ending));
    format
        .map_or("application/octet-stream", |format| format.kind.as_str())
        .to_owned()
}

fn count(group: &Group, moved: &mut Moved) {
    moved.note(&group.notes);
    for outcome in &group.outcomes {
        let refused = i64::from(outcome.messages_refused);
        moved.messages.kept += i64::from(outcome.messages_kept);
        moved.messages.refused += refused;
        if outcome.kept_in.is_none() {
            moved.conversations.refused += 1;
        }
    }
    let kept = i64::try_from(group.kept.len()).unwrap_or(i64::MAX);
    let all = group
        .outcomes
        .iter()
        .filter(|outcome| outcome.kept_in.is_some())
        .count();
    moved.conversations.kept += kept;
    moved.conversations.merged += i64::try_from(all).unwrap_or(i64::MAX) - kept;
}

const CONVERSATIONS_HERE: &str = "
    insert into haggle.legacy_conversations (old_id, conversation_id, messages_kept, messages_refused)
    select * from unnest($1::varchar[], $2::varchar[], $3::int4[], $4::int4[])";
const NOTES: &str = "
    insert into haggle.legacy_report (is_message, old_id, reason, detail)
    select * from unnest($1::boolean[], $2::varchar[], $3::int2[], $4::text[])";

async fn remember(
    db: &mut PgConnection,
    groups: &[Group],
    here: &HashMap<String, String>,
) -> Result<(), PgError> {
    let outcomes: Vec<_> = groups.iter().flat_map(|group| &group.outcomes).collect();
    let place = |outcome: &Outcome| {
        let kept = outcome.kept_in.as_ref()?;
        here.get(kept).cloned()
    };
    sqlx::query(CONVERSATIONS_HERE)
        .bind(
            outcomes
                .iter()
                .map(|outcome| outcome.old_id.clone())
                .collect::<Vec<_>>(),
        )
        .bind(
            outcomes
                .iter()
                .map(|outcome| place(outcome))
                .collect::<Vec<_>>(),
        )
        .bind(
            outcomes
                .iter()
                .map(|outcome| outcome.messages_kept)
                .collect::<Vec<_>>(),
        )
        .bind(
            outcomes
                .iter()
                .map(|outcome| outcome.messages_refused)
                .collect::<Vec<_>>(),
        )
        .execute(&mut *db)
        .await?;
    let notes = groups.iter().flat_map(|group| &group.notes);
    write_notes(db, &notes.collect::<Vec<_>>()).await
}

pub(in crate::legacy) async fn write_notes(
    db: &mut PgConnection,
    notes: &[&Note],
) -> Result<(), PgError> {
    if notes.is_empty() {
        return Ok(());
    }
    sqlx::query(NOTES)
        .bind(
            notes
                .iter()
                .map(|note| note.row == OldRow::Message)
                .collect::<Vec<_>>(),
        )
        .bind(notes.iter().map(|note| note.id.clone()).collect::<Vec<_>>())
        .bind(
            notes
                .iter()
                .map(|note| note.reason.number())
                .collect::<Vec<_>>(),
        )
        .bind(
            notes
                .iter()
                .map(|note| note.detail.clone())
                .collect::<Vec<_>>(),
        )
        .execute(db)
        .await?;
    Ok(())
}
