//! `haggle attachments move`: the bytes of all files to another place.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use reqwest::Method;
use test_support::{Person, S3Server, ServerOptions, ServerProcess};

use crate::{
    attachments::{send, upload},
    files::png,
    world::{World, id},
};

fn move_to(world: &World, data: &Path, to: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_haggle"))
        .args(["attachments", "move", "--to", to])
        .env("DATABASE_URL", world.database.url())
        .env("HAGGLE_DATA_DIR", data)
        .envs(S3Server::keys())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

#[tokio::test]
async fn all_files_are_in_the_bucket_and_the_server_goes_on_with_it() {
    let (s3, data) = (S3Server::start(), tempfile::tempdir().unwrap());
    let mut world = World::with(&[("HAGGLE_DATA_DIR", data.path().to_str().unwrap())]).await;
    let steel = world.steel().await;
    let picture = upload(&world.anna, "a.png", &png()).await;
    let large = vec![b'a'; 9 << 20];
    let text = upload(&world.anna, "a.txt", &large).await;
    upload(&world.anna, "unsent.txt", b"unsent").await;
    let sent = send(&world.anna, &steel, "", &[&picture, &text]).await;
    let to = s3.url("moved");

    let first = move_to(&world, data.path(), &to);
    let told = said(&first);
    assert!(first.status.success(), "{told}");
    assert!(told.contains("4 objects: 4 copied"), "{told}");
    assert!(
        told.contains("0 there already, 0 missing, 0 failed"),
        "{told}"
    );
    assert!(
        told.contains(&format!("HAGGLE_OBJECT_STORE={to}")),
        "{told}"
    );
    // Of the same size and other bytes, and one that is gone.
    let place = |file: &serde_json::Value, part: &str| {
        s3.folder().join(format!("moved/{}.{part}", id(file)))
    };
    fs::write(place(&text, "file"), vec![b'b'; large.len()]).unwrap();
    fs::remove_file(place(&picture, "thumbnail")).unwrap();
    let second = said(&move_to(&world, data.path(), &to));
    assert!(second.contains("4 objects: 2 copied"), "{second}");
    assert!(
        second.contains("2 there already, 0 missing, 0 failed"),
        "{second}"
    );
    assert!(fs::read(place(&text, "file")).unwrap() == large);

    world.server.kill9();
    let mut options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(world.database.url())
        .set("HAGGLE_OBJECT_STORE", &to);
    for (name, value) in S3Server::keys() {
        options = options.set(name, value);
    }
    let server = ServerProcess::spawn(&options).await;
    let sofia = Person::new(&server.base(), "sofia");
    for (file, length) in sent["files"]
        .as_array()
        .unwrap()
        .iter()
        .zip([None, Some(large.len())])
    {
        let path = format!("/api/chat/attachments/{}", id(file));
        let answer = sofia.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let bytes = answer.bytes().await.unwrap();
        assert!(length.is_none_or(|length| bytes.len() == length));
    }
}

#[tokio::test]
async fn what_is_missing_is_named_and_nothing_else_is_left_behind() {
    let data = tempfile::tempdir().unwrap();
    let world = World::with(&[("HAGGLE_DATA_DIR", data.path().to_str().unwrap())]).await;
    let gone = upload(&world.anna, "a.txt", b"gone").await;
    upload(&world.anna, "b.txt", b"here").await;
    let name = id(&gone);
    let spread = &name[name.len() - 2..];
    fs::remove_file(
        data.path()
            .join(format!("attachments/{spread}/{name}.file")),
    )
    .unwrap();
    let other = tempfile::tempdir().unwrap();
    let to = format!("file://{}", other.path().join("files").display());
    let moved = move_to(&world, data.path(), &to);
    let told = said(&moved);
    assert_eq!(moved.status.code(), Some(1), "{told}");
    assert!(
        told.contains("2 objects: 1 copied (4 bytes), 0 there already, 1 missing"),
        "{told}"
    );
    assert!(told.contains(&name), "{told}");
    let here = format!("file://{}", data.path().join("attachments").display());
    for wrong in ["", "nowhere", &*here] {
        let moved = move_to(&world, data.path(), wrong);
        assert_eq!(moved.status.code(), Some(2), "{wrong}: {}", said(&moved));
    }
}
