//! Usernames and e-mail addresses for demo people: of the shapes that people choose, and each
//! only once, in the database as well.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::chance::Chance;
use super::names::Name;
use crate::users::referral;

/// The most characters of a username.
const LONGEST: usize = 50;

/// What is taken already. Kept as hashes: two texts with one hash only cost a number more.
#[derive(Default)]
pub struct Taken(HashSet<u64>);

/// What must differ from all others of its kind.
#[derive(Clone, Copy, Hash)]
pub enum Kind {
    /// The key of an e-mail address.
    Email,
    /// A username.
    Username,
    /// The code of a referral link.
    Referral,
}

impl Taken {
    /// Takes a text; false where somebody has it.
    pub fn claim(&mut self, kind: Kind, text: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        (kind, text).hash(&mut hasher);
        self.0.insert(hasher.finish())
    }

    /// A username for a name.
    pub fn username(&mut self, chance: &mut Chance, name: &Name) -> String {
        let plain = shape(chance, name);
        self.numbered(chance, &plain, |taken, text| {
            (text.len() >= 3 && taken.claim(Kind::Username, text)).then(|| text.to_owned())
        })
    }

    /// An e-mail address for a name, mostly with the username before the @.
    pub fn email(
        &mut self,
        chance: &mut Chance,
        name: &Name,
        username: &str,
        domain: &str,
    ) -> String {
        let local = match chance.happens(700) {
            true => username.to_owned(),
            false => shape(chance, name),
        };
        let email = self.numbered(chance, &local, |taken, text| {
            let email = format!("{text}@{domain}");
            taken.claim(Kind::Email, &email).then_some(email)
        });
        if chance.happens(8) { with_capitals(&email) } else { email }
    }

    /// The code of the referral link of a person with this number: no two numbers have the same.
    pub fn referral_code(&mut self, id: i64) -> String {
        // An odd factor permutes the numbers of codes, so that neighbours look unalike.
        let mut mixed = (id as u64).wrapping_mul(0x5d_58_8b_65_6b) % referral::CODES;
        loop {
            let code = referral::code(mixed);
            if self.claim(Kind::Referral, &code) {
                return code;
            }
            mixed = (mixed + 1) % referral::CODES;
        }
    }

    /// Tries a text as it is, then with ever longer numbers behind it.
    fn numbered(
        &mut self,
        chance: &mut Chance,
        plain: &str,
        mut take: impl FnMut(&mut Self, &str) -> Option<String>,
    ) -> String {
        if let Some(taken) = take(self, plain) {
            return taken;
        }
        let mut most = 99;
        loop {
            let number = chance.between(2, most).to_string();
            let stem = &plain[..plain.len().min(LONGEST - number.len())];
            if let Some(taken) = take(self, &format!("{stem}{number}")) {
                return taken;
            }
            most = (most * 3).min(1_000_000_000_000);
        }
    }
}

fn shape(chance: &mut Chance, name: &Name) -> String {
    let (given, family) = (&name.given, &name.family);
    let initial = |text: &str| text.chars().take(1).collect::<String>();
    let mut shape = match chance.between(0, 99) {
        0..42 => format!("{given}.{family}"),
        42..56 => format!("{}.{family}", initial(given)),
        56..66 => given.clone(),
        66..74 => format!("{given}.{}", initial(family)),
        74..81 => format!("{family}.{given}"),
        81..88 => format!("{given}_{family}"),
        88..94 => format!("{}{family}", initial(given)),
        _ => format!("{given}-{family}"),
    };
    shape.truncate(LONGEST);
    shape
}

/// As some type their address: it stays one address.
fn with_capitals(email: &str) -> String {
    let mut out = String::with_capacity(email.len());
    let mut at_start = true;
    for c in email.chars() {
        out.push(if at_start { c.to_ascii_uppercase() } else { c });
        at_start = matches!(c, '.' | '@' | '_' | '-');
    }
    out
}
