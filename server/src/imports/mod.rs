//! Imports over HTTP: `pages` shows them, `forms` takes what the pages send (`upload` the file as
//! it comes), `downloads` are their files.

mod downloads;

pub use downloads::bad_rows_csv;
