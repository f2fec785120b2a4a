//! What a server says about itself.

/// What `INFO server` says of the version.
pub fn version(info: &str) -> Option<&str> {
    field(info, "redis_version")
}

/// The policy in `INFO memory` by which keys may be thrown away when there are too many.
pub fn eviction_policy(info: &str) -> Option<&str> {
    let policy = field(info, "maxmemory_policy")?;
    let is_bounded = field(info, "maxmemory")? != "0";
    (is_bounded && policy != "noeviction").then_some(policy)
}

pub fn field<'a>(info: &'a str, name: &str) -> Option<&'a str> {
    info.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::eviction_policy;

    #[test]
    fn only_a_bounded_memory_is_emptied() {
        let info = |most, policy| format!("maxmemory:{most}\r\nmaxmemory_policy:{policy}\r\n");
        assert_eq!(eviction_policy(&info(0, "allkeys-lru")), None);
        assert_eq!(eviction_policy(&info(100, "noeviction")), None);
        assert_eq!(
            eviction_policy(&info(100, "allkeys-lru")),
            Some("allkeys-lru")
        );
    }
}
