//! Many files that arrive, and how much memory that takes.

use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::time::Instant;

use tokio::task::JoinSet;

use crate::data::Side;
use crate::figure::{Amount, Figure, Goal, Unit};
use crate::http::Connection;
use crate::machine::{peak_bytes, resident_bytes};
use crate::requests::token;
use crate::result::Result;
use crate::setup::Setup;

pub const ABOUT: &str = "\
1,000 uploads of a text of 1 MB, one by each of 1,000 people, over 8 connections, into a folder. Beside it the same bytes \
in as many files, written and flushed to disk one after the other by one thread. Memory is the most that the server held, less what it \
held before the first.";

const UPLOADS: usize = 1_000;
const BYTES: usize = 1_000_000;
const CLIENTS: usize = 8;

pub async fn measure(setup: &mut Setup) -> Result<Vec<Figure>> {
    let server = setup.serve()?;
    let (pid, address) = (server.pid(), server.address);
    let text = b"Five hundred pieces, FOB Shenzhen.\n".repeat(BYTES / 35 + 1);
    let text = &text[..BYTES];
    let plain = written(setup, text)?;
    let before = resident_bytes(pid)?;
    let began = Instant::now();
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let mine = (client..UPLOADS).step_by(CLIENTS);
        let requests: Vec<_> = mine.map(|number| head(address, number)).collect();
        clients.spawn(upload(address, requests, text.to_vec()));
    }
    while let Some(client) = clients.join_next().await {
        client??;
    }
    let uploaded = began.elapsed().as_secs_f64();
    let more = (peak_bytes(pid)? - before).max(0.0);
    server.stop()?;
    let megabytes = |megabytes: f64| megabytes * 1024.0 * 1024.0;
    Ok(vec![
        Figure::alone("uploads", Amount::new(uploaded, Unit::Seconds)).against(
            "files, written and flushed",
            Amount::new(plain, Unit::Seconds),
            uploaded / plain,
        ),
        Figure::alone("memory of them", Amount::new(more, Unit::Bytes)).goal(Goal::amount(
            megabytes(64.0),
            megabytes(32.0),
            Unit::Bytes,
        )),
    ])
}

async fn upload(address: SocketAddr, heads: Vec<Vec<u8>>, text: Vec<u8>) -> std::io::Result<()> {
    let mut connection = Connection::open(address).await?;
    let mut request = Vec::with_capacity(BYTES + 1_024);
    for head in heads {
        request.clear();
        request.extend_from_slice(&head);
        request.extend_from_slice(&text);
        request.extend_from_slice(END);
        connection.exchange(&request).await?;
    }
    Ok(())
}

const END: &[u8] = b"\r\n--limit--\r\n";

/// All before the bytes.
fn head(address: SocketAddr, number: usize) -> Vec<u8> {
    let part = format!(
        "--limit\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{number}.txt\"\r\n\r\n"
    );
    let length = part.len() + BYTES + END.len();
    let token = token(&Side::Buyer.user(number));
    format!(
        "POST /api/chat/attachments HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer {token}\r\ncontent-type: multipart/form-data; boundary=limit\r\n\
         content-length: {length}\r\n\r\n{part}"
    )
    .into()
}

/// Seconds.
fn written(setup: &Setup, text: &[u8]) -> Result<f64> {
    let folder = setup.path("bare-files");
    std::fs::create_dir(&folder)?;
    let began = Instant::now();
    for number in 0..UPLOADS {
        let mut file = File::create(folder.join(number.to_string()))?;
        file.write_all(text)?;
        file.sync_all()?;
    }
    Ok(began.elapsed().as_secs_f64())
}
