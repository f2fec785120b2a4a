use super::{Pace, Plan, Recipient, Told, Waiting, retry_seconds};
use crate::{
    ids::{ConversationId, UserId},
    preferences::{EmailFrequency, Preferences},
    quiet_hours::{QuietHours, TimeOfDay},
    timestamp::Timestamp,
};

const PACE: Pace = Pace {
    grace_seconds: 300,
    window_seconds: 900,
};

fn at(time: &str) -> Timestamp {
    Timestamp::parse(&format!("2026-03-02T{time}Z")).unwrap()
}

fn waiting(id: &str, since: &str) -> Waiting {
    Waiting {
        conversation: ConversationId::new(id),
        since: at(since),
        updated_at: at(since),
        count: 1,
        up_to_seq: 7,
        mailed_at: None,
        is_muted: false,
    }
}

fn ann(waiting: Vec<Waiting>) -> Recipient {
    Recipient {
        user: UserId::new("ann"),
        name: "Ann".to_owned(),
        email: "ann@buyer.example".to_owned(),
        is_active: true,
        is_unreachable: false,
        preferences: Preferences::default(),
        is_online: false,
        last_seen: None,
        mailed_at: None,
        attempts: 0,
        waiting,
    }
}

fn ids(plan: &Plan) -> Vec<Vec<&str>> {
    let mails = plan.mails.iter();
    mails
        .map(|mail| mail.iter().map(|one| one.conversation.as_str()).collect())
        .collect()
}

fn plan(recipient: &Recipient, now: &str) -> Plan {
    recipient.plan(&PACE, at(now))
}

#[test]
fn a_mail_comes_after_the_grace_period() {
    let ann = ann(vec![waiting("a", "10:00:00")]);
    let early = plan(&ann, "10:04:59");
    assert_eq!((ids(&early), early.next_at), (vec![], Some(at("10:05:00"))));
    let due = plan(&ann, "10:05:00");
    assert_eq!((ids(&due), due.next_at), (vec![vec!["a"]], None));
    assert_eq!(due.settled, []);
}

#[test]
fn one_mail_for_a_conversation_and_a_window() {
    let mut again = waiting("a", "10:06:00");
    again.mailed_at = Some(at("10:05:00"));
    let ann = ann(vec![again, waiting("b", "10:07:00")]);
    let inside = plan(&ann, "10:12:00");
    assert_eq!(
        (ids(&inside), inside.next_at),
        (vec![vec!["b"]], Some(at("10:20:00")))
    );
    let after = plan(&ann, "10:20:00");
    assert_eq!(ids(&after), [["a"], ["b"]], "a mail for each");
}

/// Whoever was here, does not want it, or cannot be reached: none, also not later.
#[test]
fn nobody_is_told_who_need_not_be() {
    let of = |change: fn(&mut Recipient)| {
        let mut ann = ann(vec![waiting("a", "10:00:00")]);
        change(&mut ann);
        ann
    };
    let cases = [
        of(|ann| ann.is_online = true),
        of(|ann| ann.last_seen = Some(at("10:00:01"))),
        of(|ann| ann.is_active = false),
        of(|ann| ann.is_unreachable = true),
        of(|ann| ann.email.clear()),
        of(|ann| ann.preferences.email = EmailFrequency::Off),
        of(|ann| ann.waiting[0].is_muted = true),
        of(|ann| ann.waiting[0].count = 0),
    ];
    for case in cases {
        let plan = plan(&case, "10:06:00");
        let expected = Plan {
            settled: vec![Told {
                conversation: ConversationId::new("a"),
                up_to_seq: 7,
            }],
            ..Plan::default()
        };
        assert_eq!(plan, expected, "{case:?}");
    }
    let left_before = of(|ann| ann.last_seen = Some(at("10:00:00")));
    assert_eq!(ids(&plan(&left_before, "10:06:00")), [["a"]]);
}

#[test]
fn an_hourly_mail_gathers() {
    let mut ann = ann(vec![
        waiting("a", "10:10:00"),
        waiting("b", "10:20:00"),
        waiting("c", "10:58:00"),
    ]);
    ann.preferences.email = EmailFrequency::Hourly;
    ann.mailed_at = Some(at("10:00:00"));
    let early = plan(&ann, "10:30:00");
    assert_eq!((ids(&early), early.next_at), (vec![], Some(at("11:00:00"))));
    let due = plan(&ann, "11:00:00");
    assert_eq!(ids(&due), [["a", "b"]], "the third is in its grace period");
    assert_eq!(due.next_at, Some(at("11:03:00")));
}

#[test]
fn a_daily_mail_comes_in_the_morning() {
    let mut ann = ann(vec![waiting("a", "10:00:00")]);
    ann.preferences.email = EmailFrequency::Daily;
    let today = plan(&ann, "10:10:00");
    let tomorrow = Timestamp::parse("2026-03-03T08:00:00Z").unwrap();
    assert_eq!((ids(&today), today.next_at), (vec![], Some(tomorrow)));
    assert_eq!(ids(&ann.plan(&PACE, tomorrow)), [["a"]]);
}

#[test]
fn nights_are_quiet() {
    let mut ann = ann(vec![waiting("a", "20:00:00")]);
    ann.preferences.quiet_hours = Some(QuietHours {
        from: TimeOfDay::parse("20:00").unwrap(),
        to: TimeOfDay::parse("07:00").unwrap(),
        time_zone: "UTC".to_owned(),
    });
    let night = plan(&ann, "22:00:00");
    let morning = Timestamp::parse("2026-03-03T07:00:00Z").unwrap();
    assert_eq!((ids(&night), night.next_at), (vec![], Some(morning)));
    assert_eq!(ids(&ann.plan(&PACE, morning)), [["a"]]);
}

#[test]
fn tries_become_rare() {
    let seconds: Vec<_> = [0, 1, 2, 7, 30].into_iter().map(retry_seconds).collect();
    assert_eq!(seconds, [30, 60, 120, 3_600, 3_600]);
}
