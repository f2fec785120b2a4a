//! How many frames reach sockets, against the baseline server that writes the same ones.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::baseline::{FRAME, SENT};
use crate::data::{FIRST, Side, conversation, id};
use crate::fanout;
use crate::figure::{Amount, Figure, Goal, Unit, median};
use crate::http::Connection;
use crate::load::{closed_loop, count};
use crate::machine::allow_sockets;
use crate::plan::Plan;
use crate::requests::{Sends, number_in, token};
use crate::result::Result;
use crate::server::Server;
use crate::setup::Setup;
use crate::socket::Socket;

pub const ABOUT: &str = "\
Frames a second that arrive at sockets. First, 100 clients send one durable message after the other, each into a \
conversation of three people, of whom the two others have a socket; the baseline server takes the same requests, keeps \
nothing, and writes frames of the same bytes to two sockets. So this ratio has the whole price of storing in it. Then \
10,000 sockets: two people have half of them each, so that every message goes to all; at most eight messages are on \
their way at a time.";

/// Conversations in which a message goes to two others.
const TRIOS: usize = 100;
/// The conversation of the two with thousands of sockets.
const CROWD: usize = 500;
const CROWD_SOCKETS: usize = 10_000;
/// Messages on their way to the crowd.
const ON_THEIR_WAY: usize = 8;
const PATIENCE: Duration = Duration::from_secs(20);

/// A server and the sockets on it, whose frames are counted.
struct Hall {
    address: SocketAddr,
    sends: Sends,
    heard: Arc<AtomicUsize>,
    _sockets: JoinSet<Result>,
    _server: Server,
}

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    allow_sockets(CROWD_SOCKETS)?;
    let sample = setup.path("fanout");
    let goal = Goal::ratio(0.5, 0.8);
    let mut figures = Vec::new();

    let server = setup.serve()?;
    seat_administrators(setup)?;
    let ours = Hall::open(server, listeners_of_trios(), enter).await?;
    ours.take_sample(&sample, 0).await?;
    let bare = setup.baseline(&[sample.as_os_str()])?;
    let bare = Hall::open(bare, listeners_of_trios(), fanout::listen).await?;
    let (mut rates, mut bare_rates) = (Vec::new(), Vec::new());
    for round in 0..=plan.rounds {
        let time = if round == 0 {
            plan.warm_up()
        } else {
            plan.turn
        };
        let (one, other) = (ours.trios(time).await?, bare.trios(time).await?);
        if round > 0 {
            rates.push(one);
            bare_rates.push(other);
        }
    }
    figures.push(figure("to 2 sockets each", &rates, &bare_rates).goal(goal));
    drop((ours, bare));

    // One after the other: together they would need too many ports.
    let crowd =
        || (0..CROWD_SOCKETS).map(|n| (CROWD, [Side::Buyer, Side::Supplier][n % 2].user(CROWD)));
    let server = setup.serve()?;
    let ours = Hall::open(server, crowd(), enter)
        .await?
        .crowd(plan)
        .await?;
    let bare = setup.baseline(&[sample.as_os_str()])?;
    let bare = Hall::open(bare, crowd(), fanout::listen)
        .await?
        .crowd(plan)
        .await?;
    figures.push(figure("to 10,000 sockets", &ours, &bare).goal(goal));
    Ok(figures)
}

fn figure(what: &str, ours: &[f64], bare: &[f64]) -> Figure {
    let amount = |of: &[f64]| Amount::new(median(of.iter().copied()), Unit::PerSecond);
    let ratio = median(ours.iter().zip(bare).map(|(ours, bare)| ours / bare));
    Figure::alone(what, amount(ours)).against("baseline server", amount(bare), ratio)
}

/// An administrator of its own for each trio.
fn seat_administrators(setup: &Setup) -> Result {
    let (first, last) = (FIRST, FIRST + TRIOS - 1);
    setup.sql(&format!(
        "insert into haggle.users (id, name, email, role)
         select 'f0000000-0000-4000-8000-' || n, 'Administrator ' || n, 'admin@example.com', 'admin'
         from generate_series({first}, {last}) as n;
         update haggle.conversations
         set admin_id = 'f' || substr(id, 2), admin_read_seq = last_seq
         where id between 'c0000000-0000-4000-8000-{first}' and 'c0000000-0000-4000-8000-{last}';"
    ))?;
    Ok(())
}

/// Everybody of the trios but the buyer, who sends.
fn listeners_of_trios() -> impl Iterator<Item = (usize, String)> {
    let two = |n| [(n, Side::Supplier.user(n)), (n, id('f', n))];
    (0..TRIOS).flat_map(two)
}

async fn enter(address: SocketAddr, _: usize, user: String) -> std::io::Result<Socket> {
    Socket::enter(address, &token(&user)).await
}

async fn listen(address: SocketAddr, number: usize, _: String) -> std::io::Result<Socket> {
    Socket::open(address, &format!("/listen/{}", conversation(number))).await
}

impl Hall {
    async fn open(
        server: Server,
        listeners: impl Iterator<Item = (usize, String)>,
        open: impl AsyncFn(SocketAddr, usize, String) -> std::io::Result<Socket>,
    ) -> Result<Self> {
        let (address, heard) = (server.address, Arc::<AtomicUsize>::default());
        let mut sockets = JoinSet::new();
        for (conversation, user) in listeners {
            let mut socket = open(address, conversation, user).await?;
            let heard = heard.clone();
            sockets.spawn(async move {
                loop {
                    let on_text = |frame: &[u8]| {
                        heard.fetch_add(usize::from(number_in(frame).is_some()), Ordering::Relaxed);
                    };
                    socket.hear(on_text).await?;
                }
            });
        }
        Ok(Self {
            address,
            sends: Sends::prepare(address, CROWD + 1),
            heard,
            _sockets: sockets,
            _server: server,
        })
    }

    /// Keeps an answer and a frame as the server under test makes them, for the other one to use.
    async fn take_sample(&self, folder: &Path, conversation: usize) -> Result {
        let listener = Side::Supplier.user(conversation);
        let mut socket = Socket::enter(self.address, &token(&listener)).await?;
        let mut request = Vec::new();
        let number = self.sends.next_number();
        self.sends
            .write(conversation, Side::Buyer, number, &mut request);
        let mut connection = Connection::open(self.address).await?;
        let answer = connection.exchange(&request).await?.to_vec();
        let mut frame = Vec::new();
        while frame.is_empty() {
            let on_text = |text: &[u8]| {
                if number_in(text).is_some() {
                    frame = text.to_vec();
                }
            };
            socket.hear(on_text).await?;
        }
        fs::create_dir_all(folder)?;
        fs::write(folder.join(SENT), answer)?;
        fs::write(folder.join(FRAME), frame)?;
        Ok(())
    }

    /// Every client in a conversation of its own.
    async fn trios(&self, time: Duration) -> Result<f64> {
        let before = self.heard.load(Ordering::Relaxed);
        let start = Instant::now();
        let servers = [self.address];
        let load = closed_loop(&servers, TRIOS, time, |number| {
            let sends = self.sends.clone();
            move |request: &mut Vec<u8>| {
                sends.write(number, Side::Buyer, sends.next_number(), request);
            }
        });
        let sent = load.await?.latencies.len();
        self.wait_for(before + 2 * sent).await?;
        Ok(count(2 * sent) / start.elapsed().as_secs_f64())
    }

    /// The rate of every round.
    async fn crowd(self, plan: &Plan) -> Result<Vec<f64>> {
        let mut connection = Connection::open(self.address).await?;
        let mut rates = Vec::new();
        let (mut request, mut sent) = (Vec::new(), 0_usize);
        let zero = self.heard.load(Ordering::Relaxed);
        for round in 0..=plan.rounds {
            let time = if round == 0 {
                plan.warm_up()
            } else {
                plan.turn
            };
            let (before, start) = (sent, Instant::now());
            while start.elapsed() < time {
                request.clear();
                let number = self.sends.next_number();
                self.sends.write(CROWD, Side::Buyer, number, &mut request);
                connection.exchange(&request).await?;
                sent += 1;
                let late = sent.saturating_sub(ON_THEIR_WAY);
                self.wait_for(zero + late * CROWD_SOCKETS).await?;
            }
            self.wait_for(zero + sent * CROWD_SOCKETS).await?;
            if round > 0 {
                let frames = (sent - before) * CROWD_SOCKETS;
                rates.push(count(frames) / start.elapsed().as_secs_f64());
            }
        }
        Ok(rates)
    }

    async fn wait_for(&self, frames: usize) -> Result {
        let deadline = Instant::now() + PATIENCE;
        while self.heard.load(Ordering::Relaxed) < frames {
            if Instant::now() > deadline {
                let heard = self.heard.load(Ordering::Relaxed);
                return Err(format!("{} of {frames} frames were lost", frames - heard).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }
}
