//! What the pages of imports send. Each leads on to the import's page; what was wrong with it is
//! said there.

use app::Visitor;
use axum::Extension;
use axum::extract::{Path, State as From};
use axum::response::Response;
use backend::import;
use model::Problem;
use model::import::{Choices, Delimiter, Encoding, Field, State as Stage};
use model::text::done::Done;

use crate::edge::see_other;
use crate::plain::{admin, done, refused};
use crate::state::State;

type Who = Extension<Visitor>;

/// Has the file read as chosen.
pub async fn choices(
    From(state): From<State>,
    who: Who,
    id: Path<String>,
    form: String,
) -> Response {
    answer(&id, choose(&state, &who, &id, &form).await.map(|_| ""))
}

/// Starts the import, or goes on with it. Where the form says that something else was chosen since
/// it was looked at, that is shown first.
pub async fn start(From(state): From<State>, who: Who, id: Path<String>, form: String) -> Response {
    let started = async {
        if choose(&state, &who, &id, &form).await? {
            return Ok("?changed");
        }
        let (admin, number) = (admin(&who)?, number(&id)?);
        match import::start(&state.backend, admin.actor(), number).await.map_err(Problem::from) {
            Ok(()) => import::spawn(&state.backend, number),
            // Sent twice, or a file that the page says is no list of people.
            Err(Problem::Invalid(_)) => {}
            Err(other) => return Err(other),
        }
        Ok("")
    };
    answer(&id, started.await)
}

/// Stops the import, or forgets the file.
pub async fn cancel(From(state): From<State>, who: Who, id: Path<String>) -> Response {
    let cancelled = async {
        let (admin, number) = (admin(&who)?, number(&id)?);
        let import = import::get(&state.backend, &admin, number).await?;
        import::cancel(&state.backend, &admin, number).await?;
        Ok(import)
    };
    match cancelled.await {
        Ok(import) if import.state == Stage::Uploaded => {
            done::say("/import", Done::FileDiscarded, &import.file_name)
        }
        other => answer(&id, other.map(|_| "")),
    }
}

fn answer(id: &str, result: Result<&str, Problem>) -> Response {
    match result {
        Ok(query) => see_other(&format!("/import/{id}{query}")),
        Err(problem) => refused(&problem),
    }
}

fn number(id: &str) -> Result<i64, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

/// Keeps what was chosen; whether that makes a difference. Nothing is chosen by an empty form.
async fn choose(state: &State, who: &Who, id: &str, form: &str) -> Result<bool, Problem> {
    let (admin, number) = (admin(who)?, number(id)?);
    let import = import::get(&state.backend, &admin, number).await?;
    if import.state != Stage::Uploaded {
        return Ok(false);
    }
    let before = import::choices(&state.backend, &admin, number).await?;
    let after = if form.is_empty() { Choices::default() } else { read(form, &before) };
    if form.is_empty() && import.forecast.is_some() {
        return Ok(false);
    }
    let changed = import::choose(&state.backend, &admin, number, &after).await?;
    import::foresee(&state.backend, number);
    Ok(changed)
}

/// What the form says, on top of what was chosen before. Only what is not as it was shown is a
/// choice; another way to read the file makes other columns.
fn read(form: &str, before: &Choices) -> Choices {
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    let value =
        |name: &str| pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    let changed =
        |name: &str| value(name).filter(|chosen| value(&format!("shown-{name}")) != Some(*chosen));
    let mut after = before.clone();
    let format = ["delimiter", "encoding", "sheet", "header"].map(changed);
    let [delimiter, encoding, sheet, header] = format;
    after.delimiter = delimiter.and_then(Delimiter::from_word).or(after.delimiter);
    after.encoding = encoding.and_then(Encoding::from_word).or(after.encoding);
    after.sheet = sheet.map(str::to_owned).or(after.sheet);
    after.has_header = header.map(|word| word == "yes").or(after.has_header);
    let columns: Vec<&str> = pairs
        .iter()
        .filter(|(name, _)| name == "column")
        .map(|(_, value)| value.as_str())
        .collect();
    if format.iter().any(Option::is_some) {
        after.columns = Vec::new();
    } else if value("shown") != Some(columns.join(",").as_str()) {
        after.columns = fields(&columns);
    }
    after
}

/// A field that is chosen twice is the first one.
fn fields(columns: &[&str]) -> Vec<Option<Field>> {
    let mut fields = Vec::with_capacity(columns.len());
    for word in columns {
        let field = Field::from_word(word).filter(|field| !fields.contains(&Some(*field)));
        fields.push(field);
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_changed_is_chosen() {
        let shown = "delimiter=comma&shown-delimiter=comma&header=yes&shown-header=yes\
            &shown=email,-&column=email&column=-";
        assert_eq!(read(shown, &Choices::default()), Choices::default());
        let named = shown.replace("column=-", "column=name");
        let after = read(&named, &Choices::default());
        assert_eq!(after.columns, [Some(Field::Email), Some(Field::DisplayName)]);
        let again = read(&named.replace("shown=email,-", "shown=email,name"), &after);
        assert_eq!(again, after);
        let other = read(&named.replacen("delimiter=comma", "delimiter=tab", 1), &after);
        assert_eq!((other.delimiter, other.columns), (Some(Delimiter::Tab), Vec::new()));
        let twice = read(&shown.replace("column=-", "column=email"), &Choices::default());
        assert_eq!(twice.columns, [Some(Field::Email), None]);
    }
}
