//! What people say again and again, kept under a name: their own, and of suppliers also their
//! company's. `{{buyer}}`, `{{product}}` and `{{me}}` stay as they are here; whoever writes fills them in.

use crate::{
    chat::Chat,
    error::{ChatError, Fields, Missing},
    ids::ReplyId,
    limits,
    person::{Person, Role},
    reply::{Owner, Reply},
    search,
    storage::{NewReply, PutReply},
    written::written,
};

/// What is to be kept. `is_shared`: `None` keeps a reply with whom it is, and makes a new one their own.
#[derive(Clone, Debug)]
pub struct Wording {
    pub name: String,
    pub text: String,
    pub is_shared: Option<bool>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    Reply(Reply),
    /// Its owner has another of this name.
    Taken,
}

/// Those of this person and of their company, by name.
pub async fn list_replies(chat: &Chat, person: &Person) -> Result<Vec<Reply>, ChatError> {
    let owners = owners(chat, person).await?;
    Ok(chat.replies.list(&owners).await?)
}

pub async fn add_reply(chat: &Chat, person: &Person, wording: Wording) -> Result<Kept, ChatError> {
    let owners = owners(chat, person).await?;
    let owner = owner(person, &owners, wording.is_shared.unwrap_or(false))?;
    let id = ReplyId::new(chat.clock.new_id());
    let new = new(id, owner, &wording)?;
    kept(chat.replies.add(new).await?)
}

pub async fn replace_reply(
    chat: &Chat,
    person: &Person,
    id: &ReplyId,
    wording: Wording,
) -> Result<Kept, ChatError> {
    let owners = owners(chat, person).await?;
    let was = chat.replies.list(&owners).await?.into_iter();
    let was = was.into_iter().find(|reply| reply.id == *id);
    let was = was.ok_or(ChatError::NotFound(Missing::Reply))?;
    let is_shared = wording.is_shared.unwrap_or(was.is_shared());
    let owner = owner(person, &owners, is_shared)?;
    let new = new(id.clone(), owner, &wording)?;
    kept(chat.replies.replace(&owners, new).await?)
}

pub async fn remove_reply(chat: &Chat, person: &Person, id: &ReplyId) -> Result<(), ChatError> {
    let owners = owners(chat, person).await?;
    if chat.replies.remove(&owners, id).await? {
        return Ok(());
    }
    Err(ChatError::NotFound(Missing::Reply))
}

/// Whose replies this person uses and keeps in order.
async fn owners(chat: &Chat, person: &Person) -> Result<Vec<Owner>, ChatError> {
    let mut owners = vec![Owner::Person(person.id.clone())];
    if person.role == Role::Supplier {
        let company = chat.replies.company(&person.id).await?;
        owners.extend(company.map(Owner::Company));
    }
    Ok(owners)
}

fn owner(person: &Person, owners: &[Owner], is_shared: bool) -> Result<Owner, ChatError> {
    let mut owners = owners.iter();
    let found = owners.find(|owner| is_shared == matches!(owner, Owner::Company(_)));
    found.cloned().ok_or_else(|| {
        let why = if person.role == Role::Supplier {
            "You speak for no company"
        } else {
            "Only suppliers share replies with their company"
        };
        ChatError::field("isShared", why)
    })
}

/// Cleaned, and held against the limits; every wrong field is named.
fn new(id: ReplyId, owner: Owner, wording: &Wording) -> Result<NewReply, ChatError> {
    let mut wrong = Fields::new();
    let mut field = |name: &'static str, most: usize, raw: &str| match written(name, most, raw) {
        Ok(cleaned) if cleaned.is_empty() => {
            wrong.insert(name, "Is required".into());
            String::new()
        }
        Ok(cleaned) => cleaned,
        Err(ChatError::Invalid(fields)) => {
            for (name, reason) in fields {
                wrong.note(name, reason);
            }
            String::new()
        }
        Err(_) => String::new(),
    };
    let name = field("name", limits::REPLY_NAME_CHARS, &wording.name);
    let text = field("text", limits::REPLY_CHARS, &wording.text);
    if name.contains('\n') {
        wrong.insert("name", "One line".into());
    }
    if !wrong.is_empty() {
        return Err(ChatError::Invalid(wrong));
    }
    Ok(NewReply {
        id,
        owner,
        name_key: search::fold(&name),
        name,
        text,
    })
}

fn kept(put: PutReply) -> Result<Kept, ChatError> {
    match put {
        PutReply::Kept(reply) => Ok(Kept::Reply(reply)),
        PutReply::Taken => Ok(Kept::Taken),
        PutReply::NoSuchReply => Err(ChatError::NotFound(Missing::Reply)),
        PutReply::TooMany => Err(ChatError::Conflict(
            "There are as many saved replies as may be; delete one first",
        )),
    }
}
