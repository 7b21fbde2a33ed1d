//! `/settings`: every setting with what it does, its default and where its value comes from; a form
//! for each section.
//!
//! A plain page, made from the table of `model::settings`: a new setting needs nothing here.

use maud::{Markup, html};
use model::form::Typed;
use model::format::count;
use model::settings::{Current, Kind, Section, Setting, Source};
use model::text::fill;
use model::text::settings::text;

use crate::components::fields::{self, Field, Line};
use crate::plain::Page;

/// What is styled only here comes with the page.
const STYLE: &str = include_str!("../../../style/pages/settings.css");
/// Shorter passwords than this are warned of.
const EASY_TO_GUESS: u32 = 8;

/// What the page shows.
#[derive(Debug)]
pub struct SettingsView {
    /// All settings.
    pub all: Vec<Current>,
    /// A form that was refused, with what was typed into it.
    pub refused: Option<(Section, Typed)>,
    /// The names of all time zones.
    pub zones: Vec<&'static str>,
    /// What the server was started with, by flags alone: what it is, its value and the flag.
    pub server: Vec<(&'static str, String, &'static str)>,
}

impl SettingsView {
    /// The page that shows it.
    pub fn page(&self) -> Page {
        Page::new(text().title, "/settings", self.html()).styled(STYLE)
    }

    fn html(&self) -> Markup {
        let t = text();
        html! {
            div .settings {
                header .head { div .grow { h1 { (t.title) } p { (t.lead) } } }
                nav .contents aria-label=(t.sections) {
                    @for section in Section::ALL {
                        a href={ "#" (section.word()) } {
                            (section.label())
                            @let changed = self.changed(*section);
                            @if changed > 0 {
                                span .n title=(fill(t.changed, &[&count(changed)])) { (changed) }
                            }
                        }
                    }
                    a href="#server" { (t.section_server) }
                }
                div .sections {
                    @for section in Section::ALL { (self.section(*section)) }
                    (self.server())
                }
                // Its buttons stand in the other forms, where Enter is to save and not to reset.
                form #reset method="post" action="/settings/reset" {}
            }
        }
    }

    /// How many settings of a section are not at their default.
    fn changed(&self, section: Section) -> usize {
        let changed = |current: &&Current| {
            current.setting.section == section && current.source != Source::Default
        };
        self.all.iter().filter(changed).count()
    }

    fn section(&self, section: Section) -> Markup {
        let t = text();
        let of_section = || self.all.iter().filter(|current| current.setting.section == section);
        let typed = match &self.refused {
            Some((refused, typed)) if *refused == section => typed.clone(),
            _ => of_section().fold(Typed::default(), |typed, current| {
                match (current.setting.kind, current.value.as_str()) {
                    (Kind::Switch, "off") => typed,
                    (_, value) => typed.with(current.setting.name, value),
                }
            }),
        };
        let names: Vec<&str> = of_section().map(|current| current.setting.name).collect();
        let can_be_saved = of_section().any(|current| current.source != Source::Given);
        html! {
            section .card #(section.word()) aria-labelledby={ (section.word()) "-title" } {
                h2 id={ (section.word()) "-title" } { (section.label()) }
                form .plain-form method="post" action={ "/settings/" (section.word()) } data-guard {
                    (fields::other_problems(&names, &typed))
                    @for current in of_section() { (self.setting(current, &typed)) }
                    @if can_be_saved {
                        div .row {
                            button .btn.primary type="submit" {
                                (t.save) span .visually-hidden { ": " (section.label()) }
                            }
                            span .unsaved aria-hidden="true" { (t.unsaved) }
                        }
                    }
                }
            }
        }
    }

    fn setting(&self, current: &Current, typed: &Typed) -> Markup {
        let setting = current.setting;
        let is_given = current.source == Source::Given;
        html! {
            div .setting data-set[current.source != Source::Default] {
                @if is_given {
                    div .given {
                        b { (setting.label()) }
                        p .hint { (setting.hint()) }
                        span .value dir="auto" { (setting.show(&current.value)) }
                    }
                } @else {
                    (self.field(setting, typed))
                    input type="hidden" name={ "shown-" (setting.name) } value=(current.value);
                }
                (source(current))
                @if setting.name == "password_min_length"
                    && current.value.parse::<u32>().is_ok_and(|least| least < EASY_TO_GUESS) {
                    p .note.warn { (text().password_short) }
                }
            }
        }
    }

    fn field(&self, setting: &'static Setting, typed: &Typed) -> Markup {
        // What the label counts already need not be said behind it.
        let is_said = |unit: &&str| !setting.label().to_lowercase().starts_with(*unit);
        let label = match setting.unit().filter(is_said) {
            Some(unit) => format!("{} ({unit})", setting.label()),
            None => setting.label().to_owned(),
        };
        let field = Field::new(setting.name, &label).hint(setting.hint());
        match setting.kind {
            Kind::Number(least, most) => {
                fields::line(field, Line::Number(i64::from(least), i64::from(most)), typed)
            }
            Kind::Switch => fields::tick(field, typed),
            Kind::Choice(words) => {
                fields::select(field, words.iter().map(|word| (*word, setting.choice(word))), typed)
            }
            Kind::Zone => {
                fields::select(field, self.zones.iter().map(|zone| (*zone, *zone)), typed)
            }
            Kind::View | Kind::Folder | Kind::Interval | Kind::Label => {
                fields::line(field, Line::Text, typed)
            }
        }
    }

    fn server(&self) -> Markup {
        let t = text();
        html! {
            section .card #server aria-labelledby="server-title" {
                h2 #server-title { (t.section_server) }
                p .hint { (t.server_hint) }
                dl .facts {
                    @for (name, value, flag) in &self.server {
                        div { dt { (name) } dd { (value) } dd { code { (flag) } } }
                    }
                }
            }
        }
    }
}

/// Where a value comes from, with the way back to the default.
fn source(current: &Current) -> Markup {
    let t = text();
    let setting = current.setting;
    let default = fill(t.default_is, &[&setting.show(setting.default)]);
    html! {
        p .source {
            @match &current.source {
                Source::Default => { span .quiet { (default) } }
                Source::Set { at, by, entry } => {
                    @let by = if by.is_empty() { t.nobody } else { by.as_str() };
                    @let set = fill(t.source_set, &[by, &at.minute()]);
                    @match entry {
                        Some(entry) => { a href={ "/audit?entry=" (entry) } { (set) } }
                        None => { (set) }
                    }
                    " " (default) " "
                    button .btn.small.ghost type="submit" form="reset" name="name" value=(setting.name) {
                        (t.reset) span .visually-hidden { ": " (setting.label()) }
                    }
                }
                Source::Given => {
                    (fill(t.source_given, &[&setting.variable()])) " " (default)
                }
            }
        }
    }
}
