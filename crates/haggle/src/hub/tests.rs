use std::sync::Arc;

use chat::{ids::UserId, person::Role};
use wire::{Close, ServerFrame};

use super::{
    Hub,
    frame::Frame,
    send_queue::{MOST_FRAMES, SendQueue},
};

fn socket(hub: &Hub, user: &UserId) -> Arc<SendQueue> {
    let socket = Arc::new(SendQueue::default());
    hub.join(user, Role::Buyer, &socket);
    socket
}

#[test]
fn every_socket_of_the_audience_hears_and_nobody_else() {
    let hub = Hub::new(0);
    let (anna, ben, carl) = (UserId::new("anna"), UserId::new("ben"), UserId::new("carl"));
    let (anna1, anna2) = (socket(&hub, &anna), socket(&hub, &anna));
    let (ben1, carl1) = (socket(&hub, &ben), socket(&hub, &carl));

    let frame = Frame::new(&ServerFrame::Pong {});
    hub.deliver([&anna, &ben], &frame);

    for heard in [anna1, anna2, ben1] {
        assert_eq!(heard.take(), Some(frame.clone()));
        assert_eq!(heard.take(), None);
    }
    assert_eq!(carl1.take(), None);
}

#[test]
fn the_oldest_makes_room() {
    let hub = Hub::new(2);
    let anna = UserId::new("anna");
    let first = socket(&hub, &anna);
    let others = [socket(&hub, &anna), socket(&hub, &anna)];
    assert_eq!(first.closing(), Some(Close::Replaced));
    assert!(others.iter().all(|socket| socket.closing().is_none()));
}

#[test]
fn a_slow_socket_is_dropped_and_its_user_goes_with_the_last_one() {
    let hub = Hub::new(0);
    let anna = UserId::new("anna");
    let (slow, quick) = (socket(&hub, &anna), socket(&hub, &anna));
    let frame = Frame::new(&ServerFrame::Pong {});
    for _ in 0..=MOST_FRAMES {
        hub.deliver([&anna], &frame);
        assert_eq!(quick.take(), Some(frame.clone()));
    }
    assert_eq!(slow.closing(), Some(Close::TooSlow));
    assert!(hub.is_connected(&anna));
    hub.leave(&anna, &slow);
    hub.leave(&anna, &quick);
    assert!(!hub.is_connected(&anna));
}

#[tokio::test(start_paused = true)]
async fn a_drain_closes_everybody_and_those_who_come_late() {
    let hub = Hub::new(0);
    let sockets: Vec<_> = (0..50)
        .map(|number| socket(&hub, &UserId::new(format!("user-{number}"))))
        .collect();
    hub.drain().await;
    let late = socket(&hub, &UserId::new("late"));
    for socket in sockets.iter().chain([&late]) {
        assert_eq!(socket.closing(), Some(Close::GoingAway));
    }
}
