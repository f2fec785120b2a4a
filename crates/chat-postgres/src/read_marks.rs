//! How far everybody has read.

use async_trait::async_trait;
use chat::{
    ids::{MessageId, UserId},
    participant::Participant,
    storage::{Mark, ReadMarks, Result},
    timestamp::Timestamp,
};

use crate::{
    PgWriter,
    write::{
        batch::{Caller, Job},
        read_marks::MarkJob,
    },
};

#[async_trait]
impl ReadMarks for PgWriter {
    async fn mark_read(
        &self,
        reader: &Participant,
        up_to: Option<&MessageId>,
        now: Timestamp,
    ) -> Result<Mark> {
        let conversation = &reader.conversation().id;
        let mark = MarkJob {
            conversation: conversation.clone(),
            reader: reader.user().clone(),
            up_to: up_to.cloned(),
            now,
        };
        let job = |reply| Job::Mark(mark, Caller::new(reply));
        self.queue.submit(conversation, job).await
    }

    async fn unread_count(&self, user: &UserId) -> Result<i64> {
        let answer = sqlx::query_scalar!(
            r#"
            select coalesce(sum(
              case $1
                when buyer_id then unread_count_buyer
                when supplier_id then unread_count_supplier
                else unread_count_admin
              end
            ), 0)::bigint as "count!"
            from haggle.conversations c
            where (buyer_id = $1 or supplier_id = $1 or admin_id = $1)
              and not haggle.is_muted_by($1, c)
            "#,
            user.as_str()
        )
        .fetch_one(&self.storage.pool);
        self.storage.ask(answer).await
    }
}
