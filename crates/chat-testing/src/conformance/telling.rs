//! What happens is written for the endpoints that want to hear of it, in the transaction in which it happens, and
//! delivered once to each.

use std::time::Duration;

use super::{Checks, World, changing::moderation, world::node};
use chat::{
    ids::{DeliveryId, EndpointId, JobId, ProductId},
    job::{Claim, Ended, Job, JobQuery},
    limits,
    person::Role,
    storage::{NewConversation, ProductRecord, Reacting, Target, Webhooks},
    timestamp::{Clock, Timestamp},
    webhook::{
        Attempt, Delivery, DeliveryPage, DeliveryState, EVENT_JOB, Endpoint, EndpointChange,
        Filter, Happened, Left, NewEndpoint, Rendered, ToSend, delivery_job,
    },
};

pub(super) const CHECKS: Checks = &[
    ("telling::everything_that_happens", |world| {
        Box::pin(check_everything_that_happens(world))
    }),
    ("telling::only_what_somebody_wants", |world| {
        Box::pin(check_only_what_somebody_wants(world))
    }),
    (
        "telling::an_event_goes_once_to_each_who_wants_it",
        |world| Box::pin(check_an_event_goes_once_to_each_who_wants_it(world)),
    ),
    ("telling::how_it_went", |world| {
        Box::pin(check_how_it_went(world))
    }),
    ("telling::secrets_rotate", |world| {
        Box::pin(check_secrets_rotate(world))
    }),
    ("telling::endpoints_change_and_go", |world| {
        Box::pin(check_endpoints_change_and_go(world))
    }),
    ("telling::the_endpoint_of_the_settings", |world| {
        Box::pin(check_the_endpoint_of_the_settings(world))
    }),
];

fn webhooks(world: &World) -> &dyn Webhooks {
    &*world.chat.webhooks
}

fn new(id: &str, events: &[&str]) -> NewEndpoint {
    NewEndpoint {
        id: EndpointId::new(id),
        url: format!("https://{id}.example/hook"),
        events: Filter(events.iter().map(ToString::to_string).collect()),
        secret: format!("secret of {id}"),
    }
}

pub(super) async fn add(world: &World, id: &str, events: &[&str]) -> Endpoint {
    let added = webhooks(world).add_endpoint(&new(id, events)).await;
    added
        .expect("an endpoint can be added")
        .expect("there is room")
}

async fn change(world: &World, endpoint: &Endpoint, change: EndpointChange) -> Endpoint {
    let changed = webhooks(world).change_endpoint(&endpoint.id, &change).await;
    changed.expect("it can be changed").expect("it is there")
}

fn switched(is_active: bool) -> EndpointChange {
    EndpointChange {
        is_active: Some(is_active),
        ..EndpointChange::default()
    }
}

/// What was written since the last time, in its order.
pub(super) async fn told(world: &World) -> Vec<Happened> {
    let jobs = &world.chat.jobs;
    let one = node("teller");
    let claimed = jobs
        .claim(&one, EVENT_JOB, Duration::from_mins(1), 100)
        .await;
    let mut claimed = claimed.expect("events can be claimed");
    claimed.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
    for job in &claimed {
        let ended = jobs.end(&Claim::of(job, &one), &Ended::Done).await;
        assert!(ended.expect("they can end"));
    }
    let read = |job: Job| serde_json::from_value(job.payload).expect("an event");
    claimed.into_iter().map(read).collect()
}

#[expect(
    clippy::too_many_lines,
    reason = "one of each, in the order in which they happen"
)]
async fn check_everything_that_happens(world: &World) {
    let (bea, sol) = (world.buyer("bea").await, world.supplier("sol").await);
    let ada = world.admin("ada").await;
    let product = world.product("p1", "Panel").await;
    let about = |product: &ProductId| NewConversation {
        product: Some(product.clone()),
        ..world.between(&bea, &sol)
    };
    let early = world.open(world.between(&bea, &sol)).await;
    bea.send(&early, "nobody listens").await;
    assert_eq!(told(world).await, [], "nobody wants to hear anything");

    add(world, "all", &["*"]).await;
    let id = world.open(about(&product)).await;
    let opened = told(world).await;
    let [Happened::ConversationCreated { conversation }] = opened.as_slice() else {
        panic!("{opened:?}")
    };
    assert_eq!(**conversation, world.conversation(&id).await);
    world.try_open(about(&product)).await;
    assert_eq!(told(world).await, [], "it was there");

    let said = bea.send(&id, "hello").await;
    let expected = Happened::MessageCreated {
        rev: conversation.rev + 1,
        message: Box::new(said.clone()),
    };
    assert_eq!(told(world).await, [expected]);
    sol.read(&id).await;
    let read = told(world).await;
    let [
        Happened::ReadMoved {
            rev,
            user,
            last_read_seq,
            ..
        },
    ] = read.as_slice()
    else {
        panic!("{read:?}")
    };
    assert_eq!(
        (*rev, user, *last_read_seq),
        (conversation.rev + 2, &sol.id, said.seq)
    );
    sol.read(&id).await;
    bea.send_as(&id, "m-1", "again").await;
    bea.send_as(&id, "m-1", "again").await;
    let names: Vec<_> = told(world).await.iter().map(Happened::name).collect();
    assert_eq!(
        names,
        ["message.created"],
        "what changes nothing is not told"
    );

    let reacting = Reacting {
        target: Target {
            conversation: id.clone(),
            message: said.id.clone(),
            act: sol.act(),
        },
        emoji: "👍".to_owned(),
        is_set: true,
    };
    for _ in 0..2 {
        let reacted = world.chat.message_changes.react(reacting.clone()).await;
        reacted.expect("somebody can react");
    }
    let updated = told(world).await;
    let [Happened::MessageUpdated { rev, message }] = updated.as_slice() else {
        panic!("{updated:?}")
    };
    assert_eq!(
        (*rev, &message.id),
        (world.conversation(&id).await.rev, &said.id)
    );
    assert_eq!(message.reactions.len(), 1);
    let target = Target {
        act: sol.act(),
        ..reacting.target
    };
    let moderation = moderation(world, None);
    let taken = world.chat.message_changes.take_back(target, moderation);
    taken.await.expect("it can be taken back");
    let deleted = told(world).await;
    let [Happened::MessageDeleted { message, .. }] = deleted.as_slice() else {
        panic!("{deleted:?}")
    };
    assert_eq!((&message.id, message.text.as_str()), (&said.id, ""));

    ada.join(&id).await;
    ada.join(&id).await;
    let rev = world.conversation(&id).await.rev;
    let joined = Happened::ParticipantJoined {
        conversation: id.clone(),
        rev,
        user: ada.id.clone(),
        role: Role::Admin,
    };
    assert_eq!(told(world).await, [joined]);
    let left = |rev, because| Happened::ParticipantLeft {
        conversation: id.clone(),
        rev,
        user: ada.id.clone(),
        role: Role::Admin,
        because,
    };
    ada.leave(&id).await;
    ada.leave(&id).await;
    assert_eq!(told(world).await, [left(rev + 1, None)]);
    ada.join(&id).await;
    told(world).await;
    world.put_user("ada", Role::Buyer, true).await;
    let vacated = world.chat.membership.vacate_demoted().await;
    assert_eq!(vacated.expect("places can be emptied"), 1);
    assert_eq!(told(world).await, [left(rev + 3, Some(Left::Demoted))]);

    let renamed = ProductRecord {
        id: product.clone(),
        name: "Panel, 2 mm".to_owned(),
        image: String::new(),
        supplier_id: None,
    };
    let put = world.chat.directory_editor.put_product(&renamed).await;
    put.expect("a product can be put");
    let updated = told(world).await;
    let [Happened::ConversationUpdated { conversation }] = updated.as_slice() else {
        panic!("{updated:?}")
    };
    assert_eq!(**conversation, world.conversation(&id).await);
    let gone = world.chat.directory_editor.delete_product(&product).await;
    gone.expect("a product can be deleted");
    let updated = told(world).await;
    let [Happened::ConversationUpdated { conversation }] = updated.as_slice() else {
        panic!("{updated:?}")
    };
    assert_eq!(conversation.product, None);

    world.put_user("ada", Role::Admin, true).await;
    ada.join(&id).await;
    told(world).await;
    let rev = world.conversation(&id).await.rev;
    for user in [&ada.id, &bea.id] {
        let deleted = world.chat.directory_editor.delete_user(user).await;
        deleted.expect("a user can be deleted");
    }
    let erased = |user: &chat::ids::UserId| Happened::UserErased { user: user.clone() };
    let expected = [
        left(rev + 1, Some(Left::Deleted)),
        erased(&ada.id),
        erased(&bea.id),
    ];
    assert_eq!(told(world).await, expected);
}

async fn check_only_what_somebody_wants(world: &World) {
    let (bea, sol, id) = world.pair().await;
    let one = add(world, "one", &["message.created"]).await;
    let other = add(world, "other", &["read.*"]).await;
    bea.send(&id, "one").await;
    sol.read(&id).await;
    assert_eq!(told(world).await.len(), 2);
    change(world, &other, switched(false)).await;
    bea.send(&id, "two").await;
    sol.read(&id).await;
    let names: Vec<_> = told(world).await.iter().map(Happened::name).collect();
    assert_eq!(names, ["message.created"]);
    let removed = webhooks(world).remove_endpoint(&one.id).await;
    assert!(removed.expect("an endpoint can be removed"));
    bea.send(&id, "three").await;
    assert_eq!(told(world).await, []);
}

fn rendered(n: u32, name: &str, at: Timestamp) -> Rendered {
    Rendered {
        id: JobId::new(format!("event-{n}")),
        name: name.to_owned(),
        body: format!("body {n}"),
        at,
    }
}

async fn fan_out(world: &World, n: u32, name: &str) {
    let event = rendered(n, name, world.clock.now());
    let done = webhooks(world).fan_out(&event).await;
    done.expect("an event can be handed out");
}

async fn page(world: &World, endpoint: &Endpoint) -> DeliveryPage {
    let page = webhooks(world).deliveries(&endpoint.id, None, 100).await;
    page.expect("deliveries can be listed")
}

async fn only(world: &World, endpoint: &Endpoint) -> Delivery {
    let page = page(world, endpoint).await;
    let [one] = page.deliveries.as_slice() else {
        panic!("one delivery: {page:?}")
    };
    one.clone()
}

async fn to_send(world: &World, delivery: &DeliveryId) -> Option<ToSend> {
    let found = webhooks(world).to_send(delivery).await;
    found.expect("it can be looked up")
}

async fn check_an_event_goes_once_to_each_who_wants_it(world: &World) {
    let one = add(world, "one", &["message.created", "read.*"]).await;
    let other = add(world, "other", &["*"]).await;
    let off = add(world, "off", &["*"]).await;
    change(world, &off, switched(false)).await;
    for _ in 0..2 {
        fan_out(world, 1, "message.created").await;
    }
    world.clock.advance_seconds(1);
    fan_out(world, 2, "user.erased").await;
    world.clock.advance_seconds(1);
    fan_out(world, 3, "read.moved").await;
    let events = async |endpoint: &Endpoint| -> Vec<String> {
        let page = page(world, endpoint).await;
        page.deliveries
            .iter()
            .map(|one| one.event.to_string())
            .collect()
    };
    assert_eq!(events(&one).await, ["event-3", "event-1"]);
    assert_eq!(events(&other).await, ["event-3", "event-2", "event-1"]);
    assert_eq!(events(&off).await, [""; 0]);

    let query = JobQuery {
        dead: false,
        after: None,
        limit: 100,
    };
    let jobs = world.chat.jobs.list(&query).await.expect("jobs");
    let of = |endpoint: &Endpoint| {
        let kind = delivery_job(&endpoint.id);
        jobs.iter().filter(|job| job.kind == kind).count()
    };
    assert_eq!((of(&one), of(&other), of(&off)), (2, 3, 0));

    let first = webhooks(world).deliveries(&other.id, None, 2).await;
    let first = first.expect("a page");
    assert!(first.has_more);
    let rest = webhooks(world)
        .deliveries(&other.id, first.next().as_ref(), 2)
        .await
        .expect("the next page");
    assert_eq!((rest.deliveries.len(), rest.has_more), (1, false));
    let sent = to_send(world, &rest.deliveries[0].id)
        .await
        .expect("it waits");
    assert_eq!(
        (sent.body.as_str(), sent.event.as_str()),
        ("body 1", "event-1")
    );
    assert_eq!(sent.endpoint.id, other.id);
    assert_eq!(sent.secrets, ["secret of other"]);
}

fn attempt(state: DeliveryState, number: u32) -> Attempt {
    let failed = state != DeliveryState::Delivered;
    Attempt {
        state,
        number,
        status: Some(if failed { 500 } else { 200 }),
        error: failed.then(|| "answered 500".to_owned()),
        switches_off: false,
    }
}

async fn check_how_it_went(world: &World) {
    let endpoint = add(world, "one", &["*"]).await;
    fan_out(world, 1, "message.created").await;
    let delivery = only(world, &endpoint).await;
    assert_eq!(
        (delivery.state, delivery.attempts),
        (DeliveryState::Waiting, 0)
    );
    assert!(delivery.next_attempt_at.is_some());
    let attempted = async |attempt: &Attempt| {
        let noted = webhooks(world).attempted(&delivery.id, attempt).await;
        noted.expect("an attempt can be noted");
        let found = webhooks(world).endpoint(&endpoint.id).await;
        found.expect("it can be asked").expect("it is there")
    };
    let failing = attempted(&attempt(DeliveryState::Waiting, 1)).await;
    let since = failing.failing_since.expect("it is failing");
    world.pass_seconds(5).await;
    let still = attempted(&attempt(DeliveryState::Failed, 2)).await;
    assert_eq!(still.failing_since, Some(since));
    let failed = only(world, &endpoint).await;
    assert_eq!((failed.state, failed.attempts), (DeliveryState::Failed, 2));
    assert_eq!(
        (failed.status, failed.error.as_deref()),
        (Some(500), Some("answered 500"))
    );
    assert_eq!(failed.next_attempt_at, None);
    assert!(to_send(world, &delivery.id).await.is_none(), "it is over");
    let loads = webhooks(world).endpoint_loads().await.expect("loads");
    assert_eq!((loads[0].waiting, loads[0].failed), (0, 1));

    let replayed = webhooks(world).replay_delivery(&delivery.id).await;
    let replayed = replayed.expect("it can be replayed").expect("it is there");
    assert_eq!(
        (replayed.state, replayed.attempts),
        (DeliveryState::Waiting, 0)
    );
    assert!(replayed.next_attempt_at.is_some());
    assert!(to_send(world, &delivery.id).await.is_some());
    let well = attempted(&attempt(DeliveryState::Delivered, 1)).await;
    assert_eq!((well.failing_since, well.is_active), (None, true));

    let gone = Attempt {
        status: Some(410),
        switches_off: true,
        ..attempt(DeliveryState::Failed, 1)
    };
    let off = attempted(&gone).await;
    assert!(!off.is_active && off.failing_since.is_some());
    let on = change(world, &endpoint, switched(true)).await;
    assert!(on.is_active && on.failing_since.is_none());

    let nobody = DeliveryId::new("nobody");
    let replayed = webhooks(world).replay_delivery(&nobody).await;
    assert_eq!(replayed.expect("it can be asked"), None);
    let forget = async |days: u64| {
        let older = Duration::from_hours(24 * days);
        webhooks(world)
            .forget_events(older, 100)
            .await
            .expect("events can be forgotten")
    };
    assert_eq!(forget(40_000).await, 0);
}

async fn check_secrets_rotate(world: &World) {
    let endpoint = add(world, "one", &["*"]).await;
    fan_out(world, 1, "message.created").await;
    let delivery = only(world, &endpoint).await.id;
    let day = Duration::from_hours(24);
    let rotated = webhooks(world).rotate(&endpoint.id, "new", day).await;
    assert!(rotated.expect("it can rotate").is_some());
    let secrets = async || to_send(world, &delivery).await.expect("it waits").secrets;
    assert_eq!(secrets().await, ["new", "secret of one"]);
    world.pass_seconds(23 * 3_600).await;
    assert_eq!(secrets().await, ["new", "secret of one"]);
    world.pass_seconds(3_700).await;
    assert_eq!(secrets().await, ["new"]);
    let nobody = EndpointId::new("nobody");
    let rotated = webhooks(world).rotate(&nobody, "new", day).await;
    assert_eq!(rotated.expect("it can be asked"), None);
}

async fn check_endpoints_change_and_go(world: &World) {
    let endpoint = add(world, "one", &["*"]).await;
    let moved = EndpointChange {
        url: Some("https://elsewhere.example/".to_owned()),
        events: Some(Filter(vec!["read.moved".to_owned()])),
        is_active: None,
    };
    let changed = change(world, &endpoint, moved).await;
    assert_eq!(changed.url, "https://elsewhere.example/");
    assert_eq!(changed.events.0, ["read.moved"]);
    assert!(changed.is_active);
    assert_eq!(
        webhooks(world).endpoints().await.expect("a list"),
        [changed]
    );
    let nobody = EndpointId::new("nobody");
    let none = webhooks(world)
        .change_endpoint(&nobody, &switched(true))
        .await;
    assert_eq!(none.expect("it can be asked"), None);

    fan_out(world, 1, "read.moved").await;
    let remove = async |id: &EndpointId| {
        let removed = webhooks(world).remove_endpoint(id).await;
        removed.expect("it can be removed")
    };
    assert!(remove(&endpoint.id).await);
    assert!(!remove(&endpoint.id).await);
    let load = world.chat.jobs.load().await.expect("the load");
    assert_eq!(load.waiting, 0, "its jobs are gone with it");

    for n in 0..limits::WEBHOOK_ENDPOINTS {
        add(world, &format!("e-{n}"), &["*"]).await;
    }
    let more = webhooks(world).add_endpoint(&new("more", &["*"])).await;
    assert_eq!(more.expect("it can be asked"), None);
}

async fn check_the_endpoint_of_the_settings(world: &World) {
    let keep = async |endpoint: Option<&NewEndpoint>| {
        let kept = webhooks(world).keep_endpoint_of_settings(endpoint).await;
        kept.expect("it can be kept");
        webhooks(world).endpoints().await.expect("a list")
    };
    let mut given = new("settings", &["*"]);
    let there = keep(Some(&given)).await;
    assert!(there[0].from_settings && there[0].is_active);
    change(world, &there[0], switched(false)).await;
    assert!(
        !keep(Some(&given)).await[0].is_active,
        "it was switched off"
    );
    "https://new.example/".clone_into(&mut given.url);
    let moved = keep(Some(&given)).await;
    assert_eq!(
        (moved.len(), moved[0].url.as_str()),
        (1, "https://new.example/")
    );
    assert!(moved[0].is_active);
    add(world, "own", &["*"]).await;
    let left = keep(None).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].id.as_str(), "own");
}
