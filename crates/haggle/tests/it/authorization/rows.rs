//! The matrix. What is in a body after `$` is a thing of the stage.

use super::actor::{ACTORS, Actor};

pub struct Row {
    pub operation: &'static str,
    /// What is special about it, where an operation has several rows.
    pub case: &'static str,
    pub body: Body,
    pub who: Who,
    /// Whether whoever is let in sees what was said, of the same six.
    shows: Option<[bool; 6]>,
    /// Nobody has the administrator's place.
    pub is_free: bool,
}

#[derive(Clone, Copy)]
pub enum Body {
    None,
    Json(&'static str),
    /// A file as a form.
    Form,
    /// A part of a file that is uploaded in several requests.
    Part,
}

pub enum Who {
    /// Buyer, supplier, another of each, an administrator beside it, one who joined. Everybody else is
    /// nobody: 401.
    People([u16; 6]),
    /// The API key alone.
    Key(u16),
    /// It makes no difference who asks.
    Anybody(u16),
}

impl Row {
    /// The answer to each actor.
    pub fn cells(&self) -> [u16; 10] {
        let mut cells = [401; 10];
        match self.who {
            Who::People(people) => cells[3..9].copy_from_slice(&people),
            Who::Key(status) => cells[9] = status,
            Who::Anybody(status) => cells = [status; 10],
        }
        cells
    }

    pub fn shown(&self, actor: Actor) -> Option<bool> {
        let place = ACTORS.iter().position(|one| *one == actor)?;
        self.shows?.get(place.checked_sub(3)?).copied()
    }

    pub fn only_reads(&self) -> bool {
        self.operation.starts_with("GET ") || self.operation.starts_with("HEAD ")
    }

    const fn new(operation: &'static str, body: Body, who: Who) -> Self {
        Self {
            operation,
            case: "",
            body,
            who,
            shows: None,
            is_free: false,
        }
    }

    const fn free(mut self) -> Self {
        self.case = " (a free place)";
        self.is_free = true;
        self
    }

    const fn shows(mut self, whom: [u8; 6]) -> Self {
        let mut shows = [false; 6];
        let mut place = 0;
        while place < 6 {
            shows[place] = whom[place] == 1;
            place += 1;
        }
        self.shows = Some(shows);
        self
    }
}

const fn read(operation: &'static str, people: [u16; 6]) -> Row {
    Row::new(operation, Body::None, Who::People(people))
}

const fn with(operation: &'static str, body: &'static str, people: [u16; 6]) -> Row {
    Row::new(operation, Body::Json(body), Who::People(people))
}

const fn key(operation: &'static str, body: Body, status: u16) -> Row {
    Row::new(operation, body, Who::Key(status))
}

const fn anybody(operation: &'static str, status: u16) -> Row {
    Row::new(operation, Body::None, Who::Anybody(status))
}

/// What everybody may who is somebody.
const ALL: [u16; 6] = [200; 6];
/// What the two may, and every administrator.
const VIEW: [u16; 6] = [200, 200, 403, 403, 200, 200];
/// What those may who sit there.
const SIT: [u16; 6] = [200, 200, 403, 403, 403, 200];
/// What the two may alone.
const SIDES: [u16; 6] = [200, 200, 403, 403, 403, 403];
const BUYER: [u16; 6] = [200, 403, 403, 403, 403, 403];
const SUPPLIER: [u16; 6] = [403, 200, 403, 403, 403, 403];
const ADMINS: [u16; 6] = [403, 403, 403, 403, 200, 200];
const VIEWERS: [u8; 6] = [1, 1, 0, 0, 1, 1];

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // Conversations.
    read("GET /api/chat/conversations", ALL).shows(VIEWERS),
    with("POST /api/chat/conversations", r#"{"buyerId": "$buyer", "supplierId": "s-1", "productId": "$product"}"#, VIEW).shows(VIEWERS),
    read("GET /api/chat/conversations/{id}", VIEW).shows(VIEWERS),
    read("POST /api/chat/conversations/{id}/join", [403, 403, 403, 403, 409, 200]),
    read("POST /api/chat/conversations/{id}/join", ADMINS).free(),
    read("POST /api/chat/conversations/{id}/leave", [403, 403, 403, 403, 409, 200]),
    read("GET /api/chat/conversations/{id}/messages", VIEW).shows(VIEWERS),
    with("PATCH /api/chat/conversations/{id}/read", "{}", SIT),
    with("PATCH /api/chat/conversations/{id}/settings", r#"{"isPinned": true}"#, SIT),
    read("PUT /api/chat/conversations/{id}/block", SIDES),
    read("DELETE /api/chat/conversations/{id}/block", SIDES),
    with("POST /api/chat/conversations/{id}/close", r#"{"reason": "Settled"}"#, ADMINS),
    with("POST /api/chat/conversations/{id}/reopen", "{}", ADMINS),
    with("POST /api/chat/conversations/{id}/report", r#"{"reason": "spam", "messageId": "$message"}"#, [201, 201, 403, 403, 403, 201]),
    read("GET /api/chat/conversations/{id}/events", VIEW),
    read("GET /api/chat/conversations/{id}/files", VIEW),
    read("GET /api/chat/search?q=$secret", ALL).shows(VIEWERS),
    read("GET /api/chat/unread-count", ALL),
    read("GET /api/chat/users/{id}/status", VIEW),
    // Messages. This one is the buyer's.
    with("POST /api/chat/conversations/{id}/messages", r#"{"content": "Mine"}"#, [201, 201, 403, 403, 403, 201]),
    with("POST /api/chat/conversations/{id}/messages", r#"{"content": "Mine"}"#, [201, 201, 403, 403, 201, 201]).free(),
    with("PATCH /api/chat/conversations/{id}/messages/{messageId}", r#"{"content": "Better"}"#, BUYER),
    with("DELETE /api/chat/conversations/{id}/messages/{messageId}", r#"{"reason": "Spam"}"#, [200, 403, 403, 403, 200, 200]),
    read("PUT /api/chat/conversations/{id}/messages/{messageId}/reactions/{emoji}", SIT).shows(VIEWERS),
    read("DELETE /api/chat/conversations/{id}/messages/{messageId}/reactions/{emoji}", SIT).shows(VIEWERS),
    read("GET /api/chat/conversations/{id}/messages/{messageId}/versions", ADMINS).shows(VIEWERS),
    // Offers. This one is the supplier's.
    with("POST /api/chat/conversations/{id}/offers", r#"{"terms": $terms}"#, [201, 201, 403, 403, 403, 403]),
    with("POST /api/chat/conversations/{id}/offers/{offerId}/accept", r#"{"rev": 1}"#, BUYER),
    with("POST /api/chat/conversations/{id}/offers/{offerId}/decline", r#"{"rev": 1}"#, BUYER),
    with("POST /api/chat/conversations/{id}/offers/{offerId}/withdraw", r#"{"rev": 1}"#, SUPPLIER),
    read("GET /api/chat/offers/{id}", VIEW).shows(VIEWERS),
    with("POST /api/chat/requests", r#"{"supplierIds": ["s-2"], "terms": $wanted}"#, [201, 403, 201, 403, 403, 403]),
    read("GET /api/chat/requests/{id}", VIEW).shows(VIEWERS),
    with("POST /api/chat/requests/{id}/close", "{}", BUYER),
    // Files.
    Row::new("POST /api/chat/attachments", Body::Form, Who::People([201; 6])),
    read("GET /api/chat/attachments/{id}", VIEW),
    read("GET /api/chat/attachments/{id}/thumbnail", VIEW),
    read("POST /api/chat/attachments/resumable", [201; 6]),
    // It is not finished.
    read("GET /api/chat/attachments/resumable/{id}", [409, 404, 404, 404, 404, 404]),
    read("HEAD /api/chat/attachments/resumable/{id}", [200, 404, 404, 404, 404, 404]),
    Row::new("PATCH /api/chat/attachments/resumable/{id}", Body::Part, Who::People([204, 404, 404, 404, 404, 404])),
    read("DELETE /api/chat/attachments/resumable/{id}", [204, 404, 404, 404, 404, 404]),
    // What each has for themselves.
    read("GET /api/chat/notifications", ALL),
    with("PATCH /api/chat/notifications/read", "{}", ALL),
    read("GET /api/chat/preferences", ALL),
    with("PUT /api/chat/preferences", r#"{"email": "off", "push": false, "quietHours": null, "language": "en"}"#, ALL),
    read("GET /api/chat/push/key", ALL),
    with("POST /api/chat/push/subscriptions", "$subscription", [201; 6]),
    with("DELETE /api/chat/push/subscriptions", r#"{"endpoint": "https://push.example/$name"}"#, [204; 6]),
    read("GET /api/chat/replies", ALL).shows([1, 0, 0, 0, 0, 0]),
    with("POST /api/chat/replies", r#"{"name": "Hello $name", "text": "Good day"}"#, [201; 6]),
    with("PUT /api/chat/replies/{id}", r#"{"name": "Bye $name", "text": "Good night"}"#, [200, 404, 404, 404, 404, 404]),
    read("DELETE /api/chat/replies/{id}", [204, 404, 404, 404, 404, 404]),
    read("GET /api/chat/limits", ALL),
    // By mail: what proves who it is, is the token.
    anybody("GET /api/chat/unsubscribe?token=nothing", 400),
    anybody("POST /api/chat/unsubscribe?token=nothing", 400),
    // Administrators.
    read("GET /api/chat/audit?conversationId=$conversation", ADMINS),
    read("GET /api/chat/delivery", ADMINS),
    read("GET /api/chat/reports", ADMINS),
    with("PATCH /api/chat/reports/{id}", r#"{"state": "answered"}"#, ADMINS),
    // The marketplace.
    key("PUT /api/directory/users/{id}", Body::Json(r#"{"name": "New", "role": "buyer"}"#), 200),
    key("DELETE /api/directory/users/{id}", Body::None, 204),
    key("PUT /api/directory/suppliers/{id}", Body::Json(r#"{"userId": "$speaker", "name": "New"}"#), 200),
    key("DELETE /api/directory/suppliers/{id}", Body::None, 204),
    key("PUT /api/directory/products/{id}", Body::Json(r#"{"name": "New"}"#), 200),
    key("DELETE /api/directory/products/{id}", Body::None, 204),
    key("GET /api/webhooks", Body::None, 200),
    key("POST /api/webhooks", Body::Json(r#"{"url": "https://hooks.example/$name", "events": ["*"]}"#), 201),
    key("PATCH /api/webhooks/{id}", Body::Json(r#"{"isActive": false}"#), 200),
    key("DELETE /api/webhooks/{id}", Body::None, 204),
    key("POST /api/webhooks/{id}/rotate", Body::None, 200),
    key("GET /api/webhooks/{id}/deliveries", Body::None, 200),
    // There is none; whoever has no key does not learn it.
    key("POST /api/webhooks/deliveries/{id}/replay", Body::None, 404),
    anybody("GET /healthz", 200),
    anybody("GET /readyz", 200),
    anybody("GET /metrics", 200),
];

/// The same files before they are sent.
pub const UNSENT: &[Row] = &[
    read(
        "GET /api/chat/attachments/{id}",
        [200, 404, 404, 404, 404, 404],
    ),
    read(
        "GET /api/chat/attachments/{id}/thumbnail",
        [200, 404, 404, 404, 404, 404],
    ),
];
