//! What a returning client missed, or that it must fetch again.

use futures_util::future::join_all;

use super::{Checks, World};
use chat::{
    ids::ConversationId,
    limits::RESUME_MESSAGES,
    person::{Person, Role},
    storage::{Missed, Since},
};

pub(super) const CHECKS: Checks = &[
    ("missing::what_came_since_in_order", |world| {
        Box::pin(check_what_came_since_in_order(world))
    }),
    ("missing::one_answer_for_each_question", |world| {
        Box::pin(check_one_answer_for_each_question(world))
    }),
    (
        "missing::five_hundred_are_caught_and_one_more_is_not",
        |world| Box::pin(check_five_hundred_are_caught_and_one_more_is_not(world)),
    ),
    ("missing::the_unknown_and_the_foreign_are_reset", |world| {
        Box::pin(check_the_unknown_and_the_foreign_are_reset(world))
    }),
];

/// The `seq` of what was caught; `None` is a reset.
fn seqs(missed: &Missed) -> Option<Vec<i64>> {
    match missed {
        Missed::Caught { messages, .. } => {
            Some(messages.iter().map(|message| message.seq).collect())
        }
        Missed::Reset(_) => None,
    }
}

async fn check_what_came_since_in_order(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    buyer.send(&id, "one").await;
    supplier.send(&id, "two").await;
    let third = buyer.send(&id, "three").await;
    let expected = Missed::Caught {
        conversation: Box::new(world.conversation(&id).await),
        messages: vec![third],
        updated: vec![],
    };
    assert_eq!(supplier.missed(&id, 2).await, expected);
    assert_eq!(seqs(&buyer.missed(&id, 0).await), Some(vec![1, 2, 3]));
    assert_eq!(seqs(&buyer.missed(&id, 3).await), Some(vec![]));
    assert_eq!(seqs(&buyer.missed(&id, 4).await), None, "ahead of us");
    supplier.read(&id).await;
    let Missed::Caught {
        conversation,
        messages,
        ..
    } = buyer.missed(&id, 2).await
    else {
        panic!("it is in reach");
    };
    assert_eq!(*conversation, world.conversation(&id).await);
    assert!(messages[0].is_read, "as of the same snapshot");
}

async fn check_one_answer_for_each_question(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let support = world.open(world.support(&buyer)).await;
    let nowhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    buyer.send(&id, "one").await;
    let since = |conversation: &ConversationId, seq, rev| Since {
        conversation: conversation.clone(),
        seq,
        rev,
    };
    let asked = [
        since(&support, 0, Some(1)),
        since(&id, 0, None),
        since(&nowhere, 7, None),
        since(&id, 1, Some(2)),
        since(&id, 0, Some(9)),
    ];
    let person = buyer.person().await;
    let missed = world.chat.messages.missed(&person, &asked).await;
    let missed = missed.expect("what was missed can be read");
    let seqs: Vec<_> = missed.iter().map(seqs).collect();
    let expected = [
        Some(vec![]),
        Some(vec![1]),
        None,
        Some(vec![]),
        Some(vec![1]),
    ];
    assert_eq!(seqs, expected);
    for (answer, question) in missed.iter().zip(&asked) {
        let about = match answer {
            Missed::Caught { conversation, .. } => &conversation.id,
            Missed::Reset(conversation) => conversation,
        };
        assert_eq!(about, &question.conversation, "in their order");
    }
    let none = world.chat.messages.missed(&person, &[]).await;
    assert_eq!(none.expect("nothing can be asked"), []);
}

async fn check_five_hundred_are_caught_and_one_more_is_not(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    join_all((0..=RESUME_MESSAGES).map(|_| buyer.send(&id, "again"))).await;
    assert_eq!(
        seqs(&supplier.missed(&id, 0).await),
        None,
        "501 are too many"
    );
    let caught = seqs(&supplier.missed(&id, 1).await).expect("500 are not");
    assert!(caught.into_iter().eq(2..=RESUME_MESSAGES + 1));
}

async fn check_the_unknown_and_the_foreign_are_reset(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let (other, rival) = (world.buyer("bob").await, world.supplier("sue").await);
    let admin = world.admin("ann").await;
    buyer.send(&id, "one").await;
    let reset = Missed::Reset(id.clone());
    assert_eq!(other.missed(&id, 0).await, reset);
    assert_eq!(rival.missed(&id, 0).await, reset);
    let watched = seqs(&admin.missed(&id, 0).await);
    assert_eq!(watched, Some(vec![1]), "administrators may see all");
    assert_eq!(seqs(&admin.missed(&id, 2).await), None);

    admin.join(&id).await;
    let demoted = Person {
        role: Role::Buyer,
        ..admin.person().await
    };
    let since = Since {
        conversation: id.clone(),
        seq: 0,
        rev: None,
    };
    let missed = world.chat.messages.missed(&demoted, &[since]).await;
    assert_eq!(
        missed.expect("what was missed can be read"),
        [reset.clone()]
    );

    let deleted = world.chat.directory_editor.delete_user(&buyer.id);
    deleted.await.expect("a user can be deleted");
    assert_eq!(admin.missed(&id, 0).await, reset, "gone");
}
