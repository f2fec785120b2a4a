//! Finding a message among very many of one's own.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::time::sleep;

use crate::data::id;
use crate::figure::{Amount, Figure, Goal, Unit};
use crate::http::Connection;
use crate::load::Latencies;
use crate::plan::Plan;
use crate::requests::get;
use crate::result::Result;
use crate::rng::Rng;
use crate::setup::Setup;

pub const ABOUT: &str = "\
A search over HTTP of somebody whose 1,000 conversations have all these messages, one after the other on one \
connection: each asks for something else. The index was filled by the server itself.";

const SQL: &str = include_str!("../sql/search.sql");
/// For the server to take everything into its index.
const PATIENCE: Duration = Duration::from_hours(1);

/// What is still not in the index, in messages.
const BEHIND: &str = "
    select coalesce(sum(c.last_seq - coalesce(s.seq, 0)), 0)
    from haggle.conversations c
    left join haggle.search_state s on s.conversation_id = c.id;";

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    // The schema is there before the messages are, and the server finds them at its start.
    setup.serve()?.stop()?;
    println!("loading {} messages", plan.search_messages);
    setup.sql(&format!("\\set messages {}\n{SQL}", plan.search_messages))?;
    let server = setup.serve()?;
    let filled = fill(setup).await?;

    let mut figures = Vec::new();
    for (what, word, page) in WORDS {
        let mut took = ask(server.address, plan, word, page).await?;
        let amount = |value| Amount::new(value, Unit::Milliseconds);
        figures.push(Figure::alone(
            format!("p50 of {what}"),
            amount(took.percentile(50)),
        ));
        figures.push(
            Figure::alone(format!("p99 of {what}"), amount(took.percentile(99)))
                .goal(Goal::amount(50.0, 20.0, Unit::Milliseconds)),
        );
    }
    let seconds = Amount::new(filled.as_secs_f64(), Unit::Seconds);
    figures.push(Figure::alone("to fill the index", seconds));
    Ok(figures)
}

/// What is asked for: by the number of a message or of nothing.
type Word = fn(usize) -> String;

/// Which page of what is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    First,
    Second,
}

const WORDS: [(&str, Word, Page); 7] = [
    (
        "a number that one message has",
        |n| format!("PO-{n}"),
        Page::First,
    ),
    (
        "a part that many have",
        |n| format!("M{}x{}", 4 + n % 20, 10 + n * 7 % 90),
        Page::First,
    ),
    (
        "the beginning of a number",
        |n| format!("PO-{}", n % 1_000),
        Page::First,
    ),
    (
        "two words",
        |n| format!("titanium {} days", 5 + n % 60),
        Page::First,
    ),
    ("a word that all have", |_| "pieces".to_owned(), Page::First),
    ("its second page", |_| "pieces".to_owned(), Page::Second),
    ("what nobody said", |n| format!("zirconium{n}"), Page::First),
];

/// Of an answer, as far as it matters here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    next_cursor: Option<String>,
}

/// Waits until nothing is missing.
async fn fill(setup: &Setup) -> Result<Duration> {
    let start = Instant::now();
    loop {
        let behind: u64 = setup.sql(BEHIND)?.trim().parse()?;
        if behind == 0 {
            return Ok(start.elapsed());
        }
        if start.elapsed() > PATIENCE {
            return Err(format!("{behind} messages are not in the index").into());
        }
        sleep(Duration::from_secs(1)).await;
    }
}

async fn ask(address: SocketAddr, plan: &Plan, word: Word, page: Page) -> Result<Latencies> {
    let (buyer, mut rng) = (id('3', 0), Rng::new(7));
    let messages = usize::try_from(plan.search_messages)?;
    let mut connection = Connection::open(address).await?;
    let mut took = Latencies::default();
    let warm_up = Instant::now() + plan.warm_up();
    let end = warm_up + plan.turn;
    while Instant::now() < end {
        let q = word(rng.below(messages)).replace(' ', "%20");
        let mut path = format!("/api/chat/search?q={q}");
        if page == Page::Second {
            let first = connection.exchange(&get(address, &buyer, &path)).await?;
            let first: Found = serde_json::from_slice(first)?;
            let cursor = first.next_cursor.ok_or("there is one page only")?;
            path = format!("{path}&cursor={cursor}");
        }
        let request = get(address, &buyer, &path);
        let start = Instant::now();
        connection.exchange(&request).await?;
        if start > warm_up {
            took.push(start.elapsed());
        }
    }
    Ok(took)
}
