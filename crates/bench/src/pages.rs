//! A page at the far end of a long conversation, against its newest page.

use std::time::{Duration, Instant};

use crate::data::{Side, id};
use crate::figure::{Amount, Figure, Goal, Unit};
use crate::http::Connection;
use crate::load::Latencies;
use crate::plan::Plan;
use crate::requests::get;
use crate::result::Result;
use crate::setup::Setup;

pub const ABOUT: &str = "\
A page of 50 messages over HTTP, one request after the other on one connection: in turns the newest page of a \
conversation with 1,000,000 messages, and the page with its first 50.";

const SQL: &str = include_str!("../sql/long_conversation.sql");
const BUYER: usize = 0;

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let server = setup.serve()?;
    println!("loading 1,000,000 messages");
    let behind_the_first_page = setup.sql(SQL)?;
    let user = Side::Buyer.user(BUYER);
    let path = format!(
        "/api/chat/conversations/{}/messages?markRead=false",
        id('2', BUYER)
    );
    let newest = get(server.address, &user, &path);
    let path = format!("{path}&before={}", behind_the_first_page.trim());
    let first = get(server.address, &user, &path);

    let mut connection = Connection::open(server.address).await?;
    let (mut newest_took, mut first_took) = (Latencies::default(), Latencies::default());
    let warm_up = Instant::now() + plan.warm_up();
    let end = warm_up + 2 * plan.turn;
    while Instant::now() < end {
        let counts = Instant::now() > warm_up;
        for (request, took) in [(&newest, &mut newest_took), (&first, &mut first_took)] {
            let took_now = time(&mut connection, request).await?;
            if counts {
                took.push(took_now);
            }
        }
    }
    let figure = |percent: usize| {
        let (first, newest) = (
            first_took.percentile(percent),
            newest_took.percentile(percent),
        );
        let amount = |value| Amount::new(value, Unit::Milliseconds);
        Figure::alone(format!("p{percent} of the first page"), amount(first)).against(
            format!("p{percent} of the newest page"),
            amount(newest),
            first / newest,
        )
    };
    let [p50, p99] = [50, 99].map(figure);
    Ok(vec![p50.goal(Goal::ratio(1.2, 1.05)), p99])
}

async fn time(connection: &mut Connection, request: &[u8]) -> Result<Duration> {
    let start = Instant::now();
    connection.exchange(request).await?;
    Ok(start.elapsed())
}
