use super::Ours;

fn own(text: &str, ours: &Ours<'_>) -> String {
    super::own(text, ours).join("\n")
}

const OURS: Ours<'_> = Ours {
    from: "no-reply@shop.example",
    reply_domain: "in.shop.example",
};

/// What clients send whose user wrote "Yes, 500." above the mail that they answer.
const ABOVE: &[&str] = &[
    // Gmail, in English and broken; Apple Mail; Thunderbird.
    "On Mon, Mar 2, 2026 at 10:00 AM Acme (Haggle) <no-reply@shop.example>\nwrote:\n\n> New messages: 1\n",
    "On 2 Mar 2026, at 10:00, Acme (Haggle) <no-reply@shop.example> wrote:\n\n> Is 500 ready?",
    "On 3/2/26 10:00, Acme (Haggle) wrote:\n> Is 500 ready?\n",
    // Languages of the list, without our address.
    "Am 02.03.2026 um 10:00 schrieb Acme (Haggle):\n> Sind 500 bereit?",
    "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Acme (Haggle) <\nno-reply@shop.example>:\n\n> x",
    "Le lun. 2 mars 2026 à 10:00, Acme <x@y.example> a écrit :\n\n> x",
    "El lun, 2 mar 2026 a las 10:00, Acme (<x@y.example>) escribió:\n\n> x",
    "Em seg., 2 de mar. de 2026 às 10:00, Acme <x@y.example> escreveu:\n> x",
    "Il giorno lun 2 mar 2026 alle ore 10:00 Acme <x@y.example> ha scritto:\n> x",
    "Op ma 2 mrt 2026 om 10:00 schreef Acme <x@y.example>:\n> x",
    "pon., 2 mar 2026 o 10:00 Acme <x@y.example> napisał(a):\n> x",
    "Den mån 2 mars 2026 kl 10:00 skrev Acme <x@y.example>:\n> x",
    "пн, 2 мар. 2026 г. в 10:00, Acme <x@y.example>:\n\n> x",
    "2026年3月2日(月) 10:00 Acme <x@y.example>:\n\n> x",
    "在 2026年3月2日 10:00，Acme <x@y.example> 写道：\n> x",
    "2026년 3월 2일 (월) 오전 10:00, Acme <x@y.example>님이 작성:\n> x",
    "في الاثنين، 2 مارس 2026 10:00 ص كتب Acme <x@y.example>:\n> x",
    "בתאריך יום ב׳, 2 במרץ 2026 ב-10:00 מאת Acme <x@y.example>:\n> x",
    "2 Mar 2026 Pzt, 10:00 tarihinde Acme <x@y.example> şunu yazdı:\n> x",
    // A language that is not in the list names us all the same.
    "2026. gada 2. marts 10:00 Acme (Haggle) <no-reply@shop.example> raksta:\n\nx",
    "Quod scripsit Acme 2.3.2026 <reply+0123456789abcdefghjkmnpqrs@in.shop.example>:\n\nx",
    // Outlook: a rule, a title or a block of headers.
    "________________________________\nFrom: Acme (Haggle) <no-reply@shop.example>\nSent: Monday\nTo: Bo\nSubject: x\n\nx",
    "-----Original Message-----\nFrom: Acme\n\nx",
    "-----Ursprüngliche Nachricht-----\nVon: Acme\n\nx",
    "From: Acme <x@y.example>\nSent: Monday, March 2, 2026 10:00\nTo: Bo <b@c.example>\nSubject: New messages\n\nx",
    "Von: Acme <x@y.example>\nGesendet: Montag, 2. März 2026 10:00\nAn: Bo\nBetreff: Neu\n\nx",
    "*De :* Acme <x@y.example>\n*Envoyé :* lundi 2 mars 2026\n*À :* Bo\n*Objet :* x\n\nx",
    "发件人: Acme\n发送时间: 2026年3月2日\n收件人: Bo\n主题: 新消息\n\nx",
    "> Is 500 ready?\n> Regards",
];

#[test]
fn what_stands_above_the_quote_is_the_answer() {
    for quoted in ABOVE {
        let text = format!("Yes, 500.\n\nThanks\n\n{quoted}");
        assert_eq!(own(&text, &OURS).trim(), "Yes, 500.\n\nThanks", "{quoted}");
    }
}

#[test]
fn an_answer_below_or_between_is_found() {
    let below = "On 2 Mar 2026, Acme <no-reply@shop.example> wrote:\n> Is 500 ready?\n\nYes, 500.";
    assert_eq!(own(below, &OURS).trim(), "Yes, 500.");
    let between = "Am 2.3.2026 schrieb Acme:\n> 500?\nYes.\n> And 600?\nNo.";
    assert_eq!(own(between, &OURS).trim(), "Yes.\nNo.");
    let heads = [
        "On 2 Mar 2026, Acme <no-reply@shop.example> wrote:",
        "-----Original Message-----\nFrom: Acme\nSent: Monday",
        "From: Acme <x@y.example>\nSent: Monday\nTo: Bo\nSubject: x",
    ];
    for head in heads {
        let both = format!("See below.\n\n{head}\n\n> 500?\n\nYes.\n> And 600?\nNo.");
        let said = super::own(&both, &OURS);
        let said: Vec<_> = said.iter().map(|part| part.trim()).collect();
        assert_eq!(said, ["See below.", "Yes.", "No."], "{head}");
    }
}

/// Sentences that look a little like the beginning of a quote.
#[test]
fn what_people_write_stays() {
    let texts = [
        "As you wrote:\nwe need 500.",
        "From: our warehouse\nTo: yours, by ship.",
        "The price:\n- 500 at 3 EUR",
        "Write to sales@acme.example:\nthey know.",
        "Sent yesterday by DHL.\nDate: 2 March",
        "a_b __ c -- d",
        "x < y > z",
        "In 2024 your colleague wrote:\n\nwe need 500.",
        "Our offer of 2 March:\n500 pieces",
        "Please quote:\nFrom: Shanghai\nTo: Rotterdam\nDate: 12 May\nWeight: 500 kg",
        "Bitte anbieten:\nVon: Hamburg\nAn: Oslo\nDatum: 12.5.\nGewicht: 500 kg",
        "Un prix :\nDe : Lyon\nÀ : Brest\nDate : 12 mai\nPoids : 500 kg",
        "One\n________________________________\nTwo",
        "One\n--- see my original message ---\nTwo",
        "Our buyer bob@buyer.example wrote on 2 March:\n\nwe need 500.",
        "On 2 March I wrote to no-reply@shop.example:\n\nwe need 500.",
        "Prices:\n>100: 3 EUR\n> 500: 2 EUR\nand free freight",
    ];
    for text in texts {
        assert_eq!(own(text, &OURS), text);
    }
}

/// Some clients leave no line free.
#[test]
fn what_stands_close_above_a_quote_stays() {
    let long = "Yes, all of the 500 pieces are here with us and can be sent to you today";
    for said in ["Yes, 500.", "Yes", long] {
        for head in [
            "On 2 Mar 2026, Acme <no-reply@shop.example> wrote:",
            "On Monday the 2nd of March 2026 at 10:00 in the morning Acme (Haggle)\n<no-reply@shop.example> wrote:",
        ] {
            let text = format!("{said}\n{head}\n> x");
            assert_eq!(own(&text, &OURS).trim(), said, "{head}");
        }
    }
}

#[test]
fn a_text_that_is_only_a_quote_is_nothing() {
    assert_eq!(own("> one\n> two", &OURS).trim(), "");
    assert_eq!(own("", &OURS), "");
}
