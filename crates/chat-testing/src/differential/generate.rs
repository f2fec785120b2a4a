//! Commands from a seed.

use super::{
    Bid, Command, Deed, Entry, Lease, Named, Only, Place, Question, Reply, Seen, Setting, Who,
    Wish,
    cast::{self, COMPANIES, NODES, PEOPLE, PRODUCTS},
    random::Random,
};
use chat::{
    conversation::Kind, limits::LEASE_SECONDS, list_conversations::View, offer::Answer,
    person::Role,
};

/// Numbers that commands name; they are counted round by what there is.
const CONVERSATIONS: usize = 12;
const MESSAGES: usize = 40;
const WORDS: usize = 40;

/// The cast, conversations of some of them, then so many random commands.
pub fn generate(seed: u64, length: usize) -> Vec<Command> {
    let mut random = Random::new(seed);
    let mut commands: Vec<Command> = cast().map(Command::Entry).collect();
    commands.extend((0..8).map(|_| open(&mut random)));
    commands.extend((0..length).map(|_| command(&mut random)));
    commands
}

fn cast() -> impl Iterator<Item = Entry> {
    let people = (0..PEOPLE).map(|who| Entry::PutUser {
        who,
        role: cast::role(who),
        is_active: true,
        name: who,
    });
    let companies = (0..COMPANIES - 1).map(|company| Entry::PutCompany {
        company,
        who: 4 + company,
        name: company + 1,
    });
    let products = (0..PRODUCTS - 1).map(|product| Entry::PutProduct {
        product,
        name: product,
        company: None,
    });
    people.chain(companies).chain(products)
}

fn command(random: &mut Random) -> Command {
    match random.below(100) {
        0..52 => Command::In {
            conversation: random.below(CONVERSATIONS),
            who: who(random),
            deed: deed(random),
        },
        52..61 => open(random),
        61..63 => Command::Dismiss {
            who: random.below(PEOPLE),
            conversation: random.maybe(60, |random| random.below(CONVERSATIONS)),
        },
        63..76 => Command::Question(question(random)),
        76..88 => Command::Lease(lease(random)),
        88..90 => Command::Expire,
        90..93 => Command::Tick {
            micros: random.pick(&[1, 1_000, 1_000_000, -3_000_000]),
        },
        _ => Command::Entry(entry(random)),
    }
}

fn open(random: &mut Random) -> Command {
    Command::Open {
        who: random.below(PEOPLE),
        named: named(random),
    }
}

/// Mostly somebody who sits there, and otherwise often an administrator.
fn who(random: &mut Random) -> Who {
    match random.below(10) {
        0..7 => Who::Sitting(random.below(3)),
        7..9 => Who::Person(7 + random.below(3)),
        _ => Who::Person(random.below(PEOPLE)),
    }
}

fn deed(random: &mut Random) -> Deed {
    match random.below(116) {
        0..27 => Deed::Send {
            text: random.below(WORDS),
            client_message_id: random.maybe(30, |random| random.below(3)),
            reply_to: random.maybe(20, |random| random.below(MESSAGES)),
        },
        67..75 => Deed::Correct {
            message: random.below(MESSAGES),
            text: random.below(WORDS),
        },
        75..79 => Deed::TakeBack {
            message: random.below(MESSAGES),
            reason: random.percent(50),
        },
        79..87 => Deed::React {
            message: random.below(MESSAGES),
            sign: random.below(3),
            is_set: random.percent(70),
        },
        27..36 => Deed::Read {
            up_to: random.maybe(60, |random| random.below(MESSAGES)),
        },
        36..42 => Deed::History {
            place: place(random),
            limit: 1 + small(random, 5),
            mark: random.percent(50),
        },
        42..47 => Deed::Join,
        47..50 => Deed::Leave,
        50..58 => Deed::Set(setting(random)),
        58..60 => Deed::Block(random.percent(50)),
        60 => Deed::Close {
            reason: random.below(2),
        },
        61..64 => Deed::Reopen,
        64 => Deed::Report {
            message: random.maybe(50, |random| random.below(MESSAGES)),
        },
        65..67 => Deed::Typing,
        87..93 | 106..110 => Deed::Offer(Bid {
            cents: 1 + random.below(3),
            is_overdue: random.percent(15),
            counters: random.maybe(50, |random| random.below(8)),
            client_message_id: random.maybe(20, |random| random.below(3)),
        }),
        101..104 => Deed::Request,
        104..106 => Deed::CloseRequest {
            request: random.below(8),
        },
        _ => Deed::Answer(Reply {
            offer: random.below(8),
            answer: random.pick(&[Answer::Accept, Answer::Decline, Answer::Withdraw]),
            rev: random.maybe(80, |random| random.pick(&[1, 1, 1, 2])),
        }),
    }
}

fn setting(random: &mut Random) -> Setting {
    let is = random.percent(70);
    match random.below(8) {
        0..3 => Setting::Archived(is),
        3..5 => Setting::Pinned(is),
        5 => Setting::Muted(is),
        6 => Setting::Unmuted,
        _ => Setting::MarkedUnread(is),
    }
}

/// Mostly people of the role that is asked for.
fn named(random: &mut Random) -> Named {
    let is_right = random.percent(85);
    let person = |from: usize, count: usize| {
        move |random: &mut Random| {
            if is_right {
                from + random.below(count)
            } else {
                random.below(PEOPLE)
            }
        }
    };
    Named {
        buyer: random.maybe(80, person(0, 4)),
        supplier: random.maybe(55, person(4, 3)),
        by_company: random.percent(30),
        admin: random.maybe(25, person(7, 3)),
        product: random.maybe(40, |random| random.below(PRODUCTS)),
        kind: random.maybe(20, |random| random.pick(&Kind::ALL)),
    }
}

fn question(random: &mut Random) -> Question {
    let who = random.below(PEOPLE);
    match random.below(14) {
        0..3 => Question::List {
            who,
            wish: Wish {
                view: random.maybe(50, |random| random.pick(&[View::Mine, View::All])),
                kind: random.maybe(30, |random| random.pick(&Kind::ALL)),
                waiting: random.maybe(20, |_| ()).is_some(),
                search: random.maybe(40, |random| random.below(WORDS)),
                archived: random.maybe(30, |random| random.percent(70)),
                only: random.maybe(30, |random| {
                    random.pick(&[Only::Pinned, Only::Unread, Only::NeedsReply])
                }),
                longest_wait_first: random.percent(25),
                counted: random.percent(20),
                limit: 1 + small(random, 4),
            },
        },
        3..6 => Question::Missed {
            // Administrators may see all, so that something is caught.
            who: random.pick(&[who, 7, 8, 9]),
            seen: (0..=random.below(3)).map(|_| seen(random)).collect(),
        },
        6 => Question::UnreadCount { who },
        7 => Question::Notifications {
            who,
            unread_only: random.percent(50),
            limit: 1 + small(random, 3),
        },
        8 => Question::Find {
            named: named(random),
        },
        9 => Question::Statuses,
        10 => Question::Companions { who },
        11 => Question::ShareAConversation {
            one: who,
            other: random.below(PEOPLE),
        },
        12 => Question::Changed,
        _ => Question::Reports,
    }
}

fn place(random: &mut Random) -> Place {
    let message = random.below(MESSAGES);
    random.pick(&[
        Place::Newest,
        Place::Before(message),
        Place::After(message),
        Place::Around(message),
    ])
}

fn seen(random: &mut Random) -> Seen {
    let seq = small(random, 8);
    Seen {
        conversation: random.below(CONVERSATIONS),
        seq: random.pick(&[seq, seq, seq, 1_000]),
        rev: random.maybe(50, |random| small(random, 8)),
    }
}

fn small(random: &mut Random, end: usize) -> i64 {
    i64::try_from(random.below(end)).unwrap_or(0)
}

fn lease(random: &mut Random) -> Lease {
    let node = random.below(NODES);
    let people = |random: &mut Random| {
        let several = 0..=random.below(3);
        several.map(|_| random.below(PEOPLE)).collect()
    };
    match random.below(14) {
        0..6 => Lease::Hold {
            node,
            people: people(random),
        },
        6..10 => Lease::Release {
            node,
            people: people(random),
        },
        // A third of a lease or all of it, so that a slow run is no matter.
        10..12 => Lease::Pass {
            seconds: random.pick(&[LEASE_SECONDS / 3, LEASE_SECONDS]),
        },
        12 => Lease::Heartbeat { node },
        _ => Lease::Expire,
    }
}

fn entry(random: &mut Random) -> Entry {
    let who = random.below(PEOPLE);
    let name = random.below(WORDS);
    match random.below(16) {
        0..5 => Entry::PutUser {
            who,
            role: random
                .maybe(25, |random| random.pick(&Role::ALL))
                .unwrap_or(cast::role(who)),
            is_active: random.percent(80),
            name,
        },
        5..7 => Entry::DeleteUser { who },
        7 => Entry::PutCompany {
            company: random.below(COMPANIES),
            who: 4 + random.below(4),
            name,
        },
        8 => Entry::DeleteCompany {
            company: random.below(COMPANIES),
        },
        9..13 => Entry::PutProduct {
            product: random.below(PRODUCTS),
            name,
            company: random.maybe(50, |random| random.below(COMPANIES)),
        },
        13 => Entry::DeleteProduct {
            product: random.below(PRODUCTS),
        },
        _ => Entry::VacateDemoted,
    }
}
