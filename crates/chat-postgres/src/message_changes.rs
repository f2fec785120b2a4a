//! What becomes of messages after they were sent.

use async_trait::async_trait;
use chat::{
    audit::{Act, Action},
    event::Event,
    ids::{AuditId, ConversationId, MessageId, UserId},
    limits::REACTIONS,
    message::{Message, SystemDraft, Version},
    offer::{Offer, State},
    person::Role,
    storage::{Change, Correction, MessageChanges, Reacting, Result as Stored, Retraction, Target},
    webhook::Happened,
};
use serde_json::{Value, json};
use sqlx::PgConnection;

use crate::{
    PgWriter,
    pool::Pool,
    read::messages,
    write::{
        held::Held,
        message_changes::{self as statements, Found},
        offers::{self, Ending},
        system,
    },
};

#[async_trait]
impl MessageChanges for PgWriter {
    async fn message(
        &self,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Stored<Option<Message>> {
        let pool = &self.storage.pool;
        self.storage
            .ask(message_of(pool, conversation, message))
            .await
    }

    async fn correct(&self, correction: Correction) -> Stored<Change> {
        let conversation = &correction.target.conversation;
        self.change(conversation, correct(self, &correction)).await
    }

    async fn take_back(&self, target: Target, retraction: Retraction) -> Stored<Change> {
        let taken = take_back(self, &target, &retraction);
        Box::pin(self.change(&target.conversation, taken)).await
    }

    async fn react(&self, reacting: Reacting) -> Stored<Change> {
        let conversation = &reacting.target.conversation;
        self.change(conversation, react(self, &reacting)).await
    }

    async fn versions(
        &self,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Stored<Option<Vec<Version>>> {
        let pool = &self.storage.pool;
        self.storage
            .ask(versions(pool, conversation, message))
            .await
    }

    async fn append_system(&self, draft: SystemDraft) -> Stored<Option<Message>> {
        let appended = append_system(self, &draft);
        self.change(&draft.conversation, appended).await
    }
}

async fn message_of(
    db: &Pool,
    conversation: &ConversationId,
    message: &MessageId,
) -> Result<Option<Message>, sqlx::Error> {
    let mut db = db.begin().await?;
    let found = messages::one(&mut db, conversation.as_str(), message.as_str()).await?;
    db.commit().await?;
    Ok(found)
}

async fn correct(writer: &PgWriter, correction: &Correction) -> Result<Change, sqlx::Error> {
    let target = &correction.target;
    let mut held = Held::take(writer, &target.conversation).await?;
    let found = match own(&mut held, target).await? {
        Ok(found) => found,
        Err(change) => return Ok(change),
    };
    if !found.is_text {
        return Ok(Change::NotText);
    }
    if found.is_answered || found.is_over(correction.window_minutes) {
        return Ok(Change::WindowOver);
    }
    if found.text == correction.text {
        return same(&mut held, target).await;
    }
    let preview = Some(&*correction.preview);
    let turn = count(&mut held, target, preview).await?;
    turn.correct(held.db(), &target.message, &correction.text, &target.act)
        .await?;
    done(held, turn, target, Action::Edited, json!({})).await
}

async fn take_back(
    writer: &PgWriter,
    target: &Target,
    retraction: &Retraction,
) -> Result<Change, sqlx::Error> {
    let mut held = Held::take(writer, &target.conversation).await?;
    let Some(found) = find(&mut held, target).await? else {
        return Ok(Change::NoMessage);
    };
    let mut detail = json!({});
    match retraction {
        Retraction::Own { .. } if !found.is_own => return Ok(Change::NotOwn),
        Retraction::Own { .. } if !found.sits => return Ok(Change::NotParticipant),
        Retraction::Moderation {
            reason: Some(reason),
            ..
        } => detail["reason"] = json!(reason),
        _ => {}
    }
    if found.is_deleted {
        let is_again = found.deleted_by.as_deref() == Some(actor(target));
        let same = same(&mut held, target).await?;
        return Ok(match same {
            Change::Same(message) if !is_again => Change::Deleted(message),
            same => same,
        });
    }
    match retraction {
        Retraction::Own { .. } if !found.is_text => return Ok(Change::NotText),
        Retraction::Moderation { .. } if found.is_system => return Ok(Change::NotText),
        Retraction::Own { window_minutes } if found.is_over(*window_minutes) => {
            return Ok(Change::WindowOver);
        }
        _ => {}
    }
    let withdrawn = match retraction {
        Retraction::Moderation { name, told_by, .. } => {
            let withdrawn = withdraw(held.db(), target, told_by).await?;
            withdrawn.map(|(ended, changed)| (ended, changed, name, told_by))
        }
        Retraction::Own { .. } => None,
    };
    let turn = count(&mut held, target, Some("")).await?;
    turn.take_back(held.db(), &target.message, &target.act)
        .await?;
    let (message, event) = audited(&mut held, turn, target, Action::Deleted, detail).await?;
    let (mut events, mut steps) = (Vec::new(), Vec::new());
    if let Some((ended, changed, name, told_by)) = withdrawn {
        let by = target.act.actor.as_ref().map(|by| (by, Role::Admin));
        let when = (told_by, target.act.at);
        let (_, told) = offers::tell(held.db(), &ended, (by, name), None, when).await?;
        let act = Act {
            id: AuditId::new(told_by.as_str()),
            ..target.act.clone()
        };
        offers::audit(held.db(), &ended, &act).await?;
        steps.extend(Happened::offered(&ended, &changed.kind));
        events.extend([changed, event, told]);
    } else {
        events.push(event);
    }
    held.commit_with(events, steps).await?;
    Ok(Change::Changed(Box::new(message)))
}

/// Ends the offer that this message is, if it is open.
async fn withdraw(
    db: &mut PgConnection,
    target: &Target,
    told_by: &MessageId,
) -> Result<Option<(Offer, Event)>, sqlx::Error> {
    let open = offers::open_in(db, &target.conversation).await?;
    let Some(open) = open.filter(|offer| offer.message == target.message) else {
        return Ok(None);
    };
    let ending = Ending {
        state: State::Withdrawn,
        by: target.act.actor.as_ref(),
        superseded_by: None,
        told_by: Some(told_by),
        act: &target.act,
    };
    offers::end(db, &open, ending).await.map(Some)
}

async fn react(writer: &PgWriter, reacting: &Reacting) -> Result<Change, sqlx::Error> {
    let Reacting {
        target,
        emoji,
        is_set,
    } = reacting;
    let mut held = Held::take(writer, &target.conversation).await?;
    if let Err(change) = in_place(&mut held, target).await? {
        return Ok(change);
    }
    let Change::Same(message) = same(&mut held, target).await? else {
        return Ok(Change::NoMessage);
    };
    let known = message.reactions.iter().find(|one| one.emoji == *emoji);
    let user = UserId::new(actor(target));
    if known.is_some_and(|one| one.users.contains(&user)) == *is_set {
        return Ok(Change::Same(message));
    }
    if *is_set && known.is_none() && message.reactions.len() >= REACTIONS {
        return Ok(Change::TooMany);
    }
    let turn = count(&mut held, target, None).await?;
    turn.react(held.db(), &target.message, emoji, &target.act, *is_set)
        .await?;
    let detail = json!({"emoji": emoji, "isSet": is_set});
    done(held, turn, target, Action::Reacted, detail).await
}

async fn append_system(
    writer: &PgWriter,
    draft: &SystemDraft,
) -> Result<Option<Message>, sqlx::Error> {
    let mut held = Held::take(writer, &draft.conversation).await?;
    let Some((message, event)) = system::append(held.db(), draft).await? else {
        return Ok(None);
    };
    held.commit(vec![event]).await?;
    Ok(Some(message))
}

async fn versions(
    db: &Pool,
    conversation: &ConversationId,
    message: &MessageId,
) -> Result<Option<Vec<Version>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select said.message as "message!", said.edited_at
        from haggle.message_rows m
        cross join lateral (
          select v.message, v.edited_at, v.rev
          from haggle.message_versions v
          where v.message_id = m.id
          union all
          select m.message, m.edited_at, null
          where m.deleted_at is null
        ) said
        where m.id = $1 and m.conversation_id = $2
        order by said.rev nulls last
        "#,
        message.as_str(),
        conversation.as_str()
    )
    .fetch_all(db)
    .await?;
    let versions: Vec<_> = rows
        .into_iter()
        .map(|row| Version {
            text: row.message,
            edited_at: row.edited_at.map(Into::into),
        })
        .collect();
    // Whatever was said has a version.
    Ok((!versions.is_empty()).then_some(versions))
}

impl Found {
    fn is_over(&self, window_minutes: u32) -> bool {
        window_minutes == 0 || self.age_minutes >= f64::from(window_minutes)
    }
}

fn actor(target: &Target) -> &str {
    target.act.actor.as_ref().map_or("", UserId::as_str)
}

async fn find(held: &mut Held<'_>, target: &Target) -> Result<Option<Found>, sqlx::Error> {
    let Target {
        conversation,
        message,
        ..
    } = target;
    statements::find(held.db(), conversation, message, actor(target)).await
}

/// A message that is there still, of somebody who sits there.
async fn in_place(
    held: &mut Held<'_>,
    target: &Target,
) -> Result<Result<Found, Change>, sqlx::Error> {
    let Some(found) = find(held, target).await? else {
        return Ok(Err(Change::NoMessage));
    };
    if !found.sits {
        return Ok(Err(Change::NotParticipant));
    }
    if found.is_deleted {
        return Ok(Err(match same(held, target).await? {
            Change::Same(message) => Change::Deleted(message),
            other => other,
        }));
    }
    Ok(Ok(found))
}

/// The same, and they sent it.
async fn own(held: &mut Held<'_>, target: &Target) -> Result<Result<Found, Change>, sqlx::Error> {
    let found = find(held, target).await?;
    if found.is_some_and(|found| !found.is_own) {
        return Ok(Err(Change::NotOwn));
    }
    in_place(held, target).await
}

async fn same(held: &mut Held<'_>, target: &Target) -> Result<Change, sqlx::Error> {
    let (conversation, message) = (target.conversation.as_str(), target.message.as_str());
    let message = messages::one(held.db(), conversation, message).await?;
    Ok(message.map_or(Change::NoMessage, |message| Change::Same(Box::new(message))))
}

async fn count(
    held: &mut Held<'_>,
    target: &Target,
    preview: Option<&str>,
) -> Result<statements::Turn, sqlx::Error> {
    statements::count(held.db(), &target.conversation, &target.message, preview).await
}

async fn done(
    mut held: Held<'_>,
    turn: statements::Turn,
    target: &Target,
    action: Action,
    detail: Value,
) -> Result<Change, sqlx::Error> {
    let (message, event) = audited(&mut held, turn, target, action, detail).await?;
    held.commit(vec![event]).await?;
    Ok(Change::Changed(Box::new(message)))
}

async fn audited(
    held: &mut Held<'_>,
    turn: statements::Turn,
    target: &Target,
    action: Action,
    mut detail: Value,
) -> Result<(Message, Event), sqlx::Error> {
    let Target {
        conversation,
        message,
        act,
    } = target;
    detail["message"] = json!(message.as_str());
    statements::audit(held.db(), conversation, act, action, &detail).await?;
    turn.tell(held.db(), conversation, message).await
}
