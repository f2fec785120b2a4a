//! Writes a page with all pictures and avatars, to look at them:
//! `cargo run -p demo-data --example contact_sheet > sheet.html`
//! Arguments choose products by the start of their ids, and `--width N` their size.

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let width = arguments.iter().position(|argument| argument == "--width");
    let width = width
        .and_then(|at| arguments.get(at + 1))
        .map_or("190", String::as_str);
    let chosen = |id: &str| {
        let mut starts = arguments
            .iter()
            .filter(|argument| argument.contains("product-"))
            .peekable();
        starts.peek().is_none() || starts.any(|start| id.starts_with(start.as_str()))
    };
    println!(
        "<!doctype html><meta charset=utf-8><style>svg{{width:{width}px;height:{width}px;margin:2px;float:left;border-radius:6px}}</style>"
    );
    let market = demo_data::marketplace();
    for product in market.products.iter().filter(|product| chosen(product.id)) {
        println!("{}", demo_data::picture(product.id).unwrap_or_default());
    }
    if arguments.iter().any(|argument| argument == "--people") {
        for person in &market.people {
            println!("{}", demo_data::avatar(person.id).unwrap_or_default());
        }
    }
}
