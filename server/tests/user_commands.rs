//! `rollcall user`, as it is typed: who is meant, what is printed, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::path::Path;
use std::process::{Command, Stdio};

use model::rights::Refusal;

/// Runs to an end, and returns the exit status with what was said.
fn run(folder: &Path, args: &[&str], input: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.current_dir(folder).args(args).env_remove("ROLLCALL_LOG");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
    (output.status.code(), out.unwrap() + &err.unwrap())
}

fn admin(folder: &Path, name: &str) {
    let email = format!("{name}@x.example");
    let args = ["admin", "create", "--username", name, "--email", &email, "--password-stdin"];
    assert_eq!(run(folder, &args, "a long password").0, Some(0));
}

#[test]
fn one_person_is_changed_by_any_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    admin(folder, "anna");
    admin(folder, "bea");
    let done = |args: &[&str]| {
        let (status, said) = run(folder, &[&["user"], args].concat(), "");
        assert_eq!(status, Some(0), "{args:?}: {said}");
        said
    };
    assert_eq!(done(&["suspend", "BEA@x.example"]), "Suspended bea.\n");
    assert_eq!(done(&["suspend", "#2"]), "bea is so already.\n");
    assert_eq!(done(&["reactivate", "Bea"]), "Reactivated bea.\n");
    assert_eq!(done(&["set-role", "bea", "Manager"]), "bea has the role Manager now.\n");
    let deleted = "Deleted bea. They can be restored until they are gone for good.\n";
    assert_eq!(done(&["delete", "bea"]), deleted);
    assert_eq!(done(&["restore", "bea"]), "Restored bea.\n");

    let refused = |args: &[&str]| {
        let (status, said) = run(folder, &[&["user"], args].concat(), "");
        assert_eq!((status, said.trim_end().lines().count()), (Some(1), 1), "{said}");
        said.trim_end().to_owned()
    };
    let last = Refusal::LastAdministrator.sentence();
    assert_eq!(refused(&["suspend", "anna"]), last);
    assert_eq!(refused(&["delete", "anna"]), last);
    assert_eq!(refused(&["set-role", "anna", "user"]), last);
    let nobody =
        "There is nobody called zoe. Write a username, an e-mail address or a number such as #12.";
    assert_eq!(refused(&["restore", "zoe"]), nobody);
    assert!(
        refused(&["suspend", "anna", "--database", "none.db"]).contains("There is no database")
    );
    assert!(!folder.join("none.db").exists());
    let (status, said) = run(folder, &["user", "set-role", "bea", "root"], "");
    assert_eq!(status, Some(2));
    assert!(said.contains("use user, manager or administrator"), "{said}");
    let (_, log) = run(folder, &["audit", "verify"], "");
    assert_eq!(log, "The audit log is intact: 7 entries.\n");
}
