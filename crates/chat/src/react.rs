//! Putting a sign under a message, and taking it away.

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    audit::{Actor, Operation, record},
    change_message::{Changed, find, make, target},
    chat::Chat,
    content,
    error::ChatError,
    ids::{ConversationId, MessageId},
    limits::REACTION_BYTES,
    storage::Reacting,
};

/// Nobody is notified of it, and nothing is unread. What is so already stays so.
pub async fn react(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    message: &MessageId,
    emoji: &str,
    is_set: bool,
) -> Result<Changed, ChatError> {
    let emoji = sign(emoji).ok_or_else(|| {
        let reason = "Must be one character as people see it, such as an emoji";
        ChatError::field("emoji", reason)
    })?;
    let (access, known) = find(chat, actor, conversation, message, Operation::Reacting).await?;
    let may_react = match access.participant() {
        // Taking it away says nothing.
        Ok(participant) if is_set => participant.may_write(),
        place => place.map(|_| ()),
    };
    let reacted = match may_react {
        Ok(()) => {
            let reacting = Reacting {
                target: target(chat, actor, &known),
                emoji,
                is_set,
            };
            make(chat, actor, chat.message_changes.react(reacting)).await
        }
        Err(refused) => Err(refused),
    };
    record::refusal(chat, actor, conversation, Operation::Reacting, reacted).await
}

/// One grapheme that can be seen.
fn sign(given: &str) -> Option<String> {
    let plain = content::plain(given);
    let is_one = plain.graphemes(true).count() == 1;
    (is_one && plain.len() <= REACTION_BYTES && given.len() <= 2 * REACTION_BYTES).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn a_reaction_is_what_people_see_as_one_sign() {
        for one in ["👍", "👍🏽", "👩‍👩‍👧‍👦", "🇩🇪", "❤️", "é", "e\u{301}", "✓", "नि"]
        {
            assert!(sign(one).is_some(), "{one}");
        }
        assert_eq!(sign("e\u{301}").as_deref(), Some("é"));
        let zalgo = format!("a{}", "\u{335}".repeat(100));
        for wrong in ["", " ", "\n", "\0", "\u{202E}", "👍👎", "ok", &zalgo] {
            assert_eq!(sign(wrong), None, "{wrong}");
        }
    }
}
