//! Files of a conversation, files that wait for the scanner, and uploads in several requests.

use futures_util::future::join_all;

use super::{Checks, Persona, World};
use chat::{
    attachment::{Attachment, Charset, FileState, MediaType, Verdict},
    event::EventKind,
    ids::{AttachmentId, ConversationId, UploadId},
    limits,
    storage::{Append, PartialUpload},
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("filing::files_come_newest_message_first", |world| {
        Box::pin(check_files_come_newest_message_first(world))
    }),
    (
        "filing::a_held_file_is_taken_by_one_and_settled_once",
        |world| Box::pin(check_a_held_file_is_taken_by_one_and_settled_once(world)),
    ),
    (
        "filing::a_partial_upload_grows_only_from_its_end",
        |world| Box::pin(check_a_partial_upload_grows_only_from_its_end(world)),
    ),
    (
        "filing::a_file_that_is_settled_while_it_is_sent_is_shown_as_it_is",
        |world| Box::pin(check_a_file_that_is_settled_while_it_is_sent_is_shown_as_it_is(world)),
    ),
    ("filing::a_partial_upload_ends", |world| {
        Box::pin(check_a_partial_upload_ends(world))
    }),
    ("filing::uploads_at_once_are_no_more_than_may_be", |world| {
        Box::pin(check_uploads_at_once_are_no_more_than_may_be(world))
    }),
    ("filing::unfinished_uploads_are_limited", |world| {
        Box::pin(check_unfinished_uploads_are_limited(world))
    }),
];

async fn upload(world: &World, owner: &Persona<'_>, state: FileState) -> Attachment {
    let attachment = Attachment {
        link: None,
        id: AttachmentId::new(world.clock.new_id()),
        name: "one.txt".to_owned(),
        kind: MediaType::Text,
        charset: Some(Charset::Utf8),
        size: 3,
        pixels: None,
        has_thumbnail: false,
        state,
    };
    let uploads = &world.chat.uploads;
    let added = uploads.add(&owner.id, &attachment, world.clock.now()).await;
    assert!(added.expect("an upload is kept"));
    attachment
}

async fn send(sender: &Persona<'_>, conversation: &ConversationId, files: &[&Attachment]) {
    let mut draft = sender.draft(conversation, "look").await;
    draft.files = files.iter().map(|file| (*file).clone()).collect();
    sender.append(draft).await;
}

async fn check_files_come_newest_message_first(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let mut files = Vec::new();
    for _ in 0..5 {
        files.push(upload(world, &buyer, FileState::Open).await);
    }
    let foreign = upload(world, &buyer, FileState::Open).await;
    send(&buyer, &id, &[&files[1], &files[0]]).await;
    supplier.send(&id, "without").await;
    send(&buyer, &id, &[&files[2]]).await;
    send(&buyer, &id, &[&files[4], &files[3]]).await;
    let expected = [4, 3, 2, 1, 0].map(|number: usize| files[number].id.clone());
    let page = async |after: Option<&AttachmentId>, limit| {
        let page = world.chat.files.page(&id, after, limit).await;
        page.expect("files can be listed")
    };
    let (all, has_more) = page(None, 10).await.expect("no cursor is none of another");
    let ids: Vec<_> = all.iter().map(|file| file.attachment.id.clone()).collect();
    assert_eq!((ids.as_slice(), has_more), (&expected[..], false));
    assert_eq!(all[0].attachment, files[4]);
    let seqs: Vec<_> = all.iter().map(|file| file.seq).collect();
    assert_eq!(seqs, [4, 4, 3, 1, 1]);
    assert_eq!(all[0].sender.as_ref(), Some(&buyer.id));
    let newest = world.history(&id, chat::storage::Anchor::Newest, 1).await;
    let newest = &newest.messages[0];
    assert_eq!(
        (&all[0].message, &all[0].sender_name, all[0].created_at),
        (&newest.id, &newest.sender_name, newest.created_at)
    );
    for limit in [1, 2, 3, 5] {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let found = page(after.as_ref(), limit).await;
            let (files, has_more) = found.expect("a cursor of this list");
            assert!(files.len() <= usize::try_from(limit).expect("it is small"));
            seen.extend(files.into_iter().map(|file| file.attachment.id));
            if !has_more {
                break;
            }
            after = seen.last().cloned();
        }
        assert_eq!(seen, expected, "{limit} a page");
    }
    assert_eq!(page(Some(&foreign.id), 5).await, None, "it was not sent");
    let other = world.buyer("bob").await;
    let other = world.open(world.between(&other, &supplier)).await;
    let elsewhere = world.chat.files.page(&other, Some(&files[0].id), 5).await;
    assert_eq!(elsewhere.expect("files can be listed"), None);
}

async fn taken(world: &World, limit: i64) -> Vec<AttachmentId> {
    let now = world.clock.now();
    let until = now.plus_seconds(limits::SCAN_SECONDS);
    let taken = world.chat.files.take_held(now, until, limit).await;
    let mut taken = taken.expect("held files can be taken");
    taken.sort();
    taken
}

async fn check_a_held_file_is_taken_by_one_and_settled_once(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    upload(world, &buyer, FileState::Open).await;
    let one = upload(world, &buyer, FileState::Held).await;
    let two = upload(world, &buyer, FileState::Held).await;
    let mut both = vec![one.id.clone(), two.id.clone()];
    both.sort();
    assert_eq!(taken(world, 10).await, both);
    assert_eq!(taken(world, 10).await, [], "somebody has them");
    world.clock.advance_seconds(limits::SCAN_SECONDS);
    assert_eq!(taken(world, 1).await.len(), 1, "whoever had them has died");

    send(&buyer, &id, &[&one, &two]).await;
    let settle = async |file: &Attachment, verdict| {
        let settled = world.chat.held_files.settle(&file.id, verdict).await;
        settled.expect("a file can be settled")
    };
    let unsent = upload(world, &buyer, FileState::Held).await;
    let rev = world.conversation(&id).await.rev;
    let before = supplier.heard().len();
    assert!(settle(&one, Verdict::Clean).await);
    assert!(settle(&two, Verdict::Infected).await);
    assert!(settle(&unsent, Verdict::Infected).await);
    let heard: Vec<_> = supplier
        .heard()
        .into_iter()
        .skip(before)
        .map(|event| match event {
            EventKind::MessageUpdated { rev, message } => {
                (rev, message.files.iter().map(|file| file.state).collect())
            }
            other => panic!("nobody said {other:?}"),
        })
        .collect();
    let expected = [
        (rev + 1, vec![FileState::Open, FileState::Held]),
        (rev + 2, vec![FileState::Open, FileState::Infected]),
    ];
    assert_eq!(heard, expected);
    assert_eq!(world.conversation(&id).await.rev, rev + 2);
    for file in [&one, &two] {
        assert!(!settle(file, Verdict::Infected).await, "once");
    }
    world.clock.advance_seconds(limits::SCAN_SECONDS);
    assert_eq!(taken(world, 10).await, []);
    let page = world.history(&id, chat::storage::Anchor::Newest, 1).await;
    let states: Vec<_> = page.messages[0]
        .files
        .iter()
        .map(|file| file.state)
        .collect();
    assert_eq!(states, [FileState::Open, FileState::Infected]);
}

async fn check_a_file_that_is_settled_while_it_is_sent_is_shown_as_it_is(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let good = upload(world, &buyer, FileState::Held).await;
    let bad = upload(world, &buyer, FileState::Held).await;
    let mut one = buyer.draft(&id, "look").await;
    one.files = vec![good.clone()];
    let mut other = buyer.draft(&id, "and look").await;
    other.files = vec![bad.clone()];
    for (file, verdict) in [(&good, Verdict::Clean), (&bad, Verdict::Infected)] {
        let settled = world.chat.held_files.settle(&file.id, verdict).await;
        assert!(settled.expect("a file can be settled"));
    }
    let Append::Created(message) = buyer.append(one).await else {
        panic!("a clean file can be sent");
    };
    assert_eq!(message.files[0].state, FileState::Open);
    let heard = supplier.heard().pop();
    let Some(EventKind::Message { message, .. }) = heard else {
        panic!("a message is heard, not {heard:?}");
    };
    assert_eq!(message.files[0].state, FileState::Open);
    let refused = buyer.append(other.clone()).await;
    assert_eq!(refused, Append::Infected(bad.name.clone()));
    other.files = vec![good, bad];
    assert_eq!(buyer.append(other).await, Append::FilesGone, "one is sent");
    assert_eq!(world.conversation(&id).await.last_seq, 1);
}

fn partial(world: &World, owner: &Persona<'_>) -> PartialUpload {
    PartialUpload {
        id: UploadId::new(world.clock.new_id()),
        owner: owner.id.clone(),
        name: "größe.txt".to_owned(),
        size: 10,
        received: 0,
        pieces: Vec::new(),
        attachment: None,
        created_at: world.clock.now(),
    }
}

async fn begun(world: &World, owner: &Persona<'_>) -> PartialUpload {
    let upload = partial(world, owner);
    let begun = world.chat.partial_uploads.begin(&upload).await;
    assert!(begun.expect("an upload can begin"));
    upload
}

async fn found(world: &World, owner: &Persona<'_>, id: &UploadId) -> Option<PartialUpload> {
    let found = world.chat.partial_uploads.partial(&owner.id, id).await;
    found.expect("an upload can be looked up")
}

async fn check_a_partial_upload_grows_only_from_its_end(world: &World) {
    let (buyer, supplier, _) = world.pair().await;
    let uploads = &world.chat.partial_uploads;
    let mut upload = begun(world, &buyer).await;
    assert_eq!(
        found(world, &buyer, &upload.id).await.as_ref(),
        Some(&upload)
    );
    assert_eq!(found(world, &supplier, &upload.id).await, None);
    let pieces = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let advance = async |from, to, names: &[&str]| {
        let advanced = uploads.advance(&upload.id, from, to, &pieces(names)).await;
        advanced.expect("an upload can go on")
    };
    assert!(advance(0, 4, &["a"]).await);
    assert!(!advance(0, 5, &["b"]).await, "somebody was faster");
    assert!(advance(4, 7, &["a", "c"]).await);
    (upload.received, upload.pieces) = (7, pieces(&["a", "c"]));
    assert_eq!(
        found(world, &buyer, &upload.id).await.as_ref(),
        Some(&upload)
    );

    let file = upload_of(world, &buyer).await;
    let done = async |from| {
        let done = uploads.done(&upload.id, from, &file).await;
        done.expect("an upload can be done")
    };
    assert!(!done(4).await);
    assert!(done(7).await);
    assert!(!done(7).await && !done(10).await, "once");
    let whole = found(world, &buyer, &upload.id).await.expect("it is there");
    assert_eq!((whole.received, whole.attachment), (10, Some(file.clone())));
}

async fn upload_of(world: &World, owner: &Persona<'_>) -> AttachmentId {
    upload(world, owner, FileState::Open).await.id
}

async fn check_a_partial_upload_ends(world: &World) {
    let (buyer, _, _) = world.pair().await;
    let uploads = &world.chat.partial_uploads;
    let old = begun(world, &buyer).await;
    let cancelled = begun(world, &buyer).await;
    world.clock.advance_seconds(limits::UNSENT_SECONDS + 1);
    let young = begun(world, &buyer).await;
    let cancel = uploads.cancel(&cancelled.id).await;
    cancel.expect("an upload can be cancelled");
    assert_eq!(found(world, &buyer, &cancelled.id).await, None);
    let advanced = uploads
        .advance(&cancelled.id, 0, 1, &["a".to_owned()])
        .await;
    assert!(!advanced.expect("it can be asked"));

    let before = world.clock.now().plus_seconds(-limits::UNSENT_SECONDS);
    let mut over = uploads
        .give_up_partial(before, 10)
        .await
        .expect("it can be asked");
    over.sort();
    let mut expected = vec![old.id.clone(), cancelled.id.clone()];
    expected.sort();
    assert_eq!(over, expected);
    assert_eq!(found(world, &buyer, &old.id).await, None);
    uploads
        .forget_partial(&over)
        .await
        .expect("they can be forgotten");
    let over = uploads
        .give_up_partial(before, 10)
        .await
        .expect("it can be asked");
    assert_eq!(over, []);
    assert_eq!(found(world, &buyer, &young.id).await, Some(young));
}

async fn check_unfinished_uploads_are_limited(world: &World) {
    let (buyer, supplier, _) = world.pair().await;
    let first = begun(world, &buyer).await;
    let file = upload_of(world, &buyer).await;
    for _ in 2..limits::UNSENT_UPLOADS {
        begun(world, &buyer).await;
    }
    let uploads = &world.chat.partial_uploads;
    let more = partial(world, &buyer);
    assert!(!uploads.begin(&more).await.expect("it can be asked"));
    let room = world.chat.uploads.has_room(&buyer.id).await;
    assert!(!room.expect("it can be asked"));
    begun(world, &supplier).await;
    // What it has become counts once.
    assert!(uploads.done(&first.id, 0, &file).await.expect("it is done"));
    assert!(uploads.begin(&more).await.expect("there is room"));
}

async fn check_uploads_at_once_are_no_more_than_may_be(world: &World) {
    let (buyer, _, _) = world.pair().await;
    for _ in 2..limits::UNSENT_UPLOADS {
        begun(world, &buyer).await;
    }
    let tries = (0..8).map(|_| async {
        let upload = partial(world, &buyer);
        let begun = world.chat.partial_uploads.begin(&upload).await;
        begun.expect("it can be asked")
    });
    let tries = join_all(tries).await;
    assert_eq!(tries.iter().filter(|begun| **begun).count(), 2);
}
