use std::sync::Arc;

use bytes::Bytes;
use futures_util::SinkExt;
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::Role},
};

use wire::FRAME_BYTES;

use super::{FramedSocket, Incoming};
use crate::hub::metrics::SocketMetrics;

type Peer = WebSocketStream<DuplexStream>;

async fn line() -> (FramedSocket<DuplexStream>, Peer) {
    let (ours, theirs) = duplex(1 << 20);
    let line = FramedSocket::new(ours, Bytes::new(), &SocketMetrics::default()).await;
    let peer = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
    (line, peer)
}

async fn hear(line: &mut FramedSocket<DuplexStream>) -> String {
    match line.receive().await {
        Ok(Incoming::Text(text)) => text.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn large_buffers_are_given_back_and_nothing_is_lost() {
    let (mut line, mut peer) = line().await;
    let large = "x".repeat(FRAME_BYTES);
    for _ in 0..3 {
        for text in ["small", &large] {
            assert!(!line.can_shrink());
            peer.send(Message::text(text)).await.unwrap();
            assert_eq!(hear(&mut line).await, text);
        }
        assert!(line.can_shrink());
        line = line.shrink().await;
    }
}

#[tokio::test]
async fn nothing_is_given_back_in_the_middle_of_a_frame() {
    let (mut line, mut peer) = line().await;
    let large = "x".repeat(FRAME_BYTES);
    peer.send(Message::text(large)).await.unwrap();
    // Two frames of one byte, with a mask of zeros; the second is cut.
    let frame = [0x81, 0x81, 0, 0, 0, 0, b'y'];
    let (start, end) = frame.split_at(3);
    let pipe = peer.get_mut();
    pipe.write_all(&frame).await.unwrap();
    pipe.write_all(start).await.unwrap();
    hear(&mut line).await;
    assert_eq!(hear(&mut line).await, "y");
    let waits = tokio::select! {
        biased;
        _ = line.receive() => false,
        () = tokio::task::yield_now() => true,
    };
    assert!(waits);
    assert!(!line.can_shrink());
    peer.get_mut().write_all(end).await.unwrap();
    assert_eq!(hear(&mut line).await, "y");
    assert!(line.can_shrink());
}

#[tokio::test]
async fn what_came_with_the_handshake_is_heard_first() {
    let (ours, mut theirs) = duplex(1 << 10);
    let frame = [0x81, 0x81, 0, 0, 0, 0, b'y'];
    let (start, end) = frame.split_at(4);
    let first = Bytes::from_owner([&frame, start].concat());
    theirs.write_all(end).await.unwrap();
    let mut line = FramedSocket::new(ours, first, &SocketMetrics::default()).await;
    assert_eq!(hear(&mut line).await, "y");
    assert_eq!(hear(&mut line).await, "y");
}

/// A buffer that tells whether somebody still has it.
struct Buffer {
    bytes: Vec<u8>,
    _kept: Arc<()>,
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[tokio::test]
async fn the_buffer_of_the_handshake_is_not_kept() {
    for bytes in [vec![], vec![0x81, 0x81, 0, 0, 0, 0, b'y']] {
        let (ours, _theirs) = duplex(1 << 10);
        let is_heard = !bytes.is_empty();
        let kept = Arc::new(());
        let first = Bytes::from_owner(Buffer {
            bytes,
            _kept: kept.clone(),
        });
        let mut line = FramedSocket::new(ours, first, &SocketMetrics::default()).await;
        if is_heard {
            assert_eq!(hear(&mut line).await, "y");
        }
        assert_eq!(Arc::strong_count(&kept), 1);
    }
}
