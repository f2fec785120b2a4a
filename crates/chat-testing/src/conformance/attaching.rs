//! Files are uploaded first, and sent once, by whoever uploaded them.

use super::{Checks, Persona, World};
use chat::{
    attachment::{Attachment, Charset, FileState, MediaType, Pixels},
    event::EventKind,
    ids::{AttachmentId, ConversationId},
    limits,
    storage::{Anchor, Append},
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("attaching::a_message_takes_its_files_along", |world| {
        Box::pin(check_a_message_takes_its_files_along(world))
    }),
    ("attaching::a_file_is_sent_once", |world| {
        Box::pin(check_a_file_is_sent_once(world))
    }),
    ("attaching::nobody_sends_the_file_of_another", |world| {
        Box::pin(check_nobody_sends_the_file_of_another(world))
    }),
    ("attaching::a_refused_send_keeps_the_file", |world| {
        Box::pin(check_a_refused_send_keeps_the_file(world))
    }),
    ("attaching::a_file_goes_with_its_conversation", |world| {
        Box::pin(check_a_file_goes_with_its_conversation(world))
    }),
    ("attaching::what_is_never_sent_is_given_up", |world| {
        Box::pin(check_what_is_never_sent_is_given_up(world))
    }),
    ("attaching::uploads_that_wait_are_limited", |world| {
        Box::pin(check_uploads_that_wait_are_limited(world))
    }),
];

async fn try_upload(world: &World, owner: &Persona<'_>, name: &str) -> Option<Attachment> {
    let attachment = Attachment {
        link: None,
        id: AttachmentId::new(world.clock.new_id()),
        name: name.to_owned(),
        kind: MediaType::Text,
        charset: Some(Charset::Utf16le),
        size: 1_234,
        pixels: Some(Pixels {
            width: 40,
            height: 30,
        }),
        has_thumbnail: true,
        state: FileState::Open,
    };
    let uploads = &world.chat.uploads;
    let added = uploads.add(&owner.id, &attachment, world.clock.now()).await;
    added.expect("an upload is kept").then_some(attachment)
}

async fn has_room(world: &World, owner: &Persona<'_>) -> bool {
    let uploads = &world.chat.uploads;
    uploads.has_room(&owner.id).await.expect("it can be asked")
}

async fn upload(world: &World, owner: &Persona<'_>, name: &str) -> Attachment {
    let attachment = try_upload(world, owner, name).await;
    attachment.expect("the owner has not too many")
}

async fn send(sender: &Persona<'_>, conversation: &ConversationId, files: &[Attachment]) -> Append {
    let mut draft = sender.draft(conversation, "look").await;
    draft.files = files.to_vec();
    sender.append(draft).await
}

/// Where it was sent, for a file that is there.
async fn place(world: &World, file: &Attachment) -> Option<Option<ConversationId>> {
    let found = world.chat.uploads.find(&file.id).await;
    let found = found.expect("a file can be looked up");
    found.map(|kept| {
        assert_eq!(kept.attachment, *file);
        kept.sent_in
    })
}

async fn unsent(world: &World, owner: &Persona<'_>, files: &[&Attachment]) -> Vec<Attachment> {
    let ids: Vec<_> = files.iter().map(|file| file.id.clone()).collect();
    let unsent = world.chat.uploads.unsent(&owner.id, &ids).await;
    unsent.expect("uploads can be looked up")
}

async fn check_a_message_takes_its_files_along(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let one = upload(world, &buyer, "one.png").await;
    let two = upload(world, &buyer, "two.png").await;
    assert_eq!(place(world, &one).await, Some(None));
    assert_eq!(
        unsent(world, &buyer, &[&two, &one]).await,
        [two.clone(), one.clone()]
    );
    let files = [two.clone(), one.clone()];
    let Append::Created(message) = send(&buyer, &id, &files).await else {
        panic!("the files are the buyer's");
    };
    assert_eq!(message.files, files);
    let heard = supplier.heard().into_iter().rev();
    let heard = heard.into_iter().find_map(|event| match event {
        EventKind::Message { message, .. } => Some(message),
        _ => None,
    });
    assert_eq!(heard.as_ref(), Some(message.as_ref()));
    buyer.send(&id, "without").await;
    let page = world.history(&id, Anchor::Newest, 10).await;
    let files_of: Vec<_> = page.messages.iter().map(|m| m.files.len()).collect();
    assert_eq!(files_of, [0, 2]);
    assert_eq!(page.messages[1].files, files);
    assert_eq!(place(world, &one).await, Some(Some(id)));
    assert_eq!(unsent(world, &buyer, &[&one, &two]).await, []);
}

async fn check_a_file_is_sent_once(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let file = upload(world, &buyer, "one.png").await;
    let mut draft = buyer.draft(&id, "look").await;
    draft.files = vec![file.clone()];
    draft.client_message_id = Some("k".to_owned());
    assert!(matches!(
        buyer.append(draft.clone()).await,
        Append::Created(_)
    ));
    let before = world.conversation(&id).await;
    assert_eq!(send(&buyer, &id, &[file.clone()]).await, Append::FilesGone);
    let other = upload(world, &buyer, "two.png").await;
    let both = [other.clone(), file.clone()];
    assert_eq!(send(&buyer, &id, &both).await, Append::FilesGone);
    assert_eq!(world.conversation(&id).await, before);
    assert_eq!(place(world, &other).await, Some(None), "all or none");

    let messages = &world.chat.messages;
    let first = messages.sent(&buyer.id, &id, "k").await;
    let first = first.expect("a retry can be looked up");
    assert_eq!(first.expect("it was sent").files, [file]);
}

async fn check_nobody_sends_the_file_of_another(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let file = upload(world, &buyer, "one.png").await;
    assert_eq!(unsent(world, &supplier, &[&file]).await, []);
    let files = [file.clone()];
    assert_eq!(send(&supplier, &id, &files).await, Append::FilesGone);
    assert_eq!(place(world, &file).await, Some(None));
    assert!(matches!(
        send(&buyer, &id, &files).await,
        Append::Created(_)
    ));
    assert_eq!(send(&supplier, &id, &files).await, Append::FilesGone);
}

async fn check_a_refused_send_keeps_the_file(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let outsider = world.buyer("bob").await;
    let file = upload(world, &outsider, "one.png").await;
    let files = [file.clone()];
    assert_eq!(send(&outsider, &id, &files).await, Append::NotParticipant);
    let nowhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    assert_eq!(
        send(&outsider, &nowhere, &files).await,
        Append::NoConversation
    );
    assert_eq!(unsent(world, &outsider, &[&file]).await, files);
    let own = world.open(world.between(&outsider, &supplier)).await;
    assert!(matches!(
        send(&outsider, &own, &files).await,
        Append::Created(_)
    ));
    buyer.send(&id, "still here").await;
}

async fn check_a_file_goes_with_its_conversation(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let file = upload(world, &buyer, "one.png").await;
    send(&buyer, &id, &[file.clone()]).await;
    let directory = &world.chat.directory_editor;
    let deleted = directory.delete_user(&supplier.id).await;
    deleted.expect("a user can be deleted");
    assert_eq!(place(world, &file).await, None);
    assert_eq!(unsent(world, &buyer, &[&file]).await, []);
    assert_eq!(given_up(world, 10).await, [file.id.clone()]);
    let forgotten = world.chat.uploads.forget(&[file.id]).await;
    forgotten.expect("files can be forgotten");
    assert_eq!(given_up(world, 10).await, []);
}

/// Of uploads that are older than their time.
async fn given_up(world: &World, limit: i64) -> Vec<AttachmentId> {
    let before = world.clock.now().plus_seconds(-limits::UNSENT_SECONDS);
    let ids = world.chat.uploads.give_up(before, limit).await;
    let mut ids = ids.expect("uploads can be given up");
    ids.sort();
    ids
}

async fn check_what_is_never_sent_is_given_up(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let sent = upload(world, &buyer, "sent.png").await;
    send(&buyer, &id, &[sent.clone()]).await;
    let old = upload(world, &buyer, "old.png").await;
    let older = upload(world, &buyer, "older.png").await;
    world.clock.advance_seconds(limits::UNSENT_SECONDS);
    assert_eq!(given_up(world, 10).await, []);
    world.clock.advance_seconds(1);
    let young = upload(world, &buyer, "young.png").await;

    let mut both = vec![old.id.clone(), older.id.clone()];
    both.sort();
    assert_eq!(given_up(world, 1).await.len(), 1, "as many as were asked");
    assert_eq!(given_up(world, 10).await, both, "until they are forgotten");
    assert_eq!(place(world, &old).await, None);
    assert_eq!(
        send(&buyer, &id, &[old.clone()]).await,
        Append::FilesGone,
        "given up is given up"
    );
    let forgotten = world.chat.uploads.forget(&both).await;
    forgotten.expect("files can be forgotten");
    assert_eq!(given_up(world, 10).await, []);
    assert_eq!(place(world, &young).await, Some(None));
    assert_eq!(place(world, &sent).await, Some(Some(id)));
}

async fn check_uploads_that_wait_are_limited(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let first = upload(world, &buyer, "0.png").await;
    for number in 1..limits::UNSENT_UPLOADS {
        assert!(has_room(world, &buyer).await);
        upload(world, &buyer, &format!("{number}.png")).await;
    }
    assert!(!has_room(world, &buyer).await);
    assert!(has_room(world, &supplier).await);
    assert_eq!(try_upload(world, &buyer, "more.png").await, None);
    upload(world, &supplier, "mine.png").await;
    send(&buyer, &id, &[first]).await;
    upload(world, &buyer, "more.png").await;
    assert_eq!(try_upload(world, &buyer, "even more.png").await, None);
}
