//! From names to addresses.

use std::{io, net::IpAddr};

use async_trait::async_trait;
use tokio::net::lookup_host;

/// Tests have names of their own.
#[async_trait]
pub trait Resolve: Send + Sync {
    async fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<IpAddr>>;
}

/// What the system says.
#[derive(Clone, Copy, Debug)]
pub struct SystemResolver;

#[async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<IpAddr>> {
        let found = lookup_host((host, port)).await?;
        Ok(found.map(|address| address.ip()).collect())
    }
}
