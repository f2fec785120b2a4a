//! Messages. Since `seq` has no gaps, a page is a stretch of numbers: the far end costs what the
//! newest page costs.

use async_trait::async_trait;
use chat::{
    ids::{ConversationId, UserId},
    message::{Draft, Message},
    person::Person,
    storage::{Anchor, Append, HistoryPage, Messages, Missed, Result as Stored, Since},
};

use crate::{
    PgWriter,
    pool::Pool,
    read::messages::{self, Stretch},
    write::batch::{Caller, Job},
};

#[async_trait]
impl Messages for PgWriter {
    async fn append(&self, draft: Draft) -> Stored<Append> {
        let conversation = draft.conversation.clone();
        let job = |reply| Job::Append(Box::new(draft), Caller::new(reply));
        self.queue.submit(&conversation, job).await
    }

    async fn sent(
        &self,
        sender: &UserId,
        conversation: &ConversationId,
        client_message_id: &str,
    ) -> Stored<Option<Message>> {
        let (sender, conversation) = (sender.as_str(), conversation.as_str());
        let sent = async {
            let mut db = self.storage.pool.begin().await?;
            let sent = messages::sent(&mut db, sender, conversation, client_message_id).await?;
            db.commit().await?;
            Ok(sent)
        };
        self.storage.ask(sent).await
    }

    async fn history(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
    ) -> Stored<Option<HistoryPage>> {
        let page = page(&self.storage.pool, conversation, anchor, limit);
        self.storage.ask(page).await
    }

    async fn missed(&self, person: &Person, since: &[Since]) -> Stored<Vec<Missed>> {
        self.storage.batched.missed(person, since).await
    }
}

async fn page(
    db: &Pool,
    conversation: &ConversationId,
    anchor: &Anchor,
    limit: i64,
) -> Result<Option<HistoryPage>, sqlx::Error> {
    let id = conversation.as_str();
    let last = sqlx::query_scalar!(
        "select last_seq from haggle.conversations where id = $1",
        id
    )
    .fetch_optional(db)
    .await?
    .unwrap_or(0);
    let seq = match anchor {
        Anchor::Newest => Some(last + 1),
        Anchor::Before(message) | Anchor::After(message) | Anchor::Around(message) => {
            messages::seq_of(db, id, message.as_str()).await?
        }
    };
    let Some(seq) = seq else {
        return Ok(None);
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
    Ok(Some(HistoryPage {
        messages,
        has_older,
        has_newer,
    }))
}
