//! The administrators' queue of reports.

use serde_json::json;

use super::{Checks, Persona, World};
use chat::{
    audit::{Action, Actor, AuditQuery},
    error::ChatError,
    file_report::{Complaint, judge_report, list_reports, report},
    ids::{ConversationId, MessageId, ReportId},
    limits::OPEN_REPORTS,
    report::{Reason, Report, State},
    storage::{ReportCursor, ReportQuery},
};

pub(super) const CHECKS: Checks = &[
    ("reports::who_sits_there_reports", |world| {
        Box::pin(check_who_sits_there_reports(world))
    }),
    ("reports::administrators_judge", |world| {
        Box::pin(check_administrators_judge(world))
    }),
    ("reports::they_come_in_pages", |world| {
        Box::pin(check_they_come_in_pages(world))
    }),
    ("reports::nobody_fills_the_queue", |world| {
        Box::pin(check_nobody_fills_the_queue(world))
    }),
    ("reports::they_go_with_what_they_are_about", |world| {
        Box::pin(check_they_go_with_what_they_are_about(world))
    }),
];

fn complaint(message: Option<MessageId>) -> Complaint {
    Complaint {
        message,
        reason: Reason::OffPlatform,
        text: "  Asks to pay <i>outside  ".to_owned(),
    }
}

async fn file(
    world: &World,
    who: &Persona<'_>,
    id: &ConversationId,
    complaint: Complaint,
) -> Result<Report, ChatError> {
    let actor = Actor::from(who.person().await);
    report(&world.chat, &actor, id, complaint).await
}

async fn page(world: &World, query: &ReportQuery) -> Vec<Report> {
    let page = world.chat.reports.page(query).await;
    page.expect("reports can be read").reports
}

fn all(state: Option<State>) -> ReportQuery {
    ReportQuery {
        state,
        limit: 100,
        ..ReportQuery::default()
    }
}

async fn check_who_sits_there_reports(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let other = world.buyer("bob").await;
    let others = world.open(world.between(&other, &supplier)).await;
    let message = supplier.send(&id, "Pay me in cash").await;
    let elsewhere = supplier.send(&others, "hello").await;

    let filed = file(world, &buyer, &id, complaint(Some(message.id.clone()))).await;
    let filed = filed.expect("they sit there");
    assert_eq!(filed.text, "Asks to pay < i>outside");
    assert_eq!(
        (filed.state, &filed.message, &filed.reporter),
        (State::Open, &Some(message.id), &Some(buyer.id.clone()))
    );
    assert_eq!(page(world, &all(None)).await, [filed.clone()]);

    let wrong = file(world, &buyer, &id, complaint(Some(elsewhere.id))).await;
    assert!(matches!(wrong, Err(ChatError::Invalid(_))), "{wrong:?}");
    for nobody in [&other, &world.admin("ann").await] {
        let refused = file(world, nobody, &id, complaint(None)).await;
        assert!(matches!(refused, Err(ChatError::NotParticipant)));
    }
    let long = Complaint {
        text: "x".repeat(2_001),
        ..complaint(None)
    };
    let refused = file(world, &buyer, &id, long).await;
    assert!(matches!(refused, Err(ChatError::Invalid(_))));
    let query = AuditQuery {
        action: Some(Action::Reported),
        limit: 10,
        ..AuditQuery::default()
    };
    let entries = world.chat.audit.entries(&query).await;
    let entries = entries.expect("the audit can be read").entries;
    assert_eq!(entries.len(), 1);
    let detail = json!({"report": filed.id, "reason": "off_platform"});
    assert_eq!(entries[0].detail, detail, "and not what they say");
}

async fn check_administrators_judge(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let admin = world.admin("ann").await;
    let filed = file(world, &buyer, &id, complaint(None)).await;
    let filed = filed.expect("they sit there");
    let judge = async |who: &Persona<'_>, id: &ReportId, state, answer: Option<&str>| {
        let actor = Actor::from(who.person().await);
        judge_report(&world.chat, &actor, id, state, answer).await
    };
    let refused = judge(&buyer, &filed.id, State::Dismissed, None).await;
    assert!(matches!(refused, Err(ChatError::Forbidden(_))));
    let refused = list_reports(&world.chat, &buyer.person().await, &all(None)).await;
    assert!(matches!(refused, Err(ChatError::Forbidden(_))));
    let none = ReportId::new("01900000-0000-7000-8000-ffffffffffff");
    let missing = judge(&admin, &none, State::Answered, None).await;
    assert!(matches!(missing, Err(ChatError::NotFound(_))));

    let judged = judge(&admin, &filed.id, State::Answered, Some(" Talked to them ")).await;
    let judged = judged.expect("an administrator may");
    assert_eq!(judged.answer.as_deref(), Some("Talked to them"));
    assert_eq!(judged.answered_by, Some(admin.id.clone()));
    assert!(judged.answered_at.is_some());
    assert_eq!(page(world, &all(Some(State::Open))).await, []);
    assert_eq!(page(world, &all(Some(State::Answered))).await, [judged]);
    let open = judge(&admin, &filed.id, State::Open, None).await;
    let open = open.expect("they may think again");
    assert_eq!((open.answered_by, open.answered_at), (None, None));
    assert_eq!(open.answer.as_deref(), Some("Talked to them"));
    let query = AuditQuery {
        action: Some(Action::ReportJudged),
        limit: 10,
        ..AuditQuery::default()
    };
    let entries = world.chat.audit.entries(&query).await;
    assert_eq!(entries.expect("the audit can be read").entries.len(), 2);
}

async fn check_they_come_in_pages(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let mut filed = Vec::new();
    for number in 0..5 {
        // Some of one instant.
        world.clock.advance_micros(number % 2);
        let report = file(world, &buyer, &id, complaint(None)).await;
        filed.insert(0, report.expect("they sit there").id);
    }
    for limit in [1, 2, 5] {
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let query = ReportQuery {
                state: Some(State::Open),
                cursor,
                limit,
            };
            let page = world.chat.reports.page(&query).await.expect("a page");
            let last = page.reports.last();
            cursor = last.map(|last| ReportCursor {
                at: last.created_at,
                id: last.id.clone(),
            });
            seen.extend(page.reports.into_iter().map(|report| report.id));
            if !page.has_more {
                break;
            }
        }
        assert_eq!(seen, filed, "by {limit}");
    }
}

async fn check_nobody_fills_the_queue(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    for _ in 0..OPEN_REPORTS {
        let filed = file(world, &buyer, &id, complaint(None)).await;
        filed.expect("there is room");
    }
    let full = file(world, &buyer, &id, complaint(None)).await;
    assert!(matches!(full, Err(ChatError::Conflict(_))));
    let theirs = file(world, &supplier, &id, complaint(None)).await;
    theirs.expect("others have room of their own");
    let one = page(world, &all(None)).await.pop().expect("the first");
    let admin = Actor::from(world.admin("ann").await.person().await);
    let judged = judge_report(&world.chat, &admin, &one.id, State::Dismissed, None).await;
    judged.expect("an administrator may");
    let filed = file(world, &buyer, &id, complaint(None)).await;
    filed.expect("there is room again");
}

async fn check_they_go_with_what_they_are_about(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    for who in [&buyer, &admin] {
        let filed = file(world, who, &id, complaint(None)).await;
        filed.expect("they sit there");
    }
    let delete = async |who: &Persona<'_>| {
        let deleted = world.chat.directory_editor.delete_user(&who.id).await;
        deleted.expect("a user can be deleted");
    };
    delete(&admin).await;
    let reporters = page(world, &all(None)).await.into_iter();
    let reporters: Vec<_> = reporters.map(|report| report.reporter).collect();
    assert_eq!(reporters, [None, Some(buyer.id.clone())]);
    delete(&buyer).await;
    assert_eq!(page(world, &all(None)).await, []);
}
