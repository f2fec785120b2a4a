//! Pages of messages. Since `seq` has no gaps, a page is a stretch of numbers: the far end costs what the
//! newest page costs.

use chat::{
    ids::ConversationId,
    storage::{Anchor, HistoryPage},
};

use super::{
    messages::{self, Stretch},
    source::Source,
};

pub(crate) enum Page {
    Found(HistoryPage),
    /// The anchor is none of this conversation.
    NoSuchMessage,
    /// The conversation is not at the `rev` that is known.
    Behind,
}

/// Each statement has to see what the one before it saw, or more.
pub(crate) async fn page(
    db: &mut Source<'_>,
    conversation: &ConversationId,
    anchor: &Anchor,
    limit: i64,
    known_rev: Option<i64>,
) -> Result<Page, sqlx::Error> {
    let id = conversation.as_str();
    let row = sqlx::query!(
        "select last_seq, rev from haggle.conversations where id = $1",
        id
    )
    .fetch_optional(&mut *db)
    .await?;
    let (last, rev) = row.map_or((0, 0), |row| (row.last_seq, row.rev));
    if known_rev.is_some_and(|known| rev < known) {
        return Ok(Page::Behind);
    }
    let seq = match anchor {
        Anchor::Newest => Some(last + 1),
        Anchor::Before(message) | Anchor::After(message) | Anchor::Around(message) => {
            messages::seq_of(&mut *db, id, message.as_str()).await?
        }
    };
    let Some(seq) = seq else {
        return Ok(Page::NoSuchMessage);
    };
    let (above, up_to) = match anchor {
        Anchor::Newest | Anchor::Before(_) => (seq - 1 - limit, seq - 1),
        Anchor::After(_) => (seq, seq + limit),
        Anchor::Around(_) => (seq - 1 - (limit - 1) / 2, seq + limit / 2),
    };
    let stretch = Stretch {
        conversation: id.to_owned(),
        above: above.max(0),
        up_to: up_to.min(last),
    };
    let (has_older, has_newer) = (stretch.above > 0, stretch.up_to < last);
    let mut messages = messages::load(db, &[stretch]).await?;
    messages.reverse();
    Ok(Page::Found(HistoryPage {
        messages,
        has_older,
        has_newer,
    }))
}
