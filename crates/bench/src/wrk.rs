//! Whether our own clients tell the truth: the same request, asked by wrk.

use std::process::{Command, Stdio};

use crate::data::id;
use crate::figure::{Amount, Figure, Goal, Unit, median, rounds_of};
use crate::load::closed_loop;
use crate::plan::Plan;
use crate::requests::{get, token};
use crate::result::Result;
use crate::setup::Setup;

pub const ABOUT: &str = "\
Answers a second to the unread count, asked by our own clients and by `wrk`, in turns, with eight connections and one \
thread each. What `lists` and `sends` say rests on our clients; here is what somebody else's say. The bar is a tenth of difference either \
way, the aim a twentieth.";

const SQL: &str = include_str!("../sql/many_conversations.sql");
const PATH: &str = "/api/chat/unread-count";
const CLIENTS: usize = 8;

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let server = setup.serve()?;
    setup.sql(SQL)?;
    let user = id('3', 0);
    let request = get(server.address, &user, PATH);
    let client = |_| {
        let request = request.clone();
        move |next: &mut Vec<u8>| next.extend_from_slice(&request)
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=plan.rounds {
        let time = if round == 0 {
            plan.warm_up()
        } else {
            plan.turn
        };
        let by_us = closed_loop(&[server.address], CLIENTS, time, &client).await?;
        let mut wrk = Command::new("wrk");
        wrk.args(["-t1", "-c", &CLIENTS.to_string()]);
        wrk.args(["-d", &format!("{}s", time.as_secs().max(1))]);
        wrk.arg("-H")
            .arg(format!("authorization: Bearer {}", token(&user)));
        wrk.arg(format!("http://{}{PATH}", server.address));
        let by_wrk = rate(&mut wrk)?;
        if round > 0 {
            ours.push(by_us.per_second());
            theirs.push(by_wrk);
        }
    }
    let amount = |of: &[f64]| Amount::new(median(of.iter().copied()), Unit::PerSecond);
    // Either way: a difference is a difference.
    let apart: Vec<f64> = rounds_of(&ours, &theirs)
        .iter()
        .map(|ratio| ratio.max(1.0 / ratio))
        .collect();
    let figure = Figure::alone("by our clients", amount(&ours));
    Ok(vec![
        figure
            .rounds("wrk", amount(&theirs), &apart)
            .goal(Goal::ratio(1.1, 1.05)),
    ])
}

fn rate(wrk: &mut Command) -> Result<f64> {
    let output = wrk.stdin(Stdio::null()).output();
    let output = output
        .map_err(|error| format!("wrk: {error}; install it, for example by apt-get install wrk"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if said.contains("Non-2xx") {
        return Err(format!("wrk was refused: {said}").into());
    }
    let rate = said
        .lines()
        .find_map(|line| line.strip_prefix("Requests/sec:"));
    Ok(rate.ok_or("wrk told no rate")?.trim().parse()?)
}
