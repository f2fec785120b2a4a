//! The zone of times that name none, as PostgreSQL takes it.

/// `Europe/Berlin` as it is; `+02:00`, `-5` and `UTC+1` as the form in which PostgreSQL reads a sign as
/// people mean it.
pub fn time_zone(given: &str) -> Result<String, String> {
    let given = given.trim();
    let bare = given
        .strip_prefix("UTC")
        .or_else(|| given.strip_prefix("GMT"));
    let bare = bare.filter(|rest| !rest.is_empty()).unwrap_or(given);
    let Some(sign) = bare.chars().next().filter(|c| matches!(c, '+' | '-')) else {
        let is_name = !given.is_empty()
            && given.len() <= 64
            && given
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+'));
        return if is_name {
            Ok(given.to_owned())
        } else {
            Err(wrong(given))
        };
    };
    let (hours, minutes) = match bare[1..].split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if bare.len() == 5 => bare[1..].split_at(2),
        None => (&bare[1..], "0"),
    };
    let number = |text: &str, most: u32| {
        let is_number =
            !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        let number = is_number.then(|| text.parse::<u32>().ok()).flatten();
        number.filter(|number| *number <= most)
    };
    let (Some(hours), Some(minutes)) = (number(hours, 15), number(minutes, 59)) else {
        return Err(wrong(given));
    };
    let opposite = if sign == '+' { '-' } else { '+' };
    Ok(format!(
        "<{sign}{hours:02}:{minutes:02}>{opposite}{hours:02}:{minutes:02}"
    ))
}

fn wrong(given: &str) -> String {
    format!("{given:?} is no time zone: name one as Europe/Berlin, or an offset as +02:00")
}

/// As people know it.
pub(super) fn shown(zone: &str) -> &str {
    let inside = zone.strip_prefix('<').and_then(|rest| rest.split_once('>'));
    inside.map_or(zone, |(shown, _)| shown)
}

#[cfg(test)]
mod tests {
    use super::{shown, time_zone};

    #[test]
    fn names_and_offsets_are_time_zones() {
        for (given, zone) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("UTC", "UTC"),
            ("+02:00", "<+02:00>-02:00"),
            ("-0330", "<-03:30>+03:30"),
            ("+2", "<+02:00>-02:00"),
            ("UTC+5:30", "<+05:30>-05:30"),
        ] {
            assert_eq!(time_zone(given).as_deref(), Ok(zone), "{given}");
        }
        assert_eq!(shown("<+02:00>-02:00"), "+02:00");
        for wrong in [
            "",
            "+",
            "+99:00",
            "+1:75",
            "Europe/Berlin'; drop",
            "+02:00:00",
        ] {
            assert!(time_zone(wrong).is_err(), "{wrong}");
        }
    }
}
