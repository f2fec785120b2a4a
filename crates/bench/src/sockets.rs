//! The memory of sockets that are open and silent.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::data::id;
use crate::figure::{Amount, Figure, Goal, Unit};
use crate::load::count;
use crate::machine::{allow_sockets, resident_bytes};
use crate::plan::Plan;
use crate::requests::token;
use crate::result::Result;
use crate::server::Server;
use crate::setup::Setup;
use crate::socket::Socket;

pub const ABOUT: &str = "\
Resident memory of the server process, after so many people each opened a socket, authenticated and heard `ready`, less \
what it held with 100 of them, divided by the others. The baseline server's sockets have buffers of the same size, and each \
has echoed a frame. The memory of the kernel for the connections is in neither.";

/// Sockets that are open before memory is looked at first.
const FIRST: usize = 100;
/// What was needed for the handshakes only is given back within this time.
const SETTLE: Duration = Duration::from_secs(4);

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for &sockets in &plan.sockets {
        allow_sockets(FIRST + sockets)?;
        let server = setup.serve()?;
        people(setup, FIRST + sockets)?;
        let address = server.address;
        let ours = bytes_of_one(&server, sockets, async |number| {
            Socket::enter(address, &token(&person(number))).await
        });
        let ours = ours.await?;
        server.stop()?;

        let server = setup.baseline(&[setup.path("").as_os_str()])?;
        let address = server.address;
        let bare = bytes_of_one(&server, sockets, async |_| echo(address).await);
        let bare = bare.await?;
        let bytes = |value| Amount::new(value, Unit::Bytes);
        figures.push(
            Figure::alone(format!("a socket of {sockets}"), bytes(ours))
                .against("a bare echo socket", bytes(bare), ours / bare)
                .goal(Goal::amount(10_240.0, 6_144.0, Unit::Bytes)),
        );
    }
    Ok(figures)
}

fn person(number: usize) -> String {
    id('1', number)
}

/// One for each socket, strangers to each other.
fn people(setup: &Setup, people: usize) -> Result {
    let (prefix, start) = ("10000000-0000-4000-8000-", crate::data::FIRST);
    setup.sql(&format!(
        "insert into haggle.users (id, name, email, role)
         select '{prefix}' || n, 'Buyer ' || n, 'buyer@example.com', 'buyer'
         from generate_series({start}, {start} + {people} - 1) as n
         on conflict do nothing;"
    ))?;
    Ok(())
}

async fn echo(address: SocketAddr) -> std::io::Result<Socket> {
    let mut socket = Socket::open(address, "/echo").await?;
    socket.say(b"hello").await?;
    socket.hear(|_| {}).await?;
    Ok(socket)
}

async fn bytes_of_one(
    server: &Server,
    sockets: usize,
    open: impl AsyncFn(usize) -> std::io::Result<Socket>,
) -> Result<f64> {
    let mut held = JoinSet::new();
    let mut held_bytes = Vec::new();
    for numbers in [0..FIRST, FIRST..FIRST + sockets] {
        for number in numbers {
            held.spawn(hold(open(number).await?));
        }
        tokio::time::sleep(SETTLE).await;
        held_bytes.push(resident_bytes(server.pid())?);
    }
    if held.try_join_next().is_some() {
        return Err("the server closed a silent socket".into());
    }
    Ok((held_bytes[1] - held_bytes[0]) / count(sockets))
}

/// Answers pings.
async fn hold(mut socket: Socket) -> std::io::Result<()> {
    loop {
        socket.hear(|_| {}).await?;
    }
}
