//! Prints conversations, to read them:
//! `cargo run -p demo-data --example read_along -- buyer-amelie supplier-kaya`
//! Only those in which everybody named takes part; a number is the most lines of each to print.

use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let most = arguments
        .iter()
        .find_map(|argument| argument.parse::<usize>().ok())
        .unwrap_or(60);
    let start = Instant::now();
    let conversations = demo_data::conversations();
    eprintln!(
        "{} conversations in {:?}",
        conversations.len(),
        start.elapsed()
    );
    let messages: usize = conversations
        .iter()
        .map(|conversation| conversation.messages.len())
        .sum();
    eprintln!("{messages} messages");
    let people = arguments.iter().filter(|argument| argument.contains('-'));
    let chosen = conversations.iter().filter(|conversation| {
        let present = [
            Some(conversation.buyer_id),
            conversation.supplier_user_id,
            conversation.admin_id,
        ];
        people
            .clone()
            .all(|id| present.contains(&Some(id.as_str())))
    });
    for conversation in chosen {
        println!(
            "\n### {:?} {} {} {} {}",
            conversation.kind,
            conversation.buyer_id,
            conversation.supplier_user_id.unwrap_or("-"),
            conversation.admin_id.unwrap_or("-"),
            conversation.product_id.unwrap_or("-"),
        );
        for message in conversation.messages.iter().take(most) {
            let hours = message.seconds_ago / 3_600;
            println!("{hours:>6} h  {:<18} {}", message.sender_id, message.text);
        }
    }
}
