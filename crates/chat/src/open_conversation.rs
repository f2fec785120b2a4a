//! Opening a conversation: found when its purpose exists, made otherwise.

use crate::{
    audit::{Actor, Operation, record},
    chat::Chat,
    conversation::{Barrier, Conversation, Kind},
    error::{ChatError, Fields, Missing},
    ids::{ConversationId, ProductId, UserId},
    person::{Person, Role},
    rate_limit::{Decision, LimitedAction, RateLimitStatus},
    storage::NewConversation,
};

/// Whom somebody wants to talk with, and about what.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub buyer: Option<UserId>,
    /// A supplier's id or that supplier's user id.
    pub supplier: Option<String>,
    pub admin: Option<UserId>,
    pub product: Option<ProductId>,
    pub kind: Option<Kind>,
}

#[derive(Clone, Debug)]
pub struct Open {
    pub conversation: Conversation,
    pub created: bool,
    /// `None` when it existed: only something created costs.
    pub rate_limit: Option<RateLimitStatus>,
}

pub async fn open_conversation(
    chat: &Chat,
    actor: &Actor,
    request: Request,
) -> Result<Open, ChatError> {
    let person = &actor.person;
    let new = purpose(chat, person, request).await?;

    if let Some(blocking) = blocking(chat, person, &new).await? {
        // What was opened before the block stays.
        let existing = chat.membership.find(&new).await?;
        let refused = existing.ok_or(ChatError::Barred(Barrier::Blocked));
        let conversation =
            record::refusal(chat, actor, &blocking, Operation::Opening, refused).await?;
        return found(chat, actor, conversation).await;
    }

    let rate_limit = match chat
        .rate_limiter
        .take(&person.id, LimitedAction::OpenConversation)
        .await?
    {
        Decision::Taken(rate_limit) => rate_limit,
        Decision::Refused(rate_limit) => {
            let existing = chat.membership.find(&new).await?;
            let conversation = existing.ok_or(ChatError::RateLimited(rate_limit))?;
            return found(chat, actor, conversation).await;
        }
    };

    let act = actor.act(&*chat.clock);
    let opened = chat.membership.open(new, act).await;
    if !opened.as_ref().is_ok_and(|opened| opened.created) {
        chat.rate_limiter
            .give_back(&person.id, LimitedAction::OpenConversation)
            .await;
    }
    let opened = opened?;
    if !opened.created {
        return found(chat, actor, opened.conversation).await;
    }
    Ok(Open {
        conversation: opened.conversation,
        created: true,
        rate_limit: Some(rate_limit),
    })
}

/// A conversation in which the other side blocks whoever wants to open one more.
pub(crate) async fn blocking(
    chat: &Chat,
    person: &Person,
    new: &NewConversation,
) -> Result<Option<ConversationId>, ChatError> {
    let other = match (person.role, &new.supplier) {
        (Role::Buyer, Some(supplier)) => supplier,
        (Role::Supplier, Some(_)) => &new.buyer,
        _ => return Ok(None),
    };
    Ok(chat.barriers.blocking(other, &person.id).await?)
}

/// It existed. Nothing changed but that it was shown, which is audited first.
async fn found(chat: &Chat, actor: &Actor, conversation: Conversation) -> Result<Open, ChatError> {
    record::opened(chat, actor, [&conversation.id]).await?;
    Ok(Open {
        conversation,
        created: false,
        rate_limit: None,
    })
}

/// Resolves the people and the product, and says every wrong field at once.
async fn purpose(
    chat: &Chat,
    person: &Person,
    request: Request,
) -> Result<NewConversation, ChatError> {
    let named = names(person, &request)?;
    let mut wrong = Fields::new();

    let buyer = chat.directory.person(&named.buyer).await?;
    let buyer = suitable(buyer, Role::Buyer, "buyerId", &mut wrong)?;
    let supplier = match &named.supplier {
        Some(id) => {
            let user = chat.directory.supplier_user(id).await?;
            Some(suitable(user, Role::Supplier, "supplierId", &mut wrong)?)
        }
        None => None,
    };
    if let (Role::Supplier, Some(supplier)) = (person.role, &supplier)
        && supplier.id != person.id
    {
        return Err(ChatError::Forbidden(
            "You cannot speak for another supplier",
        ));
    }
    let admin = match &named.admin {
        Some(id) => {
            let user = chat.directory.person(id).await?;
            Some(suitable(user, Role::Admin, "adminId", &mut wrong)?)
        }
        None => None,
    };
    if let Some(product) = &request.product
        && chat.directory.product(product).await?.is_none()
    {
        wrong.insert("productId", "No such product".into());
    }
    let kind = kind_of(request.kind, supplier.is_some(), admin.is_some());
    let kind = kind.inspect_err(|reason| _ = wrong.insert("type", (*reason).to_owned()));
    let (Ok(kind), true) = (kind, wrong.is_empty()) else {
        return Err(ChatError::Invalid(wrong));
    };
    Ok(NewConversation {
        id: ConversationId::new(chat.clock.new_id()),
        kind,
        assign_admin: supplier.is_none() && admin.is_none(),
        buyer: buyer.id,
        supplier: supplier.map(|supplier| supplier.id),
        admin: admin.map(|admin| admin.id),
        product: request.product,
        now: chat.clock.now(),
    })
}

/// What was asked for, unless the participants contradict it; else what they make it.
pub fn kind_of(
    asked: Option<Kind>,
    has_supplier: bool,
    has_admin: bool,
) -> Result<Kind, &'static str> {
    match (asked, has_supplier, has_admin) {
        (Some(Kind::BuyerSupplier), false, _) => Err("buyer_supplier needs a supplier"),
        (Some(Kind::BuyerAdmin), true, _) => Err("buyer_admin has no supplier"),
        (Some(Kind::Support), true, false) => {
            Err("support with a supplier needs an administrator: name one as adminId")
        }
        (Some(kind), ..) => Ok(kind),
        (None, true, false) => Ok(Kind::BuyerSupplier),
        (None, false, true) => Ok(Kind::BuyerAdmin),
        // Three people, or nobody yet who answers.
        (None, true, true) | (None, false, false) => Ok(Kind::Support),
    }
}

/// The participants by name, after what the caller's own role adds or forbids.
struct Named {
    buyer: UserId,
    supplier: Option<String>,
    admin: Option<UserId>,
}

fn names(person: &Person, request: &Request) -> Result<Named, ChatError> {
    let named_buyer = || {
        let missing = || ChatError::field("buyerId", "A buyer is required");
        request.buyer.clone().ok_or_else(missing)
    };
    let mut supplier = request.supplier.clone();
    let mut admin = request.admin.clone();
    let buyer = match person.role {
        Role::Buyer => {
            if request.buyer.as_ref().is_some_and(|id| *id != person.id) {
                return Err(ChatError::Forbidden("You cannot speak for another buyer"));
            }
            person.id.clone()
        }
        Role::Supplier => {
            supplier.get_or_insert_with(|| person.id.to_string());
            named_buyer()?
        }
        Role::Admin => {
            if supplier.is_none() {
                admin.get_or_insert_with(|| person.id.clone());
            }
            named_buyer()?
        }
    };
    Ok(Named {
        buyer,
        supplier,
        admin,
    })
}

/// Exists, is active, has the role.
fn suitable(
    found: Option<Person>,
    role: Role,
    field: &'static str,
    wrong: &mut Fields,
) -> Result<Person, ChatError> {
    let person = found.ok_or(ChatError::NotFound(Missing::User))?;
    if person.role != role {
        wrong.insert(field, format!("Not a user with the role {}", role.as_str()));
    } else if !person.is_active {
        wrong.insert(field, "This user is not active".into());
    }
    Ok(person)
}
