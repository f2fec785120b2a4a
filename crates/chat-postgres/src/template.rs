//! SQL with names in it that are known when it runs: `:users` is replaced by the host's table.

/// Puts the values in, in one go: a value may contain what looks like a name.
pub(crate) fn fill(text: &str, values: &[(String, String)]) -> String {
    let mut values: Vec<_> = values.iter().collect();
    // A name may begin as another one does.
    values.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut filled = String::with_capacity(2 * text.len());
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = values.iter().find(|(name, _)| rest.starts_with(name));
        // A cast has two of them.
        let (written, length) = match found {
            Some((name, value)) => (value.as_str(), name.len()),
            None if rest.starts_with("::") => ("::", 2),
            None => (":", 1),
        };
        filled.push_str(written);
        rest = &rest[length..];
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn the_longest_name_counts_and_values_are_left_as_they_are() {
        let values = [
            (":users".to_owned(), "public.people".to_owned()),
            (":users_id".to_owned(), "':users'::text".to_owned()),
        ];
        let filled = fill("select :users_id::varchar, ':' from :users", &values);
        assert_eq!(
            filled,
            "select ':users'::text::varchar, ':' from public.people"
        );
    }
}
