//! What people of the demo do every day: answers, corrections, reactions, settings, reports, saved replies.

use chat::{
    Chat,
    audit::Actor,
    barrier,
    change_settings::change_settings,
    correct_message::correct_message,
    file_report::{Complaint, judge_report, report},
    ids::{ConversationId, MessageId},
    own_settings::SettingsChange,
    react::react,
    replies::{Wording, add_reply},
    report::State,
    send_message::{Outgoing, send_message},
    take_back_message::take_back_message,
};

use super::{
    content::{self, Deed, Judged},
    error::DemoError,
    past::{HOUR, Past, actor, conversation, last_word},
};

/// Corrected and taken back at once, which is hours ago.
const NO_WINDOW: u32 = u32::MAX;

pub(super) async fn live(chat: &Chat, past: &Past) -> Result<(), DemoError> {
    let everyday = content::everyday()?;
    for scene in everyday.scenes {
        let product = Some(scene.product.as_str());
        let id = conversation(chat, &scene.buyer, &scene.supplier, product).await?;
        let mut said = Vec::new();
        for act in scene.acts {
            past.is_hours_ago(act.hours_ago);
            past.is_not_before(last_word(chat, &id).await?);
            let actor = actor(chat, &act.by).await?;
            said.extend(does(chat, &actor, &id, act.does, &said).await?);
        }
    }
    for reply in everyday.replies {
        let wording = Wording {
            name: reply.name,
            text: reply.text,
            is_shared: Some(reply.is_shared),
        };
        add_reply(chat, &actor(chat, &reply.by).await?.person, wording).await?;
    }
    past.is_hours_ago(0);
    Ok(())
}

/// The message, where one is sent. `said` are those before it in this scene.
async fn does(
    chat: &Chat,
    actor: &Actor,
    id: &ConversationId,
    deed: Deed,
    said: &[MessageId],
) -> Result<Option<MessageId>, DemoError> {
    match deed {
        Deed::Say { text, answers } => {
            let outgoing = Outgoing {
                content: text,
                reply_to: answers.map(|index| said[index].clone()),
                ..Outgoing::default()
            };
            let sent = send_message(chat, actor, id, outgoing).await?;
            return Ok(Some(sent.message.id));
        }
        Deed::Correct { message, text } => {
            correct_message(chat, actor, id, &said[message], text, NO_WINDOW).await?;
        }
        Deed::TakeBack { message } => {
            take_back_message(chat, actor, id, &said[message], None, NO_WINDOW).await?;
        }
        Deed::React { message, emoji } => {
            react(chat, actor, id, &said[message], &emoji, true).await?;
        }
        Deed::Set {
            archived,
            pinned,
            muted_hours,
            marked_unread,
        } => {
            let until = |hours: i64| Some(chat.clock.now().plus_seconds(hours * HOUR));
            let change = SettingsChange {
                is_archived: archived,
                is_pinned: pinned,
                muted_until: muted_hours.map(until),
                is_marked_unread: marked_unread,
            };
            change_settings(chat, actor, id, &change).await?;
        }
        Deed::Report {
            message,
            reason,
            text,
            judged,
        } => {
            let complaint = Complaint {
                message: message.map(|index| said[index].clone()),
                reason,
                text,
            };
            let report = report(chat, actor, id, complaint).await?;
            if let Some(Judged { by, answer }) = judged {
                let judge = self::actor(chat, &by).await?;
                let state = match answer {
                    Some(_) => State::Answered,
                    None => State::Dismissed,
                };
                judge_report(chat, &judge, &report.id, state, answer.as_deref()).await?;
            }
        }
        Deed::Block {} => {
            barrier::block(chat, actor, id, true).await?;
        }
        Deed::Close { reason } => {
            barrier::close(chat, actor, id, &reason).await?;
        }
    }
    Ok(None)
}
