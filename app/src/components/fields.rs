//! The fields of plain forms: label above, hint and what is wrong below, each told to screen readers.
//! Values and problems come from [`Typed`]; the first field with a problem gets the focus.

use maud::{Markup, html};
use model::form::Typed;

/// A field, as all kinds of it have it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// Its name in the form; also its id.
    pub name: &'a str,
    /// Its label.
    pub label: &'a str,
    /// A sentence below it; empty for none.
    pub hint: &'a str,
    /// Whether it must be filled in.
    pub is_required: bool,
}

impl<'a> Field<'a> {
    /// A field without a hint that may stay empty.
    pub const fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, hint: "", is_required: false }
    }

    /// With a sentence below it.
    #[must_use]
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// It must be filled in.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    fn label(&self) -> Markup {
        html! {
            label for=(self.name) {
                (self.label)
                @if self.is_required { span .required aria-hidden="true" { " *" } }
            }
        }
    }

    /// The sentence below it; a problem that says the same stands for it.
    fn hint_with(&self, typed: &Typed) -> Option<&str> {
        Some(self.hint).filter(|hint| !hint.is_empty() && typed.problem(self.name) != Some(hint))
    }

    fn described_by(&self, typed: &Typed) -> String {
        let hint =
            self.hint_with(typed).map_or_else(String::new, |_| format!("{}-hint ", self.name));
        format!("{hint}{}-error", self.name)
    }

    fn below(&self, typed: &Typed) -> Markup {
        html! {
            @if let Some(hint) = self.hint_with(typed) { p .hint id={ (self.name) "-hint" } { (hint) } }
            p .field-error id={ (self.name) "-error" } role="alert" {
                @if let Some(problem) = typed.problem(self.name) { (problem) }
            }
        }
    }

    fn is_first_problem(&self, typed: &Typed) -> bool {
        typed.problems().first().is_some_and(|problem| problem.field == self.name)
    }
}

/// What a line of text holds, which decides on keyboards and on what browsers fill in.
#[derive(Clone, Copy, Debug)]
pub enum Line {
    /// Any text.
    Text,
    /// A name of a person.
    Name,
    /// An e-mail address.
    Email,
    /// A username.
    Username,
    /// A phone number.
    Phone,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A number with its least and most.
    Number(i64, i64),
    /// A password that is chosen anew; what was typed is never given back.
    NewPassword,
    /// Something to search for.
    Search,
}

impl Line {
    const fn kind(self) -> &'static str {
        match self {
            Self::Text | Self::Name | Self::Username => "text",
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Date => "date",
            Self::Number(..) => "number",
            Self::NewPassword => "password",
            Self::Search => "search",
        }
    }

    /// These forms are about others, whose names no browser knows.
    const fn autocomplete(self) -> &'static str {
        if matches!(self, Self::NewPassword) { "new-password" } else { "off" }
    }

    const fn is_code(self) -> bool {
        matches!(self, Self::Email | Self::Username | Self::NewPassword)
    }

    const fn bounds(self) -> (Option<i64>, Option<i64>) {
        if let Self::Number(least, most) = self { (Some(least), Some(most)) } else { (None, None) }
    }
}

/// A line of text.
pub fn line(field: Field<'_>, line: Line, typed: &Typed) -> Markup {
    let value = if matches!(line, Line::NewPassword) { "" } else { typed.value(field.name) };
    let (least, most) = line.bounds();
    html! {
        div .field {
            (field.label())
            input id=(field.name) name=(field.name) type=(line.kind()) value=(value) min=[least] max=[most]
                autocomplete=(line.autocomplete()) autocapitalize=[line.is_code().then_some("none")]
                spellcheck=[line.is_code().then_some("false")] required[field.is_required] dir="auto"
                aria-describedby=(field.described_by(typed))
                aria-invalid=(typed.problem(field.name).is_some())
                autofocus[field.is_first_problem(typed)];
            (field.below(typed))
        }
    }
}

/// Several lines of text.
pub fn lines(field: Field<'_>, rows: u8, typed: &Typed) -> Markup {
    html! {
        div .field {
            (field.label())
            // Browsers drop the first line break behind the tag.
            textarea id=(field.name) name=(field.name) rows=(rows) required[field.is_required] dir="auto"
                aria-describedby=(field.described_by(typed))
                aria-invalid=(typed.problem(field.name).is_some())
                autofocus[field.is_first_problem(typed)] { "\n" (typed.value(field.name)) }
            (field.below(typed))
        }
    }
}

/// One of a few values, each with its label.
pub fn select<'o>(
    field: Field<'_>,
    options: impl IntoIterator<Item = (&'o str, &'o str)>,
    typed: &Typed,
) -> Markup {
    html! {
        div .field {
            (field.label())
            select id=(field.name) name=(field.name) required[field.is_required]
                aria-describedby=(field.described_by(typed))
                aria-invalid=(typed.problem(field.name).is_some())
                autofocus[field.is_first_problem(typed)] {
                @for (value, label) in options {
                    option value=(value) selected[typed.value(field.name) == value] { (label) }
                }
            }
            (field.below(typed))
        }
    }
}

/// A choice of [`choices`].
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// Its label.
    pub label: &'a str,
    /// A sentence that says what it means; empty for none.
    pub sentence: &'a str,
}

/// One of a few choices that need a sentence each, all of them in sight.
pub fn choices<'o>(
    field: Field<'_>,
    choices: impl IntoIterator<Item = Choice<'o>>,
    typed: &Typed,
) -> Markup {
    let chosen = typed.value(field.name);
    html! {
        fieldset .field.choices-of aria-describedby=(field.described_by(typed)) {
            legend { (field.label) }
            @for choice in choices {
                label .choice {
                    input type="radio" name=(field.name) value=(choice.value)
                        checked[chosen == choice.value] required[field.is_required];
                    span {
                        b { (choice.label) }
                        @if !choice.sentence.is_empty() { small .hint { (choice.sentence) } }
                    }
                }
            }
            (field.below(typed))
        }
    }
}

/// A box to tick.
pub fn tick(field: Field<'_>, typed: &Typed) -> Markup {
    html! {
        div .field {
            label .check {
                input id=(field.name) type="checkbox" name=(field.name) value="on"
                    checked[typed.is_on(field.name)] aria-describedby=(field.described_by(typed));
                span { (field.label) }
            }
            (field.below(typed))
        }
    }
}

/// What is wrong with fields that the form does not show, in front of all.
pub fn other_problems(shown: &[&str], typed: &Typed) -> Markup {
    let others = typed.problems().iter().filter(|problem| !shown.contains(&problem.field.as_str()));
    html! { @for problem in others { p .note.bad role="alert" { (problem.message) } } }
}

/// The buttons below a form: what it does, and the way back without doing it.
pub fn buttons(submit: &str, class: &str, back: &str, cancel: &str) -> Markup {
    html! {
        div .row.buttons {
            button class={ "btn " (class) } type="submit" { (submit) }
            a .btn.ghost href=(back) { (cancel) }
        }
    }
}
