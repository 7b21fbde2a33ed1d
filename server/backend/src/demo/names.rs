//! Putting names together: what a person is called, and the Latin words that their username and
//! e-mail address are made of.

use super::chance::{Chance, Weights};
use super::cultures::{CULTURES, LONG_NAMES, Order};
use crate::users::fold::fold;

/// What a person is called.
pub struct Name {
    /// In their own script.
    pub shown: String,
    /// The given name in plain Latin letters.
    pub given: String,
    /// The family name in plain Latin letters.
    pub family: String,
    /// A phone number of where they are from; `#` stands for a digit.
    pub phone: &'static str,
}

/// All names, ready to draw from.
pub struct Names {
    weights: Weights,
    cultures: Vec<Words>,
    long: Vec<Word>,
}

struct Words {
    order: Order,
    given: [Vec<Word>; 2],
    family: Vec<Vec<Word>>,
    phone: &'static str,
}

struct Word {
    shown: String,
    latin: String,
}

impl Names {
    /// Reads the tables.
    pub fn read() -> Self {
        Self {
            weights: Weights::of(CULTURES.iter().map(|culture| f64::from(culture.weight))),
            cultures: CULTURES
                .iter()
                .map(|culture| Words {
                    order: culture.order,
                    given: culture.given.map(words),
                    family: culture.family.iter().copied().map(words).collect(),
                    phone: culture.phone,
                })
                .collect(),
            long: LONG_NAMES.iter().copied().flat_map(words).collect(),
        }
    }

    /// Draws a name.
    pub fn draw(&self, chance: &mut Chance) -> Name {
        let culture = &self.cultures[self.weights.draw(chance)];
        let gender = usize::from(chance.happens(500));
        let given = chance.pick(&culture.given[gender]);
        let families = &culture.family[gender.min(culture.family.len() - 1)];
        let family = chance.pick(families);
        if chance.happens(1) {
            return self.long_one(chance, culture.phone);
        }
        let (mut given_shown, mut family_shown) = (given.shown.clone(), family.shown.clone());
        match culture.order {
            Order::TwoFamilies if chance.happens(650) => {
                family_shown = format!("{family_shown} {}", chance.pick(families).shown);
            }
            Order::Hyphens if chance.happens(60) => {
                let second = chance.pick(&culture.given[gender]);
                if second.shown != given.shown {
                    given_shown = format!("{given_shown}-{}", second.shown);
                }
            }
            Order::Hyphens if chance.happens(60) => {
                let second = chance.pick(families);
                if second.shown != family.shown {
                    family_shown = format!("{family_shown}-{}", second.shown);
                }
            }
            _ => {}
        }
        let shown = match culture.order {
            Order::FamilyFirst => format!("{family_shown} {given_shown}"),
            Order::FamilyFirstJoined => format!("{family_shown}{given_shown}"),
            // As some directories have it.
            _ if chance.happens(8) => format!("{family_shown}, {given_shown}"),
            _ => format!("{given_shown} {family_shown}"),
        };
        Name {
            shown,
            given: given.latin.clone(),
            family: family.latin.clone(),
            phone: culture.phone,
        }
    }

    fn long_one(&self, chance: &mut Chance, phone: &'static str) -> Name {
        let word = chance.pick(&self.long);
        let (given, family) = word.latin.split_once('.').unwrap_or((&word.latin, "long"));
        Name { shown: word.shown.clone(), given: given.into(), family: family.into(), phone }
    }
}

fn words(list: &str) -> Vec<Word> {
    list.split_whitespace()
        .map(|word| {
            let (shown, latin) = word.split_once('|').unwrap_or((word, word));
            Word {
                shown: shown.replace('_', " "),
                latin: fold(latin)
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || *c == '.')
                    .collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_latin_form() {
        let names = Names::read();
        let of_cultures =
            names.cultures.iter().flat_map(|c| c.given.iter().chain(&c.family)).flatten();
        for word in of_cultures.chain(&names.long) {
            assert!(!word.latin.is_empty(), "{}", word.shown);
            assert!(!word.shown.contains(['_', '|']), "{}", word.shown);
        }
        for culture in &names.cultures {
            assert!(culture.given.iter().chain(&culture.family).all(|list| !list.is_empty()));
        }
    }

    #[test]
    fn phones_are_e164() {
        for culture in CULTURES {
            let phone = culture.phone.replace('#', "7");
            assert_eq!(crate::users::validate::phone(&phone).unwrap(), phone);
        }
    }
}
