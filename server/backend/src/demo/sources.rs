//! Where demo people come from: organisations with their mail domains, referral origins, promo
//! codes and the campaigns that carry them. A further one is a row of its table.

use super::chance::{Chance, Weights};

/// Mail domains of organisations, the largest first.
pub const ORGANISATIONS: &[&str] = &[
    "northwind.example",
    "aurora.example",
    "uni-graz.example",
    "studio-k.example",
    "contoso.example",
    "orbit.example",
    "helvetia-labs.example",
    "tu-delft.example",
    "blauwal.example",
    "politecnico.example",
    "sunrise-energy.example",
    "kraken-games.example",
    "stadtwerke-linz.example",
    "acme.example",
    "fjord-shipping.example",
    "casa-verde.example",
    "nippon-robotics.example",
    "lagos-fintech.example",
    "sorbonne-nord.example",
    "bluebird.example",
    "maple-health.example",
    "hallstatt-salz.example",
    "rotterdam-port.example",
    "quanta.example",
    "ubuntu-schools.example",
    "seoul-semiconductor.example",
    "banco-sur.example",
    "vinci-atelier.example",
    "krakow-data.example",
    "bosphorus-air.example",
    "delta-farms.example",
    "himalaya-tea.example",
    "danubia.example",
    "great-plains-rail.example",
    "wattenmeer.example",
    "new-amsterdam-press.example",
    "pacific-reef.example",
    "saga-books.example",
    "tundra-mining.example",
    "olive-and-oak.example",
];

/// Mail domains of providers that anybody can have an address at.
pub const PROVIDERS: &[&str] = &[
    "mail.example",
    "post.example",
    "inbox.example",
    "freemail.example",
    "courrier.example",
    "posta.example",
    "correo.example",
    "webmail.example",
];

/// The referral origins that bring most people.
const TOP_ORIGINS: &[&str] = &[
    "blog.studio-k.example",
    "news.orbit.example",
    "search.example",
    "github.example",
    "partner.aurora.example",
    "uni-graz.example",
    "video.example",
    "forum.makers.example",
    "weekly.ai-digest.example",
    "social.example",
    "www.northwind.example",
    "chat.community.example",
];
/// What the rest of the origins are put together from.
const ORIGIN_SITES: &[&str] = &[
    "edu-hub.example",
    "dev-notes.example",
    "startups.example",
    "jobs-board.example",
    "data-weekly.example",
    "open-lectures.example",
    "design-daily.example",
    "hackspace.example",
    "podcast-garden.example",
    "tech-radar.example",
    "city-library.example",
    "translators.example",
    "makerfaire.example",
    "csv-lovers.example",
    "night-school.example",
    "research-portal.example",
    "gov-innovation.example",
    "health-forum.example",
    "legal-tech.example",
    "indie-games.example",
    "robotics-club.example",
    "green-economy.example",
    "women-in-tech.example",
    "retro-computing.example",
];
/// How many sites each kind of page is on.
const ORIGIN_PAGES: &[&str] =
    &["www", "blog", "news", "forum", "docs", "events", "podcast", "partner"];

/// Promo codes that hold all year round, the most used first.
const EVERGREEN: &[&str] =
    &["WELCOME10", "STUDENT", "PARTNER-A", "FRIENDS", "PODCAST", "PARTNER-B"];

/// A push that comes back each year: a burst of registrations with a promo code.
pub struct Campaign {
    /// The code, before the two digits of its year.
    pub code: &'static str,
    /// The month and the day of the month on which it begins.
    pub begins: (u32, u32),
    /// For how many days.
    pub days: u32,
    /// How many times the usual number of people come on its first day, on top of the usual.
    pub strength: f64,
    /// Where most of them come from.
    pub origin: &'static str,
}

/// All campaigns, in the order of the year.
pub const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        code: "NEWYEAR",
        begins: (1, 3),
        days: 14,
        strength: 0.8,
        origin: "news.orbit.example",
    },
    Campaign { code: "WINTER", begins: (2, 2), days: 18, strength: 0.9, origin: "video.example" },
    Campaign {
        code: "SPRING",
        begins: (3, 24),
        days: 30,
        strength: 1.6,
        origin: "blog.studio-k.example",
    },
    Campaign { code: "DEVDAYS", begins: (6, 9), days: 6, strength: 3.2, origin: "github.example" },
    Campaign { code: "SUMMER", begins: (7, 14), days: 21, strength: 0.8, origin: "social.example" },
    Campaign {
        code: "CAMPUS",
        begins: (9, 8),
        days: 28,
        strength: 1.5,
        origin: "uni-graz.example",
    },
    Campaign {
        code: "AUTUMN",
        begins: (10, 13),
        days: 25,
        strength: 1.1,
        origin: "weekly.ai-digest.example",
    },
    Campaign {
        code: "BLACKWEEK",
        begins: (11, 21),
        days: 9,
        strength: 2.6,
        origin: "partner.aurora.example",
    },
];

/// Draws origins and codes.
pub struct Sources {
    origins: Vec<String>,
    origin_weights: Weights,
    code_weights: Weights,
}

impl Sources {
    /// Reads the tables.
    pub fn read() -> Self {
        let mut origins: Vec<String> = TOP_ORIGINS.iter().map(|&origin| origin.into()).collect();
        for page in ORIGIN_PAGES {
            origins.extend(ORIGIN_SITES.iter().map(|site| format!("{page}.{site}")));
        }
        Self {
            origin_weights: Weights::heavy_tailed(origins.len(), 1.25),
            origins,
            code_weights: Weights::heavy_tailed(EVERGREEN.len(), 1.1),
        }
    }

    /// Where someone came from and the promo code they used; empty texts for none. `campaign` is
    /// the code and the origin of the campaign that brought them.
    pub fn draw(&self, chance: &mut Chance, campaign: Option<(&str, &str)>) -> (String, String) {
        match campaign {
            Some((code, origin)) => {
                let origin = match chance.happens(720) {
                    true => origin.to_owned(),
                    false => self.origin(chance),
                };
                let code = if chance.happens(880) { code } else { "" };
                (origin, code.to_owned())
            }
            None => {
                let code = match chance.happens(130) {
                    true => EVERGREEN[self.code_weights.draw(chance)],
                    false => "",
                };
                (self.origin(chance), code.to_owned())
            }
        }
    }

    fn origin(&self, chance: &mut Chance) -> String {
        if chance.happens(360) {
            return String::new();
        }
        self.origins[self.origin_weights.draw(chance)].clone()
    }
}
