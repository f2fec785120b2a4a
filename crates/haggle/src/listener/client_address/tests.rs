use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::{Network, TrustedProxies};

fn proxies(list: &str) -> TrustedProxies {
    let networks = list.split(',').map(|text| Network::parse(text).unwrap());
    TrustedProxies::new(networks.collect())
}

fn headers(given: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        headers.append(HeaderName::from_static(name), value);
    }
    headers
}

#[track_caller]
fn expect(peer: &str, given: &[(&'static str, &str)], client: &str) {
    let proxies = proxies("10.0.0.0/8,2001:db8:1::/48,::1");
    let found = proxies.client(peer.parse().unwrap(), &headers(given));
    assert_eq!(found, client.parse::<IpAddr>().unwrap(), "{given:?}");
}

#[test]
fn networks_have_their_addresses_and_no_others() {
    for (network, inside, outside) in [
        ("10.1.2.3", "10.1.2.3", "10.1.2.4"),
        ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
        ("192.168.1.128/25", "192.168.1.200", "192.168.1.1"),
        ("0.0.0.0/0", "203.0.113.9", "2001:db8::1"),
        ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
        ("::/0", "2001:db8::1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1", "10.0.0.2"),
        ("::ffff:10.0.0.0/104", "10.9.9.9", "11.0.0.1"),
        ("10.0.0.0/8", "::ffff:10.0.0.7", "::ffff:11.0.0.7"),
    ] {
        let network = Network::parse(network).unwrap();
        assert!(network.has(inside.parse().unwrap()), "{network:?} {inside}");
        assert!(
            !network.has(outside.parse().unwrap()),
            "{network:?} {outside}"
        );
    }
    for wrong in [
        "",
        "proxy",
        "10.0.0",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "2001:db8::/129",
        "::ffff:10.0.0.0/8",
        "[::1]",
        "10.0.0.1:80",
        "*",
    ] {
        assert_eq!(Network::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn only_a_trusted_proxy_is_believed() {
    let given = [("x-forwarded-for", "203.0.113.9")];
    expect("10.0.0.1", &given, "203.0.113.9");
    expect("::ffff:10.0.0.1", &given, "203.0.113.9");
    expect("::1", &given, "203.0.113.9");
    expect("198.51.100.1", &given, "198.51.100.1");
    expect("10.0.0.1", &[], "10.0.0.1");
    let nobody = TrustedProxies::default();
    let peer = "127.0.0.1".parse().unwrap();
    assert_eq!(nobody.client(peer, &headers(&given)), peer);
}

#[test]
fn the_list_is_read_from_the_right() {
    let given = [("x-forwarded-for", "1.2.3.4, 203.0.113.9, 10.0.0.7")];
    expect("10.0.0.1", &given, "203.0.113.9");
    let given = [
        ("x-forwarded-for", "1.2.3.4"),
        ("x-forwarded-for", "203.0.113.9,10.0.0.7"),
    ];
    expect("10.0.0.1", &given, "203.0.113.9");
    let given = [(
        "forwarded",
        "for=1.2.3.4, for=203.0.113.9;proto=https, for=10.0.0.7",
    )];
    expect("10.0.0.1", &given, "203.0.113.9");
    // All of them are ours: the first one called.
    expect(
        "10.0.0.1",
        &[("x-forwarded-for", "10.0.0.8, 10.0.0.7")],
        "10.0.0.8",
    );
}

#[test]
fn every_form_of_an_address_is_read() {
    for (value, client) in [
        ("for=192.0.2.60", "192.0.2.60"),
        ("For=\"192.0.2.60:4711\"", "192.0.2.60"),
        ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
        ("proto=https; FOR = 192.0.2.60", "192.0.2.60"),
        ("for=\"[2001:db8:cafe::17]\"", "2001:db8:cafe::17"),
        ("for=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
        ("for=\"[2001:db8:cafe::17]:_port\"", "2001:db8:cafe::17"),
        ("for=\"[::ffff:192.0.2.60]\"", "192.0.2.60"),
        ("host=\"a, for=1.2.3.4\";for=192.0.2.60", "192.0.2.60"),
        ("host=\"a\\\", for=1.2.3.4\";for=192.0.2.60", "192.0.2.60"),
    ] {
        expect("10.0.0.1", &[("forwarded", value)], client);
    }
    for (value, client) in [
        ("2001:db8:cafe::17", "2001:db8:cafe::17"),
        ("[2001:db8:cafe::17]:4711", "2001:db8:cafe::17"),
        ("192.0.2.60:4711", "192.0.2.60"),
        ("::ffff:192.0.2.60", "192.0.2.60"),
    ] {
        expect("10.0.0.1", &[("x-forwarded-for", value)], client);
    }
}

#[test]
fn what_names_no_address_ends_the_search() {
    for value in [
        "for=1.2.3.4, for=unknown",
        "for=1.2.3.4, for=_hidden",
        "for=1.2.3.4, for=\"_hidden:80\"",
        "for=1.2.3.4, proto=https",
        "for=1.2.3.4,",
        "for=1.2.3.4;for=5.6.7.8",
        "for=1.2.3.4, for=\"5.6.7.8",
        "for=\u{e9}",
    ] {
        expect("10.0.0.1", &[("forwarded", value)], "10.0.0.1");
        let behind = format!("{value}, for=10.0.0.9");
        if !value.ends_with("\"5.6.7.8") {
            expect("10.0.0.1", &[("forwarded", &behind)], "10.0.0.9");
        }
    }
    for value in [
        "1.2.3.4, unknown",
        "1.2.3.4, nonsense",
        "",
        "1.2.3.4, 5.6.7.8:99999999",
    ] {
        expect("10.0.0.1", &[("x-forwarded-for", value)], "10.0.0.1");
    }
}

#[test]
fn a_client_cannot_choose_by_sending_the_other_header() {
    // The proxy wrote one of them; the other one is what the client sent.
    let forged = [
        ("forwarded", "for=1.2.3.4"),
        ("x-forwarded-for", "203.0.113.9"),
    ];
    expect("10.0.0.1", &forged, "10.0.0.1");
    let both = [
        ("forwarded", "for=203.0.113.9"),
        ("x-forwarded-for", "203.0.113.9"),
    ];
    expect("10.0.0.1", &both, "203.0.113.9");
}
