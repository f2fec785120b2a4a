//! The list, searched by a part of what it shows.

use super::{Checks, World, world::whole};
use chat::{
    conversation::{Conversation, Kind},
    ids::ConversationId,
    storage::{ListCounts, ListQuery, NewConversation, Scope, UserRecord},
};

pub(super) const CHECKS: Checks = &[
    ("searching::names_products_and_previews", |world| {
        Box::pin(check_names_products_and_previews(world))
    }),
    (
        "searching::a_company_of_a_user_is_shown_and_found",
        |world| Box::pin(check_a_company_of_a_user_is_shown_and_found(world)),
    ),
    ("searching::every_character_is_itself", |world| {
        Box::pin(check_every_character_is_itself(world))
    }),
    ("searching::case_is_no_matter_in_any_alphabet", |world| {
        Box::pin(check_case_is_no_matter_in_any_alphabet(world))
    }),
    ("searching::accents_are_no_matter", |world| {
        Box::pin(check_accents_are_no_matter(world))
    }),
    (
        "searching::how_marks_and_spaces_are_set_is_no_matter",
        |world| Box::pin(check_how_marks_and_spaces_are_set_is_no_matter(world)),
    ),
    (
        "searching::counts_and_pages_go_with_every_filter",
        |world| Box::pin(check_counts_and_pages_go_with_every_filter(world)),
    ),
    ("searching::stays_within_scope_and_kind", |world| {
        Box::pin(check_stays_within_scope_and_kind(world))
    }),
];

async fn search(world: &World, scope: &Scope, text: &str) -> Vec<ConversationId> {
    let query = ListQuery {
        search: Some(text.to_owned()),
        ..whole(scope.clone(), 100)
    };
    let found = world.list(&query).await;
    found
        .into_iter()
        .map(|conversation| conversation.id)
        .collect()
}

async fn check_names_products_and_previews(world: &World) {
    let (buyer, supplier) = (world.buyer("bea").await, world.supplier("sol").await);
    let admin = world.admin("ann").await;
    world.company("c1", &supplier.id, "Solar Works").await;
    let product = world.product("p1", "Hydraulic Pump").await;
    let new = NewConversation {
        product: Some(product),
        ..world.between(&buyer, &supplier)
    };
    let id = world.open(new).await;
    let support = world.open(world.support(&buyer)).await;
    admin.join(&id).await;
    buyer.send(&id, "What about the lead time?").await;
    buyer.send(&id, "And the Incoterms?").await;

    let only = [id];
    for text in [
        "solar",
        "R W",
        "hydraulic",
        "C PUMP",
        "of ann",
        "incoterms",
        "the inco",
        "name of sol",
        "pump bea works",
        "INCOTERMS Hydraulic",
    ] {
        assert_eq!(search(world, &Scope::All, text).await, only, "{text}");
    }
    for text in ["lead time", "p1", "c1", "ann@example.test", "solarworks"] {
        assert_eq!(
            search(world, &Scope::All, text).await,
            [],
            "{text} is not shown"
        );
    }
    let both = search(world, &Scope::All, "of bea").await;
    assert_eq!(both.len(), 2);
    assert!(both.contains(&support));
}

async fn check_a_company_of_a_user_is_shown_and_found(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    for persona in [&buyer, &supplier] {
        let name = persona.person().await.name;
        let record = UserRecord {
            id: persona.id.clone(),
            company: Some(format!("{name} Frères")),
            name,
            email: String::new(),
            role: persona.person().await.role,
            is_active: true,
            time_zone: None,
        };
        let put = world.chat.directory_editor.put_user(&record).await;
        put.expect("a user can be put");
    }
    world.company("c1", &supplier.id, "Solar Works").await;
    let query = whole(Scope::All, 100);
    let companies = |conversation: &Conversation| {
        let seats = [Some(&conversation.buyer), conversation.supplier.as_ref()];
        seats.map(|seat| seat.and_then(|seat| seat.company.clone()))
    };
    let found = world.list(&query).await;
    let shown: Vec<_> = found.iter().map(companies).collect();
    // A supplier is called by the company's name already.
    let expected = [Some(format!("{} Frères", buyer.person().await.name)), None];
    assert_eq!(shown, [expected]);
    for scope in [Scope::All, Scope::Of(supplier.id.clone())] {
        for text in ["freres", "solar FRÈRES"] {
            let found = search(world, &scope, text).await;
            assert_eq!(found, std::slice::from_ref(&id), "{text}");
        }
    }
}

async fn check_every_character_is_itself(world: &World) {
    let (buyer, _, id) = world.pair().await;
    buyer
        .send(&id, r"100% of A_B at C:\D, 'quoted' [x] (y)* .+?")
        .await;
    let only = [id];
    for text in [
        "%", "100%", "_", "a_b", r"\", r"c:\d", "'", "[x]", "(y)*", ".+?",
    ] {
        assert_eq!(search(world, &Scope::All, text).await, only, "{text}");
    }
    for text in ["1%0", "a%b", "a__b", "100_", r"\%", ".*", "a.b"] {
        assert_eq!(search(world, &Scope::All, text).await, [], "{text}");
    }
}

async fn check_case_is_no_matter_in_any_alphabet(world: &World) {
    let (buyer, _, id) = world.pair().await;
    buyer.send(&id, "Élan für ГОСТ и ΑΘΗΝΑ, 漢字").await;
    let only = [id];
    for text in ["élan", "ÉLAN", "FÜR", "гост", "αθηνα", "漢字"] {
        assert_eq!(search(world, &Scope::All, text).await, only, "{text}");
    }
}

async fn check_accents_are_no_matter(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    world.company("c1", &supplier.id, "Großhandel Łódź").await;
    buyer
        .send(&id, "Élan d'Amélie, مُحَمَّد, ΑΘΉΝΑΣ, Nguyễn, か, ﬁx")
        .await;
    let only = [id];
    for text in [
        "elan",
        "AMELIE",
        "amélie",
        "GROSSHANDEL",
        "großhandel lodz",
        "محمد",
        "αθηνας",
        "nguyen AMELIE lodz",
        "FIX",
        "か",
    ] {
        assert_eq!(search(world, &Scope::All, text).await, only, "{text}");
        assert_eq!(
            search(world, &Scope::Of(buyer.id.clone()), text).await,
            only,
            "{text}"
        );
    }
    for text in ["amelia", "が", "amelie third", "lodz nowhere"] {
        assert_eq!(search(world, &Scope::All, text).await, [], "{text}");
    }
}

async fn check_how_marks_and_spaces_are_set_is_no_matter(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    world.company("c1", &supplier.id, "中村 由紀").await;
    buyer
        .send(
            &id,
            "Za'atar, l’offre, M10 × 60, 2–3 weeks, “oak”, 田中　ひろし",
        )
        .await;
    let only = [id.clone()];
    for text in [
        "za’atar",
        "za'atar",
        "l'offre",
        "l‘offre",
        "m10x60",
        "M10 × 60",
        "m10×60",
        "2-3",
        "2—3",
        "\"oak\"",
        "中村由紀",
        "中村 由紀",
        "田中ひろし",
    ] {
        assert_eq!(search(world, &Scope::All, text).await, only, "{text}");
        assert_eq!(
            search(world, &Scope::Of(buyer.id.clone()), text).await,
            only,
            "{text}"
        );
    }
    for text in ["loffre", "weeksoak", "由紀中村"] {
        assert_eq!(search(world, &Scope::All, text).await, [], "{text}");
    }
    buyer.send(&id, "Bolts, M12 x 80 x 4").await;
    assert_eq!(search(world, &Scope::All, "m12x80x4").await, only);
}

async fn check_counts_and_pages_go_with_every_filter(world: &World) {
    let (buyer, supplier) = (world.buyer("bea").await, world.supplier("sol").await);
    let other = world.buyer("bob").await;
    let admin = world.admin("ann").await;
    let open = world.open(world.between(&buyer, &supplier)).await;
    let waiting = [
        world.open(world.support(&buyer)).await,
        world.open(world.support(&other)).await,
    ];
    let taken = world.open(world.support(&world.buyer("bud").await)).await;
    admin.join(&taken).await;
    let query = |waiting: bool, search: Option<&str>, limit: i64| ListQuery {
        waiting,
        search: search.map(str::to_owned),
        ..whole(Scope::All, limit)
    };
    let ids = async |query: &ListQuery| -> Vec<ConversationId> {
        let found = world.list(query).await.into_iter();
        let mut ids: Vec<_> = found.map(|conversation| conversation.id).collect();
        ids.sort();
        ids
    };
    let mut expected = waiting.to_vec();
    expected.sort();
    assert_eq!(ids(&query(true, None, 100)).await, expected);
    assert_eq!(
        ids(&query(true, Some("OF bob"), 100)).await,
        [waiting[1].clone()]
    );

    // Page by page, one at a time.
    let mut next = query(true, Some("name"), 1);
    let mut seen = Vec::new();
    loop {
        let page = world.chat.conversations.list(&next).await.expect("a page");
        next.cursor.clone_from(&page.next);
        seen.extend(
            page.conversations
                .into_iter()
                .map(|conversation| conversation.id),
        );
        if page.next.is_none() {
            break;
        }
    }
    seen.sort();
    assert_eq!(seen, expected);

    let counts = async |query: ListQuery| {
        let counted = world.chat.conversations.counts(&query).await;
        counted.expect("they can be counted")
    };
    let all = ListCounts {
        all: 4,
        waiting: 2,
        buyer_supplier: 1,
        buyer_admin: 0,
        support: 3,
        ..ListCounts::default()
    };
    assert_eq!(counts(query(false, None, 1)).await, all);
    assert_eq!(
        counts(query(true, None, 1)).await,
        all,
        "other filters do not count"
    );
    let found = ListCounts {
        all: 2,
        waiting: 1,
        buyer_supplier: 1,
        buyer_admin: 0,
        support: 1,
        ..ListCounts::default()
    };
    assert_eq!(counts(query(false, Some("BEA"), 1)).await, found);
    let own = ListQuery {
        ..whole(Scope::Of(supplier.id), 1)
    };
    let own = counts(own).await;
    assert_eq!((own.all, own.waiting, own.buyer_supplier), (1, 0, 1));

    admin.leave(&taken).await;
    assert_eq!(counts(query(false, None, 1)).await.waiting, 3);
    let listed = ids(&query(false, None, 100)).await;
    assert!(listed.contains(&open));
}

async fn check_stays_within_scope_and_kind(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let other = world.buyer("bob").await;
    let others = world.open(world.between(&other, &supplier)).await;
    buyer.send(&id, "pump").await;
    other.send(&others, "pump").await;
    let of = |scope: &Scope| search_of(world, scope.clone());
    assert_eq!(of(&Scope::Of(buyer.id)).await, [id.clone()]);
    assert_eq!(of(&Scope::Of(other.id)).await, [others.clone()]);
    assert_eq!(of(&Scope::Of(supplier.id)).await.len(), 2);
    let query = ListQuery {
        kind: Some(Kind::Support),
        search: Some("pump".to_owned()),
        ..whole(Scope::All, 100)
    };
    assert_eq!(world.list(&query).await, []);
}

async fn search_of(world: &World, scope: Scope) -> Vec<ConversationId> {
    search(world, &scope, "PUMP").await
}
