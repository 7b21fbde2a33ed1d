//! What was typed into a form, and what is wrong with it: what a refused form is shown again with.

use crate::url::pairs;
use crate::{FieldProblem, Problem};

/// The values of a form's fields by their names, with the problems of those that need a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    values: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
}

impl Typed {
    /// What a form sent (`application/x-www-form-urlencoded`).
    pub fn read(body: &str) -> Self {
        Self { values: pairs(body).collect(), problems: Vec::new() }
    }

    /// With a value, for a form that is shown for the first time.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.push((name.to_owned(), value.into()));
        self
    }

    /// A field's value; empty where it was not sent.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box is ticked.
    pub fn is_on(&self, name: &str) -> bool {
        !self.value(name).is_empty()
    }

    /// Whether a value of a name was sent: of boxes that share a name, and of radio buttons.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|found| found == value)
    }

    /// What is wrong with a field.
    pub fn problem(&self, name: &str) -> Option<&str> {
        let problem = self.problems.iter().find(|problem| problem.field == name);
        problem.map(|problem| problem.message.as_str())
    }

    /// All that is wrong, in the order in which it was found.
    pub fn problems(&self) -> &[FieldProblem] {
        &self.problems
    }

    /// Takes up what is wrong with the fields; any other problem is given back, since no field can
    /// say it.
    ///
    /// # Errors
    /// A problem that is not about fields.
    pub fn refused(mut self, problem: Problem) -> Result<Self, Problem> {
        match problem {
            Problem::Invalid(problems) => {
                self.problems = problems;
                Ok(self)
            }
            other => Err(other),
        }
    }
}
