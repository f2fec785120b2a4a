//! What becomes of a message after it was sent.

use super::{Checks, Persona, World};
use chat::{
    audit::{Action, AuditQuery},
    event::EventKind,
    ids::{ConversationId, MessageId},
    limits::{REACTIONS, RESUME_MESSAGES},
    message::{Message, MessageKind, SystemDraft, SystemEvent, SystemNote, Version},
    person::Role,
    storage::{
        Anchor, Append, Change, Correction, Missed, Reacting, Result, Retraction, Since, Target,
    },
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("changing::a_correction_is_told_and_kept", |world| {
        Box::pin(check_a_correction_is_told_and_kept(world))
    }),
    ("changing::only_ones_own_and_only_in_time", |world| {
        Box::pin(check_only_ones_own_and_only_in_time(world))
    }),
    ("changing::what_is_taken_back_keeps_its_place", |world| {
        Box::pin(check_what_is_taken_back_keeps_its_place(world))
    }),
    ("changing::administrators_take_anything_back", |world| {
        Box::pin(check_administrators_take_anything_back(world))
    }),
    ("changing::reactions_are_there_once", |world| {
        Box::pin(check_reactions_are_there_once(world))
    }),
    ("changing::an_answer_shows_what_it_answers", |world| {
        Box::pin(check_an_answer_shows_what_it_answers(world))
    }),
    ("changing::who_returns_hears_of_every_change", |world| {
        Box::pin(check_who_returns_hears_of_every_change(world))
    }),
    ("changing::too_many_changes_are_a_reset", |world| {
        Box::pin(check_too_many_changes_are_a_reset(world))
    }),
    ("changing::what_happened_is_a_message", |world| {
        Box::pin(check_what_happened_is_a_message(world))
    }),
    (
        "changing::an_accepted_offer_closes_what_was_said",
        |world| Box::pin(check_an_accepted_offer_closes_what_was_said(world)),
    ),
    ("changing::every_change_is_audited", |world| {
        Box::pin(check_every_change_is_audited(world))
    }),
    ("changing::the_deleted_leave_no_reactions", |world| {
        Box::pin(check_the_deleted_leave_no_reactions(world))
    }),
];

/// Longer ago than any message of a test, whatever the clock of storage says.
const EVER: u32 = 100 * 366 * 24 * 60;

fn done(change: Result<Change>) -> Change {
    change.expect("storage answers")
}

fn target(who: &Persona<'_>, message: &Message) -> Target {
    Target {
        conversation: message.conversation.clone(),
        message: message.id.clone(),
        act: who.act(),
    }
}

async fn correct(world: &World, who: &Persona<'_>, message: &Message, text: &str) -> Change {
    correct_within(world, who, message, text, EVER).await
}

pub(super) async fn correct_as(world: &World, who: &Persona<'_>, message: &Message, text: &str) {
    changed(correct(world, who, message, text).await);
}

async fn correct_within(
    world: &World,
    who: &Persona<'_>,
    message: &Message,
    text: &str,
    window_minutes: u32,
) -> Change {
    let correction = Correction {
        target: target(who, message),
        text: text.to_owned(),
        preview: chat::content::preview(text),
        window_minutes,
    };
    done(world.chat.message_changes.correct(correction).await)
}

async fn take_back(world: &World, who: &Persona<'_>, message: &Message) -> Change {
    let own = Retraction::Own {
        window_minutes: EVER,
    };
    let taken = world
        .chat
        .message_changes
        .take_back(target(who, message), own);
    done(taken.await)
}

pub(super) async fn moderate(world: &World, who: &Persona<'_>, message: &Message) -> Change {
    let reason = Some("Not here".to_owned());
    let retraction = moderation(world, reason);
    let changes = &world.chat.message_changes;
    done(changes.take_back(target(who, message), retraction).await)
}

pub(super) fn moderation(world: &World, reason: Option<String>) -> Retraction {
    Retraction::Moderation {
        reason,
        name: "Sol".to_owned(),
        told_by: MessageId::new(world.chat.clock.new_id()),
    }
}

async fn react(
    world: &World,
    who: &Persona<'_>,
    message: &Message,
    emoji: &str,
    is_set: bool,
) -> Change {
    let reacting = Reacting {
        target: target(who, message),
        emoji: emoji.to_owned(),
        is_set,
    };
    done(world.chat.message_changes.react(reacting).await)
}

fn changed(change: Change) -> Message {
    match change {
        Change::Changed(message) => *message,
        other => panic!("nothing changed: {other:?}"),
    }
}

async fn shown(world: &World, message: &Message) -> Message {
    let changes = &world.chat.message_changes;
    let found = changes.message(&message.conversation, &message.id).await;
    found.expect("a message can be read").expect("it is there")
}

async fn versions(world: &World, message: &Message) -> Vec<String> {
    let changes = &world.chat.message_changes;
    let versions = changes.versions(&message.conversation, &message.id).await;
    let versions: Vec<Version> = versions.expect("they can be read").expect("it is there");
    assert_eq!(versions[0].edited_at, None, "as it was sent");
    versions.into_iter().map(|version| version.text).collect()
}

async fn check_a_correction_is_told_and_kept(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let first = buyer.send(&id, "one").await;
    let second = buyer.send(&id, "twq").await;
    world.publisher.take();
    world.clock.advance_seconds(1);
    let corrected = changed(correct(world, &buyer, &second, "two").await);
    let expected = Message {
        text: "two".to_owned(),
        edited_at: Some(world.clock.now()),
        changed_rev: Some(4),
        ..second.clone()
    };
    assert_eq!(corrected, expected);
    let now = world.conversation(&id).await;
    assert_eq!((now.rev, now.messages_rev, now.last_seq), (4, 4, 2));
    assert_eq!(now.last_message.as_deref(), Some("two"), "the newest");
    assert_eq!(now.last_message_at, Some(second.created_at));
    let told = world.publisher.take();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].audience, [buyer.id.clone(), supplier.id.clone()]);
    let kind = EventKind::MessageUpdated {
        rev: 4,
        message: corrected.clone(),
    };
    assert_eq!(told[0].kind, kind);
    assert_eq!(supplier.unread().await, 2, "it is not a new one");

    // Unchanged.
    let again = correct(world, &buyer, &second, "two").await;
    assert_eq!(again, Change::Same(Box::new(corrected)));
    assert_eq!(world.conversation(&id).await.rev, 4);

    changed(correct(world, &buyer, &first, "One").await);
    let now = world.conversation(&id).await;
    assert_eq!(now.last_message.as_deref(), Some("two"), "not the newest");
    changed(correct(world, &buyer, &first, "1").await);
    assert_eq!(versions(world, &first).await, ["one", "One", "1"]);
    let page = world.history(&id, Anchor::Newest, 10).await;
    let texts: Vec<_> = page.messages.iter().map(|m| m.text.as_str()).collect();
    assert_eq!(texts, ["two", "1"]);
    assert_eq!(shown(world, &first).await, page.messages[1]);
}

async fn check_only_ones_own_and_only_in_time(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let stranger = world.buyer("bob").await;
    let admin = world.admin("ann").await;
    let message = buyer.send(&id, "mine").await;
    let before = (world.conversation(&id).await, world.publisher.count());
    for other in [&supplier, &stranger, &admin] {
        assert_eq!(
            correct(world, other, &message, "theirs").await,
            Change::NotOwn
        );
        assert_eq!(take_back(world, other, &message).await, Change::NotOwn);
    }
    for outsider in [&stranger, &admin] {
        let reacted = react(world, outsider, &message, "👍", true).await;
        assert_eq!(reacted, Change::NotParticipant);
    }
    let late = correct_within(world, &buyer, &message, "late", 0).await;
    assert_eq!(late, Change::WindowOver);
    let own = Retraction::Own { window_minutes: 0 };
    let changes = &world.chat.message_changes;
    let late = changes.take_back(target(&buyer, &message), own).await;
    assert_eq!(done(late), Change::WindowOver);
    let elsewhere = world.open(world.support(&buyer)).await;
    let elsewhere = Message {
        conversation: elsewhere,
        ..message.clone()
    };
    let missing = correct(world, &buyer, &elsewhere, "there").await;
    assert_eq!(missing, Change::NoMessage);
    assert_eq!(
        react(world, &buyer, &elsewhere, "👍", true).await,
        Change::NoMessage
    );
    let now = world.conversation(&id).await;
    assert_eq!((now, world.publisher.count() - 1), before, "opened one");

    // Whoever left changes nothing any more.
    admin.join(&id).await;
    let hers = admin.send(&id, "from ann").await;
    admin.leave(&id).await;
    assert_eq!(
        correct(world, &admin, &hers, "gone").await,
        Change::NotParticipant
    );
    admin.join(&id).await;
    world.put_user("ann", Role::Buyer, true).await;
    assert_eq!(
        correct(world, &admin, &hers, "demoted").await,
        Change::NotParticipant
    );
}

async fn check_what_is_taken_back_keeps_its_place(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let message = buyer.send(&id, "The secret price").await;
    changed(react(world, &supplier, &message, "👍", true).await);
    changed(correct(world, &buyer, &message, "The secret prices").await);
    world.clock.advance_seconds(1);
    let taken = changed(take_back(world, &buyer, &message).await);
    assert_eq!((taken.seq, &*taken.text), (message.seq, ""));
    assert_eq!(taken.deleted_at, Some(world.clock.now()));
    assert_eq!(taken.deleted_by.as_ref(), Some(&buyer.id));
    assert!(taken.reactions.is_empty());
    let now = world.conversation(&id).await;
    assert_eq!((now.rev, now.messages_rev, now.last_seq), (5, 5, 1));
    assert_eq!(now.last_message.as_deref(), Some(""));
    let waiting = supplier.notifications().await;
    assert_eq!(waiting[0].preview, "", "nobody is told of it any more");
    let said = versions(world, &message).await;
    assert_eq!(said, ["The secret price", "The secret prices"]);

    let again = take_back(world, &buyer, &message).await;
    assert_eq!(again, Change::Same(Box::new(taken.clone())));
    let too_late = correct(world, &buyer, &message, "back").await;
    assert_eq!(too_late, Change::Deleted(Box::new(taken.clone())));
    let too_late = react(world, &buyer, &message, "👍", true).await;
    assert_eq!(too_late, Change::Deleted(Box::new(taken.clone())));
    assert_eq!(world.conversation(&id).await.rev, 5);
    let page = world.history(&id, Anchor::Newest, 10).await;
    assert_eq!(page.messages, [taken]);
}

async fn check_administrators_take_anything_back(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    let message = buyer.send(&id, "rude").await;
    let taken = changed(moderate(world, &ann, &message).await);
    assert_eq!(taken.deleted_by.as_ref(), Some(&ann.id));
    let heard = supplier.heard();
    assert!(
        matches!(heard.last(), Some(EventKind::MessageUpdated { message, .. }) if *message == taken)
    );
    assert!(ann.heard().is_empty(), "she does not sit there");
    let again = moderate(world, &ann, &message).await;
    assert_eq!(again, Change::Same(Box::new(taken.clone())));
    let other = moderate(world, &art, &message).await;
    assert_eq!(other, Change::Deleted(Box::new(taken.clone())));
    let sender = take_back(world, &buyer, &message).await;
    assert_eq!(sender, Change::Deleted(Box::new(taken)));
}

async fn check_reactions_are_there_once(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let message = buyer.send(&id, "one").await;
    supplier.read(&id).await;
    changed(react(world, &supplier, &message, "👍", true).await);
    changed(react(world, &buyer, &message, "🎉", true).await);
    let both = changed(react(world, &buyer, &message, "👍", true).await);
    let told = |message: &Message| -> Vec<(String, usize)> {
        let all = message.reactions.iter();
        all.map(|one| (one.emoji.clone(), one.users.len()))
            .collect()
    };
    assert_eq!(told(&both), [("👍".to_owned(), 2), ("🎉".to_owned(), 1)]);
    assert_eq!(
        both.reactions[0].users,
        [supplier.id.clone(), buyer.id.clone()]
    );
    assert_eq!(
        react(world, &buyer, &message, "👍", true).await,
        Change::Same(Box::new(both.clone()))
    );
    assert_eq!((buyer.unread().await, supplier.unread().await), (0, 0));
    let less = changed(react(world, &supplier, &message, "👍", false).await);
    assert_eq!(told(&less), [("🎉".to_owned(), 1), ("👍".to_owned(), 1)]);
    let none = react(world, &supplier, &message, "👍", false).await;
    assert_eq!(none, Change::Same(Box::new(less)));
    assert_eq!(
        world.conversation(&id).await.last_message.as_deref(),
        Some("one")
    );

    let signs: Vec<char> = ('a'..).take(REACTIONS).collect();
    for sign in &signs[2..] {
        changed(react(world, &buyer, &message, &sign.to_string(), true).await);
    }
    let one_more = react(world, &buyer, &message, "!", true).await;
    assert_eq!(one_more, Change::TooMany);
    changed(react(world, &supplier, &message, "🎉", true).await);
}

async fn check_an_answer_shows_what_it_answers(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let question = buyer.send(&id, "How\nmuch?").await;
    world.publisher.take();
    let mut draft = supplier.draft(&id, "12").await;
    draft.reply_to = Some(question.id.clone());
    draft.client_message_id = Some("k".to_owned());
    let Append::Created(answer) = supplier.append(draft.clone()).await else {
        panic!("it can be answered");
    };
    let reply = answer.reply_to.clone().expect("what it answers");
    assert_eq!((&reply.id, reply.seq), (&question.id, 1));
    assert_eq!((&*reply.preview, reply.is_deleted), ("How much?", false));
    assert_eq!(reply.sender_name, question.sender_name);
    let told = world.publisher.take();
    let message = (*answer).clone();
    assert_eq!(told[0].kind, EventKind::Message { rev: 3, message });
    assert_eq!(
        supplier.append(draft.clone()).await,
        Append::Known(answer.clone())
    );
    assert_eq!(shown(world, &answer).await, *answer);

    changed(correct(world, &buyer, &question, "How many?").await);
    let reply = shown(world, &answer).await.reply_to.expect("the same");
    assert_eq!(reply.preview, "How many?");
    changed(take_back(world, &buyer, &question).await);
    let reply = shown(world, &answer).await.reply_to.expect("the same");
    assert_eq!((&*reply.preview, reply.is_deleted), ("", true));

    let elsewhere = world.open(world.support(&buyer)).await;
    let mut draft = buyer.draft(&elsewhere, "there").await;
    draft.reply_to = Some(question.id.clone());
    assert_eq!(buyer.append(draft.clone()).await, Append::NoSuchReply);
    draft.reply_to = Some(MessageId::new("01900000-0000-7000-8000-ffffffffffff"));
    assert_eq!(buyer.append(draft).await, Append::NoSuchReply);
    assert_eq!(world.conversation(&elsewhere).await.last_seq, 0);
}

async fn missed(
    world: &World,
    who: &Persona<'_>,
    id: &ConversationId,
    seq: i64,
    rev: Option<i64>,
) -> Missed {
    let since = Since {
        conversation: id.clone(),
        seq,
        rev,
    };
    let (person, since) = (who.person().await, [since]);
    let missed = world.chat.messages.missed(&person, &since).await;
    let mut missed = missed.expect("what was missed can be read");
    missed.remove(0)
}

/// New and changed ones, by `seq`; `None` is a reset.
fn seqs(missed: &Missed) -> Option<(Vec<i64>, Vec<i64>)> {
    let numbers = |all: &[Message]| all.iter().map(|message| message.seq).collect();
    match missed {
        Missed::Caught {
            messages, updated, ..
        } => Some((numbers(messages), numbers(updated))),
        Missed::Reset(_) => None,
    }
}

async fn check_who_returns_hears_of_every_change(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let mut all = Vec::new();
    for text in ["one", "two", "three", "four"] {
        all.push(buyer.send(&id, text).await);
    }
    // rev 5.
    changed(correct(world, &buyer, &all[1], "2").await);
    changed(react(world, &supplier, &all[3], "👍", true).await);
    changed(take_back(world, &buyer, &all[0]).await);
    let seen = async |seq, rev| seqs(&missed(world, &supplier, &id, seq, rev).await);
    assert_eq!(seen(4, Some(5)).await, Some((vec![], vec![1, 2, 4])));
    assert_eq!(seen(4, Some(6)).await, Some((vec![], vec![1, 4])));
    assert_eq!(seen(4, Some(8)).await, Some((vec![], vec![])));
    assert_eq!(seen(2, Some(3)).await, Some((vec![3, 4], vec![1, 2])));
    assert_eq!(seen(4, None).await, Some((vec![], vec![1, 2, 4])));
    assert_eq!(seen(0, None).await, Some((vec![1, 2, 3, 4], vec![])));
    let Missed::Caught { updated, .. } = missed(world, &supplier, &id, 4, Some(5)).await else {
        panic!("it is in reach");
    };
    for message in &updated {
        assert_eq!(*message, shown(world, message).await, "as it is now");
    }
    // Two who ask at once hear of their own.
    let person = supplier.person().await;
    let since = |rev| Since {
        conversation: id.clone(),
        seq: 4,
        rev: Some(rev),
    };
    let asked = [since(7), since(6)];
    let both = world.chat.messages.missed(&person, &asked);
    let both: Vec<_> = both
        .await
        .expect("it can be read")
        .iter()
        .map(seqs)
        .collect();
    assert_eq!(both, [Some((vec![], vec![1])), Some((vec![], vec![1, 4]))]);
}

async fn check_too_many_changes_are_a_reset(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let most = usize::try_from(RESUME_MESSAGES).expect("a small number");
    let rev = 1 + RESUME_MESSAGES;
    let mut all = Vec::new();
    for number in 0..most {
        all.push(buyer.send(&id, &number.to_string()).await);
    }
    for message in &all {
        changed(react(world, &supplier, message, "👍", true).await);
    }
    let last = RESUME_MESSAGES;
    let caught = seqs(&missed(world, &buyer, &id, last, Some(rev)).await);
    assert_eq!(caught.map(|(_, updated)| updated.len()), Some(most));
    buyer.send(&id, "one more").await;
    let caught = seqs(&missed(world, &buyer, &id, last, Some(rev)).await);
    assert_eq!(caught, None, "together they are too many");
    let caught = seqs(&missed(world, &buyer, &id, last, Some(rev + 1)).await);
    assert_eq!(
        caught.map(|(new, updated)| (new.len(), updated.len())),
        Some((1, most - 1))
    );
}

fn happened(
    world: &World,
    id: &ConversationId,
    event: SystemEvent,
    actor: Option<&Persona<'_>>,
) -> SystemDraft {
    SystemDraft {
        id: world.message_id(),
        conversation: id.clone(),
        actor: actor.map(|actor| actor.id.clone()),
        actor_name: String::new(),
        actor_role: Role::Admin,
        note: SystemNote {
            event,
            offer: None,
            reason: Some("Enough".to_owned()),
        },
        text: "Closed: Enough".to_owned(),
        now: world.clock.now(),
    }
}

async fn say_happened(world: &World, draft: SystemDraft) -> Message {
    let said = world.chat.message_changes.append_system(draft).await;
    said.expect("storage answers")
        .expect("there is a conversation")
}

async fn check_what_happened_is_a_message(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    buyer.send(&id, "one").await;
    supplier.read(&id).await;
    world.publisher.take();
    let draft = happened(world, &id, SystemEvent::Closed, Some(&supplier));
    let message = say_happened(world, draft).await;
    assert_eq!((message.seq, message.kind), (2, MessageKind::System));
    assert_eq!(message.sender.as_ref(), Some(&supplier.id));
    assert_eq!(message.sender_type, Role::Supplier, "their place");
    assert_eq!(message.receiver.as_ref(), Some(&buyer.id));
    let note = message.system.clone().expect("what happened");
    assert_eq!(
        (note.event, note.reason.as_deref()),
        (SystemEvent::Closed, Some("Enough"))
    );
    let now = world.conversation(&id).await;
    assert_eq!((now.last_seq, now.messages_rev), (2, 0));
    assert_eq!(now.last_message.as_deref(), Some("Closed: Enough"));
    assert_eq!((buyer.unread().await, supplier.unread().await), (1, 0));
    assert_eq!(buyer.waiting().await, [1], "she is away");
    assert!(supplier.waiting().await.is_empty());
    let told = world.publisher.take();
    let kind = EventKind::Message {
        rev: now.rev,
        message: message.clone(),
    };
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].kind, kind);
    assert_eq!(shown(world, &message).await, message);

    // Whoever had not read everything has not read it by this.
    let draft = happened(world, &id, SystemEvent::Reopened, Some(&buyer));
    say_happened(world, draft).await;
    assert_eq!((buyer.unread().await, supplier.unread().await), (2, 1));
    // An administrator who does not sit there, and the server itself.
    let draft = happened(world, &id, SystemEvent::Closed, Some(&admin));
    let hers = say_happened(world, draft).await;
    assert_eq!(
        (hers.sender, hers.sender_type),
        (Some(admin.id.clone()), Role::Admin)
    );
    let draft = happened(world, &id, SystemEvent::OfferExpired, None);
    let own = say_happened(world, draft).await;
    assert_eq!((own.sender.as_ref(), &*own.sender_name), (None, "System"));
    assert_eq!((buyer.unread().await, supplier.unread().await), (4, 3));
    let refused = moderate(world, &admin, &own).await;
    assert_eq!(refused, Change::NotText, "what happened has happened");
    let refused = correct(world, &supplier, &message, "Open").await;
    assert_eq!(refused, Change::NotText);
    changed(react(world, &buyer, &message, "👍", true).await);

    let nowhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    let draft = happened(world, &nowhere, SystemEvent::Closed, None);
    let said = world.chat.message_changes.append_system(draft).await;
    assert_eq!(said.expect("storage answers"), None);
}

async fn check_an_accepted_offer_closes_what_was_said(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let before = supplier.send(&id, "12 each").await;
    let draft = happened(world, &id, SystemEvent::OfferDeclined, Some(&buyer));
    say_happened(world, draft).await;
    changed(correct(world, &supplier, &before, "11 each").await);
    let draft = happened(world, &id, SystemEvent::OfferAccepted, Some(&buyer));
    say_happened(world, draft).await;
    let late = correct(world, &supplier, &before, "13 each").await;
    assert_eq!(late, Change::WindowOver);
    let behind = supplier.send(&id, "Thanks").await;
    changed(correct(world, &supplier, &behind, "Thank you").await);
}

async fn check_every_change_is_audited(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    let message = buyer.send(&id, "The secret price").await;
    for step in 0..4 {
        world.clock.advance_seconds(1);
        changed(match step {
            0 => correct(world, &buyer, &message, "The secret prize").await,
            1 => react(world, &supplier, &message, "👍", true).await,
            2 => react(world, &supplier, &message, "👍", false).await,
            _ => moderate(world, &admin, &message).await,
        });
    }
    let query = AuditQuery {
        conversation: Some(id.clone()),
        ..AuditQuery::default()
    };
    let mut entries = super::auditing::entries(world, query).await;
    entries.truncate(4);
    entries.reverse();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.action, entry.actor.clone()))
        .collect();
    let expected = [
        (Action::Edited, Some(buyer.id.clone())),
        (Action::Reacted, Some(supplier.id.clone())),
        (Action::Reacted, Some(supplier.id.clone())),
        (Action::Deleted, Some(admin.id.clone())),
    ];
    assert_eq!(told, expected);
    for entry in &entries {
        assert_eq!(entry.detail["message"], message.id.as_str());
        assert!(!entry.detail.to_string().contains("secret"));
    }
    assert_eq!(entries[1].detail["emoji"], "👍");
    assert_eq!(entries[2].detail["isSet"], false);
    assert_eq!(entries[3].detail["reason"], "Not here");
}

async fn check_the_deleted_leave_no_reactions(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    let message = buyer.send(&id, "one").await;
    let other = buyer.send(&id, "two").await;
    changed(react(world, &admin, &message, "👍", true).await);
    changed(react(world, &supplier, &message, "👍", true).await);
    changed(moderate(world, &admin, &other).await);
    let deleted = world.chat.directory_editor.delete_user(&admin.id).await;
    deleted.expect("people can be deleted");
    let message = shown(world, &message).await;
    assert_eq!(message.reactions[0].users, [supplier.id.clone()]);
    let other = shown(world, &other).await;
    assert_eq!((other.deleted_at.is_some(), other.deleted_by), (true, None));
}
