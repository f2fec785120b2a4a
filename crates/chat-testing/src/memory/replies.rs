//! Saved replies.

use async_trait::async_trait;

use super::{
    MemoryStorage,
    rows::{ReplyRow, number},
    state::State,
};
use chat::{
    ids::{ReplyId, UserId},
    limits,
    reply::{Owner, Reply},
    storage::{NewReply, PutReply, Replies, Result},
};

#[async_trait]
impl Replies for MemoryStorage {
    async fn company(&self, user: &UserId) -> Result<Option<String>> {
        Ok(self.state().spoken_for(user))
    }

    async fn list(&self, owners: &[Owner]) -> Result<Vec<Reply>> {
        let mut rows = self.state().replies.clone();
        rows.retain(|row| owners.contains(&row.reply.owner));
        rows.sort_by_key(|row| (row.name_key.clone(), row.reply.id.clone()));
        Ok(rows.into_iter().map(|row| row.reply).collect())
    }

    async fn add(&self, new: NewReply) -> Result<PutReply> {
        Ok(self.state().add_reply(new))
    }

    async fn replace(&self, owners: &[Owner], new: NewReply) -> Result<PutReply> {
        Ok(self.state().replace_reply(owners, new))
    }

    async fn remove(&self, owners: &[Owner], id: &ReplyId) -> Result<bool> {
        Ok(self.state().take_reply(owners, id).is_some())
    }
}

impl State {
    fn spoken_for(&self, user: &UserId) -> Option<String> {
        let company = self.suppliers.values().find(|row| row.user_id == *user);
        let own = || self.users.get(user)?.company.clone();
        let company = company.map(|row| row.name.clone()).or_else(own)?;
        Some(company.trim().to_owned()).filter(|company| !company.is_empty())
    }

    fn add_reply(&mut self, new: NewReply) -> PutReply {
        let of_owner = || {
            self.replies
                .iter()
                .filter(|row| row.reply.owner == new.owner)
        };
        if of_owner().any(|row| row.name_key == new.name_key) {
            return PutReply::Taken;
        }
        if number(of_owner().count()) >= limits::REPLIES {
            return PutReply::TooMany;
        }
        let reply = Reply {
            id: new.id,
            name: new.name,
            text: new.text,
            owner: new.owner,
        };
        self.replies.push(ReplyRow {
            name_key: new.name_key,
            reply: reply.clone(),
        });
        PutReply::Kept(reply)
    }

    fn replace_reply(&mut self, owners: &[Owner], new: NewReply) -> PutReply {
        let Some(was) = self.take_reply(owners, &new.id) else {
            return PutReply::NoSuchReply;
        };
        let put = self.add_reply(new);
        if !matches!(put, PutReply::Kept(_)) {
            self.replies.push(was);
        }
        put
    }

    fn take_reply(&mut self, owners: &[Owner], id: &ReplyId) -> Option<ReplyRow> {
        let mut rows = self.replies.iter();
        let place =
            rows.position(|row| row.reply.id == *id && owners.contains(&row.reply.owner))?;
        Some(self.replies.remove(place))
    }
}
