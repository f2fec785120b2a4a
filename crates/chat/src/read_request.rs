//! Comparing what became of a request for quotation.

use crate::{
    access,
    audit::{Actor, Operation, record},
    chat::Chat,
    error::{ChatError, Missing},
    ids::RequestId,
    quotation::Quotation,
};

/// The buyer and administrators see all answers; a supplier who was asked sees their own.
pub async fn read_request(
    chat: &Chat,
    actor: &Actor,
    id: &RequestId,
) -> Result<Quotation, ChatError> {
    let found = chat.offers.quotation(id).await?;
    let mut request = found.ok_or(ChatError::NotFound(Missing::Request))?;
    let person = &actor.person;
    if person.id == request.buyer {
        return Ok(request);
    }
    if access::sees_all(person) {
        let conversations = request.answers.iter().map(|asked| &asked.conversation);
        record::viewed(chat, actor, conversations, Operation::Request).await?;
        return Ok(request);
    }
    request.answers.retain(|asked| asked.supplier == person.id);
    if request.answers.is_empty() {
        return Err(ChatError::Forbidden("This request is not yours"));
    }
    let offers = request
        .answers
        .iter()
        .filter_map(|asked| asked.offer.as_ref());
    let is_own = offers
        .clone()
        .any(|offer| Some(&offer.id) == request.accepted.as_ref());
    request.accepted = request.accepted.filter(|_| is_own);
    Ok(request)
}
