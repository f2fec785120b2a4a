//! Requests as bytes, for what a proper client would not send.

use std::net::SocketAddr;

use test_support::PATIENCE;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

/// A connection with little room in the kernel.
pub async fn connect(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 << 10).unwrap();
    socket.connect(address).await.unwrap()
}

/// Asks with these header lines, each a line of bytes, and returns the status.
pub async fn ask(address: SocketAddr, path: &str, headers: &[&[u8]]) -> u16 {
    let mut stream = connect(address).await;
    let mut request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n").into_bytes();
    for header in headers {
        request.extend_from_slice(header);
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    stream.write_all(&request).await.unwrap();
    let mut line = [0; 12];
    let read = timeout(PATIENCE, stream.read_exact(&mut line)).await;
    read.expect("an answer").unwrap();
    let line = std::str::from_utf8(&line).unwrap();
    line["HTTP/1.1 ".len()..].parse().unwrap()
}
