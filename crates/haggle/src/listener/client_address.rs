//! From which address a request comes when proxies stand in between.
//!
//! A proxy adds the address it was called from to the right end of `Forwarded` (RFC 7239) or
//! `X-Forwarded-For`; everything further left may be invented by the client. So the list is read from
//! the right, as long as the one who wrote an entry is trusted.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// More entries than any chain of proxies has are not looked at.
const MOST_ENTRIES: usize = 32;

/// An address, or all that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

impl Network {
    /// `10.0.0.1`, `10.0.0.0/8`, `2001:db8::/32`; an IPv4 address written as IPv6 is the IPv4 address.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            None => (text, None),
            Some((address, bits)) => {
                let is_number = bits.bytes().all(|byte| byte.is_ascii_digit());
                (
                    address,
                    Some(bits.parse::<u8>().ok().filter(|_| is_number)?),
                )
            }
        };
        let address: IpAddr = address.parse().ok()?;
        let first = address.to_canonical();
        let (most, mapped) = match (address, first) {
            (IpAddr::V4(_), _) => (32, 0),
            (IpAddr::V6(_), IpAddr::V6(_)) => (128, 0),
            // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
            (IpAddr::V6(_), IpAddr::V4(_)) => (128, 96),
        };
        let bits = bits.unwrap_or(most);
        if bits > most {
            return None;
        }
        let bits = bits.checked_sub(mapped)?;
        Some(Self { first, bits })
    }

    pub fn has(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                let differs = u32::from(first) ^ u32::from(address);
                differs.leading_zeros() >= u32::from(self.bits)
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                let differs = u128::from(first) ^ u128::from(address);
                differs.leading_zeros() >= u32::from(self.bits)
            }
            _ => false,
        }
    }
}

/// The proxies whose word is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    pub fn new(networks: Vec<Network>) -> Self {
        Self(networks)
    }

    pub fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.has(address))
    }

    /// The client behind the other end of a connection.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if self.0.is_empty() || !self.has(peer) {
            return peer;
        }
        let forwarded = last_first(headers, &header::FORWARDED);
        let forwarded: Option<Vec<_>> =
            forwarded.map(|list| list.iter().map(|element| forwarded_for(element)).collect());
        let x_forwarded = last_first(headers, &X_FORWARDED_FOR);
        let x_forwarded: Option<Vec<_>> =
            x_forwarded.map(|list| list.iter().map(|entry| node(entry)).collect());
        match (forwarded, x_forwarded) {
            (None, None) => peer,
            (Some(list), None) | (None, Some(list)) => self.walk(peer, &list),
            // A proxy writes one of them and passes the other one on as the client sent it. Which one
            // cannot be known.
            (Some(one), Some(other)) => {
                let (one, other) = (self.walk(peer, &one), self.walk(peer, &other));
                if one == other { one } else { peer }
            }
        }
    }

    /// The first address from the right that is no proxy of ours. Where an entry names no address, the
    /// proxy that wrote it is all that is known.
    fn walk(&self, peer: IpAddr, list: &[Option<IpAddr>]) -> IpAddr {
        let mut known = peer;
        for entry in list.iter().take(MOST_ENTRIES) {
            let Some(address) = entry else {
                return known;
            };
            known = *address;
            if !self.has(known) {
                return known;
            }
        }
        known
    }
}

/// The entries of all headers of this name, from the right; `None` without such a header.
fn last_first<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<Vec<&'a [u8]>> {
    let mut values: Vec<_> = headers.get_all(name).iter().collect();
    if values.is_empty() {
        return None;
    }
    values.reverse();
    let entries = values.into_iter().flat_map(|value| {
        let mut entries = outside_quotes(value.as_bytes(), b',');
        entries.reverse();
        entries
    });
    Some(entries.take(MOST_ENTRIES).collect())
}

/// The parts between separators that do not stand in a quoted string, without the space around them.
fn outside_quotes(text: &[u8], separator: u8) -> Vec<&[u8]> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = text.split(|byte| {
        let is_plain = !std::mem::take(&mut is_escaped);
        match byte {
            b'\\' if is_quoted && is_plain => is_escaped = true,
            b'"' if is_plain => is_quoted = !is_quoted,
            _ => {}
        }
        !is_quoted && *byte == separator
    });
    parts.map(<[u8]>::trim_ascii).collect()
}

/// The address of an element of `Forwarded`: `for="[2001:db8::1]:4711";proto=https`.
fn forwarded_for(element: &[u8]) -> Option<IpAddr> {
    let pairs = outside_quotes(element, b';');
    let mut values = pairs.into_iter().filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let (name, value) = (pair[..at].trim_ascii(), pair[at + 1..].trim_ascii());
        name.eq_ignore_ascii_case(b"for").then_some(value)
    });
    let value = values.next()?;
    // Each parameter may be there once.
    if values.next().is_some() {
        return None;
    }
    node(value)
}

/// An address, perhaps quoted, perhaps in brackets, perhaps with a port. `unknown` and invented names
/// (`_hidden`) are none.
fn node(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?;
    let text = match text.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"')?,
        None => text,
    };
    let text = text.trim();
    let address = if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        address.parse::<Ipv6Addr>().ok().filter(|_| is_port)?.into()
    } else if let Ok(address) = text.parse::<IpAddr>() {
        address
    } else if let Ok(both) = text.parse::<SocketAddr>() {
        both.ip()
    } else {
        let (address, port) = text.split_once(':')?;
        let address: Ipv4Addr = address.parse().ok()?;
        is_port(port).then_some(address)?.into()
    };
    Some(address.to_canonical())
}

/// A number, or an invented name.
fn is_port(text: &str) -> bool {
    let is_number = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = text.strip_prefix('_').is_some_and(|name| {
        let is_plain =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        !name.is_empty() && name.bytes().all(is_plain)
    });
    is_number || is_name
}

#[cfg(test)]
mod tests;
