//! `rollcall import`.

use backend::import::{self, Options, Outcome as Row, Report};
use backend::{Actor, Failure};
use model::format::count;

use super::{Outcome, Stopped, open, say};
use crate::cli::Import;

/// Adds people from a file, and says which of its rows were not taken.
pub async fn run(args: Import) -> Outcome {
    // The file first: a mistyped name should not make a database.
    let bytes = import::read(&args.file).map_err(Failure::from).map_err(say)?;
    let file_name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let backend = open(args.place).await?;
    let options = Options { file_name };
    let result = import::file(&backend, &Actor::command_line(), &bytes, &options).await;
    backend.db().close().await;
    print(&result.map_err(say)?)
}

fn print(report: &Report) -> Outcome {
    let aside = report.columns.iter().filter(|column| column.field.is_none());
    let aside: Vec<&str> = aside.map(|column| column.heading.as_str()).collect();
    if report.format.has_header && !aside.is_empty() {
        println!("Columns left aside: {}", aside.join(", "));
    }
    for row in &report.rows {
        if let Row::Invalid(problems) = &row.outcome {
            for problem in problems {
                println!("line {}: {}: {}", row.line, problem.field, problem.message);
            }
        }
    }
    let [added, existing, invalid] = [report.added, report.existing, report.invalid]
        .map(|number| count(i64::try_from(number).unwrap_or(i64::MAX)));
    println!("{added} new, {existing} existing, {invalid} invalid");
    if report.invalid > 0 {
        let advice = "Correct the rows above and import the file again; nobody is added twice.";
        return Err(Stopped::from(advice));
    }
    Ok(())
}
