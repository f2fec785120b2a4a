//! `haggle health`: whether the server that these settings start answers. For the health check of a
//! container, which has no other program to ask with.

use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    process::ExitCode,
    time::Duration,
};

use super::process::fail;
use crate::{settings::Settings, stdout::say};

/// For each of connecting, asking and hearing the answer.
const PATIENCE: Duration = Duration::from_secs(3);
const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
/// The first line, and some more.
const ANSWER_BYTES: u64 = 1024;

pub fn run(settings: &Settings) -> ExitCode {
    match ask(reachable(settings.listen)) {
        Ok(line) if line.split(' ').nth(1) == Some("200") => {
            say("ok");
            ExitCode::SUCCESS
        }
        Ok(line) => fail(&format!("the server at {} says {line}", settings.listen)),
        Err(error) => fail(&format!("no server at {}: {error}", settings.listen)),
    }
}

/// A server that listens on every address is asked on this machine's own.
pub(super) fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// The status line of the answer.
fn ask(address: SocketAddr) -> io::Result<String> {
    let mut server = TcpStream::connect_timeout(&address, PATIENCE)?;
    server.set_read_timeout(Some(PATIENCE))?;
    server.set_write_timeout(Some(PATIENCE))?;
    server.write_all(REQUEST)?;
    let mut answer = Vec::new();
    server.take(ANSWER_BYTES).read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::reachable;

    #[test]
    fn every_address_is_asked_on_loopback() {
        let cases = [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:81", "[::1]:81"),
            ("10.1.2.3:82", "10.1.2.3:82"),
        ];
        for (listen, asked) in cases {
            assert_eq!(reachable(listen.parse().unwrap()), asked.parse().unwrap());
        }
    }
}
