//! Sessions of the host's own application, as `express-session` makes them: a signed cookie names one, a
//! table or a Redis of the host has it, and somewhere in it is the user. Haggle only reads them. Whoever
//! logs out is out here too: a request sees it after a second at most, and a watch ends sockets.

mod cookie;
mod credentials;
mod registry;
mod session;
mod store;

mod watch;

pub use self::{
    credentials::credentials,
    registry::{Held, Sessions},
    session::{Credential, SessionId},
    store::{RedisStore, Store, TableStore},
    watch::watch,
};
