//! One of two sides that take turns: its rates, latencies and processor time, by the number of clients.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use crate::cpu::{Spent, Watched};
use crate::figure::{Amount, Figure, Unit, best_of, median};
use crate::load::{Latencies, closed_loop, count};
use crate::plan::Plan;
use crate::requests::Sends;
use crate::result::Result;

/// By the number of clients.
#[derive(Debug, Default)]
pub struct Side(BTreeMap<usize, Measured>);

/// With one number of clients.
#[derive(Debug, Default)]
pub struct Measured {
    /// Messages a second in each round.
    pub rates: Vec<f64>,
    pub latencies: Latencies,
    messages: f64,
    spent: Spent,
}

impl Side {
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Measured)> {
        self.0
            .iter()
            .map(|(clients, measured)| (*clients, measured))
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (usize, &mut Measured)> {
        self.0
            .iter_mut()
            .map(|(clients, measured)| (*clients, measured))
    }

    /// One turn: so many clients send at these servers.
    pub async fn send(
        &mut self,
        servers: &[SocketAddr],
        clients: usize,
        sends: &Sends,
        plan: &Plan,
        watched: &Watched,
    ) -> Result {
        let before = watched.now()?;
        let seed = usize::try_from(sends.next_number())?;
        let client = |number| sends.anywhere(seed + number);
        let load = closed_loop(servers, clients, plan.turn, client).await?;
        let messages = count(load.latencies.len());
        let rate = load.per_second();
        let measured = self.add(clients, rate, messages, &before, watched)?;
        measured.latencies.extend(load.latencies);
        Ok(())
    }

    /// One turn that somebody else has made, with what was used before it.
    pub fn add(
        &mut self,
        clients: usize,
        rate: f64,
        messages: f64,
        before: &Spent,
        watched: &Watched,
    ) -> Result<&mut Measured> {
        let measured = self.0.entry(clients).or_default();
        measured.rates.push(rate);
        measured.messages += messages;
        measured.spent.add_since(before, &watched.now()?);
        Ok(measured)
    }

    /// The rate of the best number of clients in each round.
    pub fn best(&self) -> Vec<f64> {
        best_of(self.0.values().map(|measured| &measured.rates[..]))
    }

    pub fn of(&self, clients: usize) -> Option<&Measured> {
        self.0.get(&clients)
    }

    /// Processor time of a message, one line for each number of clients and each of these.
    pub fn costs(&self, name: impl Fn(usize) -> String, of: &[(&str, Part)]) -> Vec<Figure> {
        let mut figures = Vec::new();
        for (clients, measured) in self.iter() {
            for (who, part) in of {
                let what = format!("CPU of a message, {}: {who}", name(clients));
                let micros = measured.cost(*part);
                figures.push(Figure::alone(what, Amount::new(micros, Unit::Microseconds)));
            }
        }
        figures
    }
}

impl Measured {
    /// Processor time of a message at these, in microseconds.
    pub fn cost(&self, of: Part) -> f64 {
        of(&self.spent) / self.messages * 1e6
    }
}

/// Seconds of one of those who are watched.
pub type Part = fn(&Spent) -> f64;

pub fn per_second(rates: &[f64]) -> Amount {
    Amount::new(median(rates.iter().copied()), Unit::PerSecond)
}
