//! What people do.

use serde_json::{Value, json};
use test_support::Person;

/// The address of a conversation's part.
pub fn of(conversation: &str, part: &str) -> String {
    format!("/api/chat/conversations/{conversation}{part}")
}

pub fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

pub fn number(value: &Value) -> i64 {
    value
        .as_i64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

pub trait Talk {
    /// Opens a conversation, or finds it.
    async fn open(&self, with: Value) -> String;
    /// Sends a message that is new, and returns it.
    async fn say(&self, conversation: &str, content: &str) -> Value;
    /// Reads everything; returns what is unread then.
    async fn read(&self, conversation: &str) -> i64;
    async fn read_up_to(&self, conversation: &str, message: &str) -> i64;
    async fn join(&self, conversation: &str);
    async fn leave(&self, conversation: &str);
    /// The conversation as this person sees it.
    async fn look_at(&self, conversation: &str) -> Value;
    /// The conversation as this person's list shows it.
    async fn listed(&self, conversation: &str) -> Value;
    /// Every message, oldest first; none of them is read by that.
    async fn history(&self, conversation: &str) -> Vec<Value>;
    /// Over all conversations.
    async fn unread(&self) -> i64;
    /// The unread ones.
    async fn notifications(&self) -> Vec<Value>;
}

impl Talk for Person {
    async fn open(&self, with: Value) -> String {
        let answer = self.post("/api/chat/conversations", with).await;
        assert!(matches!(answer.status, 200 | 201), "{:#}", answer.json);
        id(&answer.json)
    }

    async fn say(&self, conversation: &str, content: &str) -> Value {
        let body = json!({"content": content});
        let sent = self.post(&of(conversation, "/messages"), body).await;
        sent.expect(201)["message"].take()
    }

    async fn read(&self, conversation: &str) -> i64 {
        let read = self.patch(&of(conversation, "/read"), json!({})).await;
        number(&read.expect(200)["unreadCount"])
    }

    async fn read_up_to(&self, conversation: &str, message: &str) -> i64 {
        let body = json!({"upTo": message});
        let read = self.patch(&of(conversation, "/read"), body).await;
        number(&read.expect(200)["unreadCount"])
    }

    async fn join(&self, conversation: &str) {
        let joined = self.post(&of(conversation, "/join"), json!({})).await;
        joined.expect(200);
    }

    async fn leave(&self, conversation: &str) {
        let left = self.post(&of(conversation, "/leave"), json!({})).await;
        left.expect(200);
    }

    async fn look_at(&self, conversation: &str) -> Value {
        self.get(&of(conversation, "")).await.expect(200)
    }

    async fn listed(&self, conversation: &str) -> Value {
        let mut list = self.get("/api/chat/conversations").await.expect(200);
        let list = list["conversations"].as_array_mut().expect("a list");
        let found = list.iter_mut().find(|found| found["id"] == conversation);
        found.expect("the conversation is in the list").take()
    }

    async fn history(&self, conversation: &str) -> Vec<Value> {
        let mut messages = Vec::new();
        let mut page = String::new();
        loop {
            let path = format!("/messages?limit=100&markRead=false{page}");
            let mut answer = self.get(&of(conversation, &path)).await.expect(200);
            let found = answer["messages"].as_array_mut().expect("a page");
            messages.append(found);
            match answer["nextCursor"].as_str() {
                Some(cursor) => page = format!("&before={cursor}"),
                None => break,
            }
        }
        messages.reverse();
        messages
    }

    async fn unread(&self) -> i64 {
        let count = self.get("/api/chat/unread-count").await.expect(200);
        number(&count["count"])
    }

    async fn notifications(&self) -> Vec<Value> {
        let page = self.get("/api/chat/notifications?unread=true").await;
        let mut page = page.expect(200);
        std::mem::take(page["notifications"].as_array_mut().expect("a page"))
    }
}
