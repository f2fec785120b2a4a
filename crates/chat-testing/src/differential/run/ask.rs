//! People looking at something.

use std::collections::BTreeSet;

use super::{Answer, Run, nobody, said};
use crate::differential::{Only, Question, Seen, Wish, cast};
use chat::{
    ids::UserId,
    list_conversations::{Wanted, list_conversations},
    storage::{ReportQuery, Since, Sort},
};

impl Run<'_> {
    pub(super) async fn ask(&self, question: &Question) -> Answer {
        let chat = &self.world.chat;
        Ok(match question {
            Question::Find { named } => self.find(*named).await?,
            Question::Missed { who, seen } => self.missed(&cast::user(*who), seen).await?,
            Question::List { who, wish } => self.list(&cast::user(*who), *wish).await?,
            Question::UnreadCount { who } => {
                said(&chat.read_marks.unread_count(&cast::user(*who)).await?)
            }
            Question::Notifications {
                who,
                unread_only,
                limit,
            } => {
                let user = cast::user(*who);
                self.notified(&user, *unread_only, *limit).await?
            }
            Question::Statuses => self.statuses().await?,
            Question::Companions { who } => {
                let companions = chat.leases.companions(&cast::user(*who)).await?;
                said(&companions.into_iter().collect::<BTreeSet<_>>())
            }
            Question::ShareAConversation { one, other } if one == other => nobody(),
            Question::ShareAConversation { one, other } => {
                let (one, other) = (cast::user(*one), cast::user(*other));
                said(&chat.leases.share_a_conversation(&one, &other).await?)
            }
            Question::Changed => self.changed().await?,
            Question::Reports => {
                let query = ReportQuery {
                    limit: 100,
                    ..ReportQuery::default()
                };
                said(&chat.reports.page(&query).await?)
            }
        })
    }

    async fn missed(&self, user: &UserId, seen: &[Seen]) -> Answer {
        let Some(person) = self.person(user).await? else {
            return Ok(nobody());
        };
        let since = seen.iter().map(|seen| Since {
            conversation: self.conversation(seen.conversation),
            seq: seen.seq,
            rev: seen.rev,
        });
        let since: Vec<Since> = since.collect();
        let messages = &self.world.chat.messages;
        Ok(said(&messages.missed(&person, &since).await?))
    }

    async fn list(&self, user: &UserId, wish: Wish) -> Answer {
        let Some(person) = self.person(user).await? else {
            return Ok(nobody());
        };
        let wanted = Wanted {
            kind: wish.kind,
            waiting: wish.waiting,
            archived: wish.archived,
            pinned: wish.only == Some(Only::Pinned),
            unread: wish.only == Some(Only::Unread),
            needs_reply: wish.only == Some(Only::NeedsReply),
            sort: if wish.longest_wait_first {
                Sort::Waiting
            } else {
                Sort::Activity
            },
            search: wish.search.map(cast::search),
            ..Wanted::new(wish.view, wish.limit)
        };
        if wish.counted {
            let wanted = Wanted {
                counts: true,
                ..wanted
            };
            let listed = list_conversations(&self.world.chat, &person, wanted).await;
            return Ok(said(&listed.map(|(_, counts)| counts)));
        }
        Ok(said(&self.listed(&person, wanted).await))
    }

    async fn changed(&self) -> Answer {
        let people = 0..cast::PEOPLE;
        let known: Vec<_> = people
            .map(|who| (cast::user(who), cast::role(who)))
            .collect();
        let mut changed = self.world.chat.directory.changed(&known).await?;
        changed.sort_by_key(|(user, _)| user.clone());
        Ok(said(&changed))
    }
}
