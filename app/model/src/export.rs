//! What an export is asked for: which people, and as what file.

use serde::{Deserialize, Serialize};

use crate::people::closed_set;

closed_set! {
    /// The kinds of file.
    Format {
        /// Comma-separated values, for spreadsheets and for importing again.
        Csv = 0, "csv";
        /// An Excel workbook.
        Xlsx = 1, "xlsx";
        /// An array of objects, for programs.
        Json = 2, "json";
    }
}

closed_set! {
    /// Which people, and what of them.
    Scope {
        /// All rows of the view in its order, with its columns.
        View = 0, "view";
        /// Everybody on every list, with all that is kept of them.
        Everything = 1, "everything";
    }
}
