//! The `rollcall` program.

use std::process::ExitCode;

/// Writing a page allocates thousands of small texts on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::commands::main()
}
