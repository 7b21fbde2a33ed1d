//! People in every state, made beside the operations.

#![allow(dead_code, reason = "each test file uses a part of it")]

use backend::{Admin, Steward};
use model::Problem;
use model::changes::Change;
use model::people::Role;
use model::session::Caller;
use sqlx::{AssertSqlSafe, Row};

use crate::installation::Installation;

/// Statuses as the database keeps them.
pub const PENDING: i64 = 0;
pub const AWAITING: i64 = 1;
pub const ACTIVE: i64 = 2;
pub const SUSPENDED: i64 = 3;

/// Whoever has a shell.
pub fn shell() -> Steward {
    Steward::command_line()
}

/// Someone signed in.
pub fn signed_in(id: i64, role: Role) -> Steward {
    let caller = Caller { id, name: format!("person {id}"), role };
    Steward::of(Some(&caller), "192.0.2.7").unwrap()
}

/// An administrator who is signed in.
pub fn admin(id: i64) -> Admin {
    let caller = Caller { id, name: format!("person {id}"), role: Role::Administrator };
    Admin::of(Some(&caller), "192.0.2.7").unwrap()
}

impl Installation {
    /// Runs a statement that the test puts together.
    pub async fn sql(&self, sql: String) {
        let mut tx = self.backend.db().begin().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Adds a person with a password that nobody knows, and returns their number.
    pub async fn person(&self, username: &str, role: Role, status: i64) -> i64 {
        let (code, password) = (role.code(), if status == PENDING { "" } else { "x" });
        self.sql(format!(
            "INSERT INTO users (username, email, email_key, name_key, search_text, role, status, created_at,
               created_day, updated_at, password_hash)
             VALUES ('{username}', '{username}@x.example', '{username}@x.example', '{username}', '{username}',
               {code}, {status}, 0, 0, 0, '{password}')"
        ))
        .await;
        self.get(&format!("SELECT id FROM users WHERE username = '{username}'")).await
    }

    /// Makes the group number 1 of these people.
    pub async fn group(&self, members: &[i64]) {
        let members: Vec<String> = members.iter().map(|id| format!("(1, {id})")).collect();
        self.sql(format!(
            "INSERT INTO groups (id, name, name_key, created_at, updated_at) VALUES (1, 'A', 'a', 0, 0);
             INSERT INTO group_members (group_id, user_id) VALUES {}",
            members.join(", ")
        ))
        .await;
    }

    /// One number.
    pub async fn get(&self, sql: &str) -> i64 {
        let row =
            sqlx::query(AssertSqlSafe(sql)).fetch_one(self.backend.db().read()).await.unwrap();
        row.try_get(0).unwrap()
    }

    /// A column of a person.
    pub async fn of(&self, id: i64, column: &str) -> i64 {
        self.get(&format!("SELECT {column} FROM users WHERE id = {id}")).await
    }

    /// Sets a setting.
    pub async fn set(&self, name: &str, value: &str) {
        self.sql(format!(
            "INSERT INTO settings (name, value, updated_at) VALUES ('{name}', '{value}', 0)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ))
        .await;
    }

    /// Changes a person.
    pub async fn change(
        &self,
        steward: &Steward,
        id: i64,
        change: Change,
    ) -> Result<backend::people::Changed, Problem> {
        backend::people::change(&self.backend, steward, id, &change).await.map_err(Problem::from)
    }

    /// The sentence that a change is refused with.
    pub async fn refused(&self, steward: &Steward, id: i64, change: Change) -> String {
        let before = self.row(id).await;
        let problem = self.change(steward, id, change).await.unwrap_err();
        assert_eq!(self.row(id).await, before, "a refused change changed something");
        problem.sentence()
    }

    /// All that changes touch of a person.
    pub async fn row(&self, id: i64) -> String {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT json_array(role, status, status_before, licensed, seat_remembered, paying, budget_own,
               budget_limit, expires_at, deleted_at, sessions, display_name, username, email, phone, about,
               notes, birth_date, password_hash, must_change_password, updated_at,
               (SELECT COUNT(*) FROM user_sessions WHERE user_id = id),
               (SELECT COUNT(*) FROM audit_log WHERE target_id = id)) FROM users WHERE id = {id}"
        )))
        .fetch_optional(self.backend.db().read())
        .await
        .unwrap();
        rows.map(|row| row.try_get(0).unwrap()).unwrap_or_default()
    }

    /// The action and the details of the newest entry.
    pub async fn newest(&self) -> (String, serde_json::Value) {
        let row = sqlx::query("SELECT action, details FROM audit_log ORDER BY id DESC LIMIT 1")
            .fetch_one(self.backend.db().read())
            .await
            .unwrap();
        let details: String = row.try_get("details").unwrap();
        (row.try_get("action").unwrap(), serde_json::from_str(&details).unwrap())
    }

    /// That counters, days and the log are as they should be.
    pub async fn is_sound(&self) {
        assert_eq!(backend::recount::run(&self.backend).await.unwrap(), []);
        let verdict = backend::audit::verify(&self.backend).await.unwrap();
        assert!(matches!(verdict, backend::audit::Verdict::Intact(_)), "{verdict:?}");
    }
}
