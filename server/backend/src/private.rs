//! Files that nobody but their owner may read, whatever the umask is: they hold people, or keys.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a new file to be written.
///
/// # Errors
/// Where there is one of this name, and where it can't be made.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}
