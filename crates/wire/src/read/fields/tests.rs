use super::{Fields, Read, Wrong};

#[derive(Debug, PartialEq)]
struct Order {
    name: String,
    count: i64,
    urgent: bool,
    tags: Vec<String>,
}

impl Read for Order {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.text("name", 1..=5);
        let name = fields.required("name", name);
        Some(Self {
            count: fields.number("count", 1..=9).unwrap_or(1),
            urgent: fields.flag("urgent").unwrap_or(false),
            tags: fields.ids("tags", 2).unwrap_or_default(),
            name: name?,
        })
    }
}

fn of_json(body: &str) -> Result<Order, Vec<String>> {
    let read = Fields::of_json(body.as_bytes()).and_then(Fields::take);
    read.map_err(|wrong| wrong_names(&wrong))
}

fn of_query(query: &str) -> Result<Order, Vec<String>> {
    let read = Fields::of_query(query).and_then(Fields::take);
    read.map_err(|wrong| wrong_names(&wrong))
}

fn named(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn wrong_names(wrong: &Wrong) -> Vec<String> {
    wrong.names().map(str::to_owned).collect()
}

#[test]
fn null_is_absent_and_unknown_fields_are_passed_over() {
    let order = of_json(r#"{"name":"ä","count":null,"urgent":true,"colour":[1]}"#);
    let expected = Order {
        name: "ä".into(),
        count: 1,
        urgent: true,
        tags: vec![],
    };
    assert_eq!(order, Ok(expected));
}

#[test]
fn every_wrong_field_is_named() {
    let all = Err(named(&["count", "name", "tags", "urgent"]));
    assert_eq!(
        of_json(r#"{"name":5,"count":"1","urgent":"true","tags":"a"}"#),
        all
    );
    assert_eq!(
        of_json(r#"{"name":"","count":1.5,"urgent":0,"tags":["a",1]}"#),
        all
    );
    assert_eq!(
        of_json(r#"{"name":"123456","count":10,"urgent":[],"tags":["a","b","c"]}"#),
        all
    );
    assert_eq!(
        of_json(r#"{"name":"a\u0000","tags":[""]}"#),
        Err(named(&["name", "tags"]))
    );
    assert_eq!(of_json("{}"), Err(named(&["name"])));
}

#[test]
fn what_is_not_an_object_is_wrong_as_a_whole() {
    let deep = "[".repeat(100_000);
    for body in ["", "[]", "null", "{", "{'a':1}", "\u{feff}{}", &deep] {
        assert_eq!(of_json(body), Err(named(&["body"])), "{body:.20}");
    }
    assert!(Fields::of_json(b"{\"name\":\"\xff\"}").is_err());
}

#[test]
fn half_of_a_character_is_wrong_by_the_name_of_its_field() {
    for unreadable in [
        r#""\ud800""#,
        r#""a\udc00b""#,
        r#""\ud83d\ud83d""#,
        "1e999",
        &format!("{}{}", "[".repeat(1_000), "]".repeat(1_000)),
    ] {
        let body =
            format!(r#"{{"name":{unreadable},"count":{unreadable},"unknown":{unreadable}}}"#);
        assert_eq!(of_json(&body), Err(named(&["count", "name"])), "{body:.40}");
    }
    let list = of_json(r#"{"name":"a","tags":["b","\ud800"]}"#);
    assert_eq!(list, Err(named(&["tags"])));
    let whole = of_json(r#"{"name":"\ud83d\ude00"}"#).unwrap();
    assert_eq!(whole.name, "😀");
}

#[test]
fn a_query_is_read_with_the_same_rules() {
    let order = of_query("name=a&count=3&urgent=true&x=1&x=2").unwrap();
    assert_eq!((order.count, order.urgent), (3, true));
    assert_eq!(of_query("name=a&count=3&count=4"), Err(named(&["count"])));
    assert_eq!(
        of_query("name=a&count=&urgent=1"),
        Err(named(&["count", "urgent"]))
    );
    assert_eq!(of_query("name=%ff"), Err(named(&["query"])));
}
