use chat::{
    event::{Event, EventKind},
    message::Message,
};

/// The event of an appended message that is more than its text.
pub(super) fn with(event: Event, whole: &Message) -> Event {
    match event.kind {
        EventKind::Message { rev, .. } => Event {
            audience: event.audience,
            kind: EventKind::Message {
                rev,
                message: whole.clone(),
            },
        },
        _ => event,
    }
}
