//! The protocol of `clamd`, as its manual describes it: a command that ends in NUL, and for
//! `INSTREAM` pieces behind their lengths, the last one empty.

use std::{io, pin::pin, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

use super::{address::ScannerAddress, found::Found};

const CONNECT: Duration = Duration::from_secs(5);
/// For one piece to be taken.
const WRITE: Duration = Duration::from_secs(20);
/// For a short question.
const ANSWER: Duration = Duration::from_secs(5);
/// Of an answer. Names of what is found are short.
const ANSWER_BYTES: u64 = 4 << 10;

trait Socket: AsyncRead + AsyncWrite + Send + Unpin {}

impl Socket for TcpStream {}
impl Socket for UnixStream {}

/// The caller bounds how long it takes.
pub async fn scan(
    address: &ScannerAddress,
    bytes: impl Stream<Item = io::Result<Bytes>>,
) -> io::Result<Found> {
    let mut clamd = connect(address).await?;
    write(&mut *clamd, b"zINSTREAM\0").await?;
    let mut bytes = pin!(bytes);
    let mut sent = Ok(());
    while let Some(piece) = bytes.next().await {
        let piece = piece?;
        if piece.is_empty() {
            continue;
        }
        let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
        sent = async {
            write(&mut *clamd, &length.to_be_bytes()).await?;
            write(&mut *clamd, &piece).await
        }
        .await;
        if sent.is_err() {
            break;
        }
    }
    if sent.is_ok() {
        sent = write(&mut *clamd, &[0; 4]).await;
    }
    // A scanner that takes no more says why before it closes.
    let answer = read(&mut *clamd).await;
    match (answer, sent) {
        (Ok(answer), _) if !answer.is_empty() => verdict(&answer),
        (Err(error), Ok(())) | (_, Err(error)) => Err(error),
        (Ok(_), Ok(())) => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

pub async fn version(address: &ScannerAddress) -> io::Result<String> {
    let mut clamd = connect(address).await?;
    write(&mut *clamd, b"zVERSION\0").await?;
    let answer = timeout(ANSWER, read(&mut *clamd)).await?;
    match answer?.as_str() {
        "" => Err(io::ErrorKind::UnexpectedEof.into()),
        version => Ok(version.to_owned()),
    }
}

async fn connect(address: &ScannerAddress) -> io::Result<Box<dyn Socket>> {
    let connecting = async {
        Ok(match address {
            ScannerAddress::Tcp(place) => {
                Box::new(TcpStream::connect(place).await?) as Box<dyn Socket>
            }
            ScannerAddress::Unix(path) => Box::new(UnixStream::connect(path).await?),
        })
    };
    timeout(CONNECT, connecting).await?
}

async fn write(clamd: &mut dyn Socket, bytes: &[u8]) -> io::Result<()> {
    timeout(WRITE, clamd.write_all(bytes)).await?
}

/// Up to the NUL that ends it, and no further: behind it is an error when the scanner has closed
/// before it took all that was sent.
async fn read(clamd: &mut dyn Socket) -> io::Result<String> {
    let mut answer = Vec::new();
    let mut clamd = clamd.take(ANSWER_BYTES);
    while !answer.contains(&0) {
        if clamd.read_buf(&mut answer).await? == 0 {
            break;
        }
    }
    let end = answer.iter().position(|byte| *byte == 0);
    answer.truncate(end.unwrap_or(answer.len()));
    Ok(String::from_utf8_lossy(&answer).trim().to_owned())
}

/// `stream: OK`, `stream: NAME FOUND`, or why it does not know, which ends in `ERROR`.
fn verdict(answer: &str) -> io::Result<Found> {
    let about = answer.strip_prefix("stream: ");
    if about == Some("OK") {
        return Ok(Found::Nothing);
    }
    match about.and_then(|about| about.strip_suffix(" FOUND")) {
        Some(name) => Ok(Found::Something(name.to_owned())),
        None => Err(io::Error::other(format!("clamd said: {answer}"))),
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::UnixStream,
    };

    use super::{Found, read, verdict, write};

    #[tokio::test]
    async fn an_answer_is_read_although_the_scanner_left_what_was_sent() {
        let (mut ours, mut clamd) = UnixStream::pair().unwrap();
        write(&mut ours, b"more than it takes").await.unwrap();
        clamd.read_u8().await.unwrap();
        clamd.write_all(b"no. ERROR\0").await.unwrap();
        drop(clamd);
        write(&mut ours, b"and more").await.unwrap_err();
        assert_eq!(read(&mut ours).await.unwrap(), "no. ERROR");
    }

    #[test]
    fn only_what_clamd_has_seen_whole_is_clean() {
        assert_eq!(verdict("stream: OK").unwrap(), Found::Nothing);
        let found = verdict("stream: Win.Test.EICAR_HDB-1 FOUND").unwrap();
        assert_eq!(found, Found::Something("Win.Test.EICAR_HDB-1".into()));
        for unknown in [
            "INSTREAM size limit exceeded. ERROR",
            "OK",
            "stream: x ERROR",
        ] {
            verdict(unknown).unwrap_err();
        }
    }
}
