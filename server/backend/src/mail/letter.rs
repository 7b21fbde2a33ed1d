//! What a mail says: subject, plain text and HTML, written from facts when it is sent or shown.
//!
//! The HTML loads nothing from anywhere, and has colours for light and dark. Names are whatever
//! people typed: maud escapes them, and the mail library encodes the headers.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::format::WallTime;
use model::text::fill;
use model::text::mail::text;

use crate::links::Purpose;

/// A mail as its reader gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who gets it.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// For readers that show no HTML.
    pub text: String,
    /// For those that do.
    pub html: String,
}

impl Letter {
    /// The HTML as a page of ours may show it: without its rules, which only the page's own style
    /// sheets may have.
    pub fn preview(&self) -> String {
        self.html.replace(&format!("<style>{STYLE}</style>"), "")
    }
}

/// What a letter is written from.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub purpose: Purpose,
    pub to: String,
    /// The display name of whoever gets it; may be empty.
    pub name: String,
    /// Who caused it; empty for nobody with a name.
    pub by: String,
    /// The whole address of its link.
    pub link: String,
    pub until: WallTime,
}

/// Where texts differ by what a mail is for.
struct Words {
    subject: String,
    lead: String,
    button: &'static str,
}

/// Writes the letter.
pub(crate) fn letter(facts: &Facts) -> Letter {
    let t = text();
    let hello = match facts.name.as_str() {
        "" => t.hello_nobody.to_owned(),
        name => fill(t.hello, &[name]),
    };
    let words = words_of(facts);
    let until = fill(t.until, &[&facts.until.minute()]);
    let Words { subject, lead, button } = &words;
    let plain =
        format!("{hello}\n\n{lead}\n\n{button}:\n{}\n\n{until}\n\n-- \n{}\n", facts.link, t.ignore);
    Letter {
        to: facts.to.clone(),
        subject: subject.clone(),
        text: plain,
        html: page(&hello, &words, &facts.link, &until).into_string(),
    }
}

fn words_of(facts: &Facts) -> Words {
    let (t, product) = (text(), model::text::text().product);
    let by = facts.by.as_str();
    match (facts.purpose, by) {
        (Purpose::Invitation, "") => Words {
            subject: fill(t.invitation_subject_nobody, &[product]),
            lead: fill(t.invitation_lead_nobody, &[product]),
            button: t.invitation_button,
        },
        (Purpose::Invitation, by) => Words {
            subject: fill(t.invitation_subject, &[by, product]),
            lead: fill(t.invitation_lead, &[by, product]),
            button: t.invitation_button,
        },
        (Purpose::Recovery, "") => Words {
            subject: fill(t.recovery_subject, &[product]),
            lead: fill(t.recovery_lead_nobody, &[product]),
            button: t.recovery_button,
        },
        (Purpose::Recovery, by) => Words {
            subject: fill(t.recovery_subject, &[product]),
            lead: fill(t.recovery_lead, &[by, product]),
            button: t.recovery_button,
        },
    }
}

/// Mail programs know little CSS: what stands on the elements is what most of them show, the rules
/// are for those that know dark colours.
const STYLE: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
@media (prefers-color-scheme:dark){\
.back{background:#16181d!important}\
.card{background:#1f2229!important;border-color:#343842!important}\
.ink{color:#eceef2!important}\
.soft{color:#a4abb8!important}\
.btn{background:#6b8cff!important;color:#0d1020!important}\
}";

const BACK: &str = "margin:0;padding:24px 12px;background:#f4f5f7;\
    font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;\
    font-size:16px;line-height:1.5";
const CARD: &str = "max-width:520px;margin:0 auto;padding:28px;background:#ffffff;\
    border:1px solid #e2e5ea;border-radius:10px";
const INK: &str = "margin:0 0 16px;color:#1b1e25;overflow-wrap:anywhere";
const SOFT: &str = "margin:0 0 12px;color:#5c6472;font-size:14px;overflow-wrap:anywhere";
const BUTTON: &str = "display:inline-block;padding:11px 20px;border-radius:8px;\
    background:#3457d5;color:#ffffff;font-weight:600;text-decoration:none";
const BRAND: &str = "margin:0 0 20px;color:#1b1e25;font-weight:700";

fn page(hello: &str, words: &Words, link: &str, until: &str) -> Markup {
    let t = text();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (words.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body .back style=(BACK) {
                div .card style=(CARD) {
                    p .ink style=(BRAND) { (model::text::text().product) }
                    p .ink dir="auto" style=(INK) { (hello) }
                    p .ink dir="auto" style=(INK) { (words.lead) }
                    p style="margin:24px 0" { a .btn href=(link) style=(BUTTON) { (words.button) } }
                    p .soft style=(SOFT) { (until) }
                    p .soft style=(SOFT) { (t.copy_hint) br; a .soft href=(link) style="color:#5c6472" { (link) } }
                    p .soft style=(SOFT) { (t.ignore) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(purpose: Purpose, name: &str, by: &str) -> Facts {
        Facts {
            purpose,
            to: "anna@example.com".to_owned(),
            name: name.to_owned(),
            by: by.to_owned(),
            link: "https://users.example.com/invitation?token=abc".to_owned(),
            until: WallTime(0),
        }
    }

    #[test]
    fn both_forms_say_the_same_and_names_stay_text() {
        for purpose in [Purpose::Invitation, Purpose::Recovery] {
            for (name, by) in [("", ""), ("Zoë <b>", "Ann & \"Co\"</style><script>")] {
                let facts = facts(purpose, name, by);
                let letter = letter(&facts);
                assert_eq!(letter.text.matches(&facts.link).count(), 1);
                assert_eq!(letter.html.matches(&facts.link).count(), 3);
                for form in [&letter.text, &letter.html] {
                    assert!(form.contains("1 Jan 1970, 00:00"), "{form}");
                    assert!(!form.contains("{}"), "{form}");
                }
                assert!(letter.html.contains("<style>") && !letter.preview().contains("<style>"));
                assert!(!letter.html.contains("<script") && !letter.html.contains("<b>"));
                assert_eq!(letter.text.starts_with("Hello,"), name.is_empty());
                assert!(by.is_empty() || letter.text.contains(by));
            }
        }
    }
}
