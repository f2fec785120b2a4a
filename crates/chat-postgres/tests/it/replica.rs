//! A replica behind whose name there are several.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use chat::storage::{Anchor, Conversations, Messages, Storage};
use chat_postgres::{PgOptions, PgStorage};
use futures_util::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, UnixStream},
};

use crate::support::{Fixture, Heard, draft};

/// Gives each connection to the next of these databases, whatever it asked for. Their names are of one length.
async fn in_turn(urls: [&str; 2]) -> String {
    let (address, query) = urls[0].split_once('?').unwrap();
    let folder = query.split('&').find_map(|part| part.strip_prefix("host="));
    let (server, _) = address.rsplit_once('/').unwrap();
    let (_, port) = server.rsplit_once(':').unwrap();
    let socket = PathBuf::from(folder.unwrap()).join(format!(".s.PGSQL.{port}"));
    let names = urls.map(|url| {
        let (address, _) = url.split_once('?').unwrap();
        address.rsplit_once('/').unwrap().1.to_owned()
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let url = format!("postgres://haggle@{address}/{}?sslmode=disable", names[0]);
    tokio::spawn(async move {
        let turn = AtomicUsize::new(0);
        while let Ok((mut client, _)) = listener.accept().await {
            let name = names[turn.fetch_add(1, Ordering::Relaxed) % 2].clone();
            let (asked, socket) = (names[0].clone(), socket.clone());
            tokio::spawn(async move {
                let mut server = UnixStream::connect(socket).await.unwrap();
                let length = client.read_u32().await.unwrap();
                let mut start = vec![0; usize::try_from(length).unwrap() - 4];
                client.read_exact(&mut start).await.unwrap();
                let start = String::from_utf8(start).unwrap().replace(&asked, &name);
                server.write_u32(length).await.unwrap();
                server.write_all(start.as_bytes()).await.unwrap();
                // Ends with either of the two.
                drop(copy_bidirectional(&mut client, &mut server).await);
            });
        }
    });
    url
}

#[tokio::test]
async fn a_page_never_comes_from_two_replicas_of_which_one_is_behind() {
    let (fresh, behind) = (Fixture::new().await, Fixture::new().await);
    for (fixture, messages) in [(&fresh, 2), (&behind, 1)] {
        fixture.people().await;
        let id = fixture.conversation("c").await;
        for n in 0..messages {
            fixture.writer.append(draft(n, &id, None)).await.unwrap();
        }
    }
    let mut options = PgOptions::new(fresh.database.url());
    options.replica_url = Some(in_turn([fresh.database.url(), behind.database.url()]).await);
    let storage = PgStorage::connect(&options).await.unwrap();
    let writer = storage.writer(Arc::new(Heard::default()));
    let id = chat::ids::ConversationId::new("c");
    let known = storage.get(&id).await.unwrap().unwrap();
    for _ in 0..20 {
        let pages = (0..16).map(|_| writer.history(&id, &Anchor::Newest, 10, known.rev));
        for page in join_all(pages).await {
            assert_eq!(page.unwrap().unwrap().messages.len(), 2);
        }
    }
    let reads = storage.replica_reads().unwrap();
    assert!(reads.answered > 0 && reads.passed_on > 0, "{reads:?}");
    writer.close().await;
    storage.close().await;
}
