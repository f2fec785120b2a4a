use super::Address;

fn names(url: &str) -> Vec<String> {
    let address: Address = url.parse().unwrap();
    address.servers.into_iter().map(|s| s.name).collect()
}

fn reason(url: &str) -> String {
    url.parse::<Address>().unwrap_err().to_string()
}

#[test]
fn several_hosts_may_be_named_as_psql_takes_them() {
    for (url, expected) in [
        ("postgres://db/shop", vec!["db:5432"]),
        ("postgresql://u:p@db:6432/shop", vec!["db:6432"]),
        ("postgres://u:p@a,b:5433/shop", vec!["a:5432", "b:5433"]),
        ("postgres://u@a,b/shop?port=7", vec!["a:7", "b:7"]),
        (
            "postgres://u@[::1]:7,[fe80::1]/shop",
            vec!["[::1]:7", "[fe80::1]:5432"],
        ),
        (
            "postgres:///shop?host=/run/a,/run/b",
            vec!["/run/a", "/run/b"],
        ),
        ("postgres://u@%2Frun%2Fpg/shop", vec!["/run/pg"]),
        ("postgres://u@/shop?host=a,b&port=1,2", vec!["a:1", "b:2"]),
        ("postgres://u:a@b@db/shop", vec!["db:5432"]),
    ] {
        assert_eq!(names(url), expected, "{url}");
    }
}

#[test]
fn of_several_servers_one_must_write() {
    let must = |url: &str| url.parse::<Address>().unwrap().must_write;
    assert!(!must("postgres://a/shop"));
    assert!(must("postgres://a,b/shop"));
    assert!(must("postgres://a/shop?target_session_attrs=read-write"));
    assert!(reason("postgres://a/s?target_session_attrs=standby").contains("read-write"));
}

#[test]
fn parameters_are_known_by_name_and_never_shown_by_value() {
    let address: Address = "postgres://a/s?schema=public&pool_max=9".parse().unwrap();
    assert_eq!(address.ignored, ["schema", "pool_max"]);
    for wrong in [
        "sslmode=hunter2",
        "sslmod=hunter2",
        "port=hunter2",
        "connect_timeout=hunter2",
        "target_session_attrs=hunter2",
        "statement-cache-capacity=hunter2",
        "user=%zz-hunter2",
    ] {
        let reason = reason(&format!("postgres://a/s?{wrong}"));
        assert!(!reason.contains("hunter2"), "{reason}");
        assert!(
            reason.contains(wrong.split_once('=').unwrap().0),
            "{reason}"
        );
    }
    let odd: Address = "postgres://a/s?pA55word!=x".parse().unwrap();
    assert!(!odd.ignored[0].contains("55"), "{:?}", odd.ignored);
}

#[test]
fn what_is_ignored_must_not_weaken_a_connection() {
    for name in ["sslcrl", "sslmod", "sslcert_", "sslpassword"] {
        let reason = reason(&format!("postgres://a/s?{name}=x"));
        assert!(reason.contains("not supported"), "{reason}");
    }
}
