//! Messages.

use async_trait::async_trait;
use chat::{
    ids::{ConversationId, UserId},
    message::{Draft, Message},
    person::Person,
    storage::{Anchor, Append, HistoryPage, Messages, Missed, Result as Stored, Since},
};

use crate::{
    PgWriter,
    read::{
        history::{Page, page},
        messages,
        source::Source,
    },
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
        known_rev: i64,
    ) -> Stored<Option<HistoryPage>> {
        if let Some(replica) = &self.storage.replica
            && let Some(page) = replica.page(conversation, anchor, limit, known_rev).await
        {
            return Ok(Some(page));
        }
        let mut primary = Source::Pool(&self.storage.pool);
        let page = page(&mut primary, conversation, anchor, limit, None);
        Ok(match self.storage.ask(page).await? {
            Page::Found(page) => Some(page),
            Page::NoSuchMessage | Page::Behind => None,
        })
    }

    async fn missed(&self, person: &Person, since: &[Since]) -> Stored<Vec<Missed>> {
        self.storage.batched.missed(person, since).await
    }
}
