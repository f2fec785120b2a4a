//! How long suppliers usually take, in UTC: the model knows no time zones.

use std::{collections::BTreeMap, time::Duration};

use async_trait::async_trait;

use super::{MemoryStorage, rows::ConversationRow, state::State};
use chat::{
    ids::UserId,
    person::Role,
    storage::{AnswerTimes, Result},
    timestamp::Timestamp,
    working_hours::{ANSWERS, Answered, WorkingHours, usual_minutes},
};

#[async_trait]
impl AnswerTimes for MemoryStorage {
    async fn work_out(&self, _: Duration) -> Result<usize> {
        Ok(self.state().work_out())
    }
}

impl State {
    fn work_out(&mut self) -> usize {
        let mut answers: BTreeMap<UserId, Vec<(Timestamp, Answered)>> = BTreeMap::new();
        for row in self.conversations.values() {
            if let Some(supplier) = &row.supplier {
                let known = answers.entry(supplier.user.clone()).or_default();
                known.extend(answers_in(row));
            }
        }
        let count = answers.len();
        for (user, mut answers) in answers {
            answers.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
            let newest: Vec<Answered> = answers
                .into_iter()
                .map(|(_, answer)| answer)
                .take(ANSWERS)
                .collect();
            let company = self.suppliers.values().find(|row| row.user_id == user);
            let hours = company.and_then(|company| company.working_hours.as_deref());
            let hours = hours.and_then(WorkingHours::parse);
            match usual_minutes(&newest, hours.as_ref()) {
                Some(minutes) => self.answer_times.insert(user, minutes),
                None => self.answer_times.remove(&user),
            };
        }
        count
    }
}

/// The supplier's first word after the buyer's, and since when they waited for it.
fn answers_in(row: &ConversationRow) -> Vec<(Timestamp, Answered)> {
    let minute = |at: Timestamp| at.micros().div_euclid(60_000_000);
    let (mut asked, mut answers) = (None, Vec::new());
    for message in row.messages.iter().filter(|one| one.system.is_none()) {
        match message.place {
            Role::Buyer => _ = asked.get_or_insert(message.created_at),
            Role::Supplier => answers.extend(asked.take().map(|asked| {
                let (asked, answered) = (minute(asked), minute(message.created_at));
                (message.created_at, Answered { asked, answered })
            })),
            Role::Admin => {}
        }
    }
    answers
}
