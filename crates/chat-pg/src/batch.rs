//! What shares a transaction, and what must wait for the next one.

use std::{collections::HashSet, sync::Arc};

use chat::{
    bus::Bus,
    ids::ConversationId,
    message::Draft,
    storage::{Append, Mark},
};

use crate::{
    lane::{Job, Reply},
    mark::MarkJob,
};

/// Jobs that may share a transaction: no two that would need to see each other's result.
#[derive(Default)]
pub(crate) struct Batch {
    pub drafts: Vec<Draft>,
    pub draft_replies: Vec<(Arc<dyn Bus>, Reply<Append>)>,
    pub marks: Vec<MarkJob>,
    pub mark_replies: Vec<(Arc<dyn Bus>, Reply<Mark>)>,
    retries: HashSet<(String, ConversationId, String)>,
    marked: HashSet<ConversationId>,
}

impl Batch {
    /// Takes the job, or carries it over to the next batch.
    pub fn add(&mut self, job: Job, carried: &mut Vec<Job>) {
        match job {
            Job::Append(draft, bus, reply) => {
                let retry = draft
                    .client_message_id
                    .clone()
                    .map(|id| (draft.sender.to_string(), draft.conversation.clone(), id));
                if retry.is_some_and(|retry| !self.retries.insert(retry)) {
                    carried.push(Job::Append(draft, bus, reply));
                } else {
                    self.drafts.push(*draft);
                    self.draft_replies.push((bus, reply));
                }
            }
            Job::Mark(mark, bus, reply) => {
                if self.marked.insert(mark.conversation.clone()) {
                    self.marks.push(mark);
                    self.mark_replies.push((bus, reply));
                } else {
                    carried.push(Job::Mark(mark, bus, reply));
                }
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.marks.is_empty()
    }

    pub fn bus(&self) -> Option<Arc<dyn Bus>> {
        let drafts = self.draft_replies.iter().map(|(bus, _)| bus);
        drafts
            .chain(self.mark_replies.iter().map(|(bus, _)| bus))
            .next()
            .cloned()
    }

    pub fn conversations(&self) -> Vec<ConversationId> {
        let drafts = self.drafts.iter().map(|draft| draft.conversation.clone());
        drafts
            .chain(self.marks.iter().map(|mark| mark.conversation.clone()))
            .collect()
    }
}
