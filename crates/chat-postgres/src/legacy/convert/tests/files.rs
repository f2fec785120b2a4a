use super::super::files::{Link, OldFile, files};

fn link(name: &str, url: &str) -> OldFile {
    OldFile::Link(Link {
        name: name.to_owned(),
        url: url.to_owned(),
    })
}

#[test]
fn links_stay_as_they_stand_with_a_name_from_their_path() {
    for (url, name) in [
        ("/uploads/a.pdf", "a.pdf"),
        ("/uploads/Plan%20B%20%C3%A4.pdf?v=1#top", "Plan B ä.pdf"),
        ("https://cdn.example/x/y/photo.JPG", "photo.JPG"),
        ("HTTP://cdn.example/", "file"),
        ("uploads/b.png", "b.png"),
        ("/uploads/Offer 12 (new).pdf", "Offer 12 (new).pdf"),
        ("https://cdn.example/my files/plan b.png", "plan b.png"),
        ("/uploads/50%25.pdf", "50%.pdf"),
        ("/uploads/100%.pdf", "100%.pdf"),
        ("/uploads/%ff.pdf", "%ff.pdf"),
    ] {
        let list = serde_json::json!([url]).to_string();
        assert_eq!(files(Some(&list)), (vec![link(name, url)], vec![]));
    }
}

#[test]
fn a_list_may_be_json_of_objects_or_one_text() {
    for (written, wanted) in [
        (
            r#"[{"url":"/u/1","name":"Offer.pdf","size":3},{"path":"/u/b.png"}]"#,
            vec![link("Offer.pdf", "/u/1"), link("b.png", "/u/b.png")],
        ),
        (
            r#"["{\"url\":\"/u/c.png\"}"]"#,
            vec![link("c.png", "/u/c.png")],
        ),
        (r#"{"url":"/u/d.png"}"#, vec![link("d.png", "/u/d.png")]),
        (r#""/u/e.png""#, vec![link("e.png", "/u/e.png")]),
        ("/u/f.png", vec![link("f.png", "/u/f.png")]),
        ("", vec![]),
        ("null", vec![]),
        ("[]", vec![]),
    ] {
        assert_eq!(files(Some(written)), (wanted, vec![]), "{written}");
    }
    assert_eq!(files(None), (vec![], vec![]));
}

#[test]
fn what_is_no_file_is_left_out_and_told() {
    let written = r#"["/u/a.png", "[object Object]", null, "", [["/u/b.png"]], 7, {"size": 3},
        "javascript:alert(1)", "blob:https://a.example/1", "undefined", "call at 5. or 6/7"]"#;
    let (found, left) = files(Some(written));
    assert_eq!(found, [link("a.png", "/u/a.png")]);
    assert_eq!(left.len(), 10, "{left:?}");
    let long = serde_json::json!([format!("/{}", "x".repeat(5_000))]).to_string();
    assert_eq!(files(Some(&long)).1.len(), 1);
}

#[test]
fn what_a_message_carries_in_itself_is_known() {
    let written = r#"["data:image/png;base64,AAAA", {"url":"DATA:text/plain,hi","name":"a.txt"}]"#;
    let data = |name: &str, url: &str| OldFile::Data {
        name: name.to_owned(),
        url: url.to_owned(),
    };
    let wanted = vec![
        data("", "data:image/png;base64,AAAA"),
        data("a.txt", "DATA:text/plain,hi"),
    ];
    assert_eq!(files(Some(written)), (wanted, vec![]));
}
