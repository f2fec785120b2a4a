//! What the tests of all crates stand on: a fresh database, servers to kill, and people who talk.
//!
//! A test says who does what: `buyer.post("/api/chat/conversations", …)`,
//! `supplier.until("message")`. Everything started here ends with the value that stands for it, and
//! with the process when that is killed. What goes wrong here panics: it is a failure of the test.

mod clamd;
mod cut_connection;
pub mod old_chat;
mod person;
mod pg_bouncer;
mod private_cluster;
mod random;
mod receiver;
mod redis_cluster;
mod redis_sentinels;
mod redis_server;
mod s3_server;
mod server_output;
mod server_process;
mod shared_cluster;
mod smtp_sink;
mod socket;
mod test_database;
mod token;
mod wait;

pub use clamd::{Clamd, EICAR};
pub use cut_connection::{Cut, CutConnection};
pub use person::{Answer, Person};
pub use pg_bouncer::PgBouncer;
pub use private_cluster::PrivateCluster;
pub use random::{open_folder, steady_address};
pub use receiver::{Received, Receiver};
pub use redis_cluster::RedisCluster;
pub use redis_sentinels::RedisSentinels;
pub use redis_server::RedisServer;
pub use s3_server::S3Server;
pub use server_process::{ServerOptions, ServerProcess};
pub use smtp_sink::{KeptMail, SmtpSink, python_packages};
pub use socket::{Frame, Heard, Socket};
pub use test_database::TestDatabase;
pub use token::{SECRET, now, token};
pub use wait::{PATIENCE, Waiting, eventually, within};
