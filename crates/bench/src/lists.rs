//! What every page of the marketplace asks for: the conversation list and the unread count.

use std::fs;
use std::net::SocketAddr;

use crate::baseline::{COUNT, LIST};
use crate::data::id;
use crate::figure::{Amount, Figure, Goal, Unit, median};
use crate::http::Connection;
use crate::load::closed_loop;
use crate::plan::Plan;
use crate::requests::get;
use crate::result::Result;
use crate::setup::Setup;

pub const ABOUT: &str = "\
Answers a second to somebody with 1,000 conversations who asks again and again: the first 100 of the list, and the \
unread count. Eight clients, one request at a time each. The baseline server knows nobody and answers with the same bytes.";

const SQL: &str = include_str!("../sql/many_conversations.sql");
const CLIENTS: usize = 8;

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let server = setup.serve()?;
    setup.sql(SQL)?;
    let answers = setup.path("lists");
    fs::create_dir_all(&answers)?;
    let asked = [
        (
            "conversation list",
            "/api/chat/conversations",
            LIST,
            Goal::ratio(0.3, 0.7),
        ),
        (
            "unread count",
            "/api/chat/unread-count",
            COUNT,
            Goal::ratio(0.5, 0.9),
        ),
    ];
    for (_, path, file, _) in &asked {
        let answer = answer(server.address, path).await?;
        fs::write(answers.join(file), answer)?;
    }
    let bare = setup.baseline(&[answers.as_os_str()])?;

    let mut figures = Vec::new();
    for (what, path, file, goal) in asked {
        let (mut rates, mut bare_rates) = (Vec::new(), Vec::new());
        for round in 0..=plan.rounds {
            let time = if round == 0 {
                plan.warm_up()
            } else {
                plan.turn
            };
            let ours = ask(server.address, path, time).await?;
            let bare = ask(bare.address, path, time).await?;
            if round > 0 {
                rates.push(ours);
                bare_rates.push(bare);
            }
        }
        let ratio = median(
            rates
                .iter()
                .zip(&bare_rates)
                .map(|(ours, bare)| ours / bare),
        );
        let amount = |of: Vec<f64>| Amount::new(median(of), Unit::PerSecond);
        let bytes = fs::metadata(answers.join(file))?.len();
        figures.push(
            Figure::alone(format!("{what}, {bytes} bytes"), amount(rates))
                .against("baseline server", amount(bare_rates), ratio)
                .goal(goal),
        );
    }
    Ok(figures)
}

/// Somebody with 1,000 conversations.
fn collector() -> String {
    id('3', 0)
}

async fn answer(address: SocketAddr, path: &str) -> Result<Vec<u8>> {
    let request = get(address, &collector(), path);
    Ok(Connection::open(address)
        .await?
        .exchange(&request)
        .await?
        .to_vec())
}

async fn ask(address: SocketAddr, path: &str, time: std::time::Duration) -> Result<f64> {
    let request = get(address, &collector(), path);
    let client = |_| {
        let request = request.clone();
        move |next: &mut Vec<u8>| next.extend_from_slice(&request)
    };
    Ok(closed_loop(&[address], CLIENTS, time, client)
        .await?
        .per_second())
}
