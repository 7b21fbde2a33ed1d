//! The groups that demo people are in. A further one is a row of the table.

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::chance::{Chance, Weights};
use super::person::Person;
use super::rows::Numbered;
use crate::Result;
use crate::numbers;
use crate::sqlite::value_rows;
use crate::users::fold::fold;
use model::people::Role;

/// Names and descriptions, by name.
const GROUPS: &[(&str, &str)] = &[
    ("Archive", "Everything that was ever written down."),
    ("Customer care", "Answers within a day."),
    ("Design", "How things look, and why."),
    ("Engineering", "Builds what is sold."),
    ("Finance", "Budgets, invoices, taxes."),
    ("Legal", "Reads what others sign."),
    ("Marketing", "Says it so that it is heard."),
    ("Operations", "Keeps it all running."),
    ("Partners", "People of other companies who work with us."),
    ("People", "Hiring, contracts, holidays."),
    ("Research", "Tries what might work one day."),
    ("Sales", "Sells what is built."),
];
/// From so many people on there are groups.
const FEWEST: u64 = 100;
/// Of 1000 people, how many are in one at least; all managers are.
const MEMBERS: u32 = 333;
/// The most that one person is in.
const MOST: i64 = 3;
/// How many memberships one statement writes.
const BATCH: usize = 200;

/// What memberships are drawn from. It has draws of its own, so that people stay the same with and without
/// groups.
pub struct Teams {
    /// Number and folded name of each, by name.
    groups: Vec<(i64, String)>,
    weights: Weights,
    chance: Chance,
}

impl Teams {
    /// Makes those groups that there are not; none where few people are added.
    pub async fn found(tx: &mut AnyConnection, users: u64, seed: u64, now: i64) -> Result<Self> {
        let mut groups = Vec::new();
        for (name, description) in GROUPS.iter().filter(|_| users >= FEWEST) {
            groups.push((found(tx, name, description, now).await?, fold(name)));
        }
        let weights = Weights::heavy_tailed(GROUPS.len(), 0.7);
        Ok(Self { groups, weights, chance: Chance::seeded(seed ^ 0x6772_6f75_7073) })
    }

    /// The groups of a person, by name: their numbers, and what the column of groups sorts by.
    pub fn draw(&mut self, person: &Person) -> (Vec<i64>, String) {
        let is_member = self.chance.happens(MEMBERS) || person.role == Role::Manager;
        if !is_member || self.groups.is_empty() {
            return (Vec::new(), String::new());
        }
        let mut drawn: Vec<usize> = (0..self.chance.between(1, MOST))
            .map(|_| self.weights.draw(&mut self.chance))
            .collect();
        drawn.sort_unstable();
        drawn.dedup();
        let theirs = drawn.into_iter().filter_map(|at| self.groups.get(at));
        let (numbers, names): (Vec<i64>, Vec<&str>) =
            theirs.map(|(id, name)| (*id, name.as_str())).unzip();
        (numbers, names.join(", "))
    }
}

/// The number of the group of a name, which is made where there is none.
async fn found(tx: &mut AnyConnection, name: &str, description: &str, now: i64) -> Result<i64> {
    let there = sqlx::query("SELECT id FROM groups WHERE name_key = $1")
        .bind(fold(name))
        .fetch_optional(&mut *tx)
        .await?;
    if let Some(row) = there {
        return Ok(row.try_get("id")?);
    }
    let id = numbers::next(tx, numbers::Numbered::Groups).await?;
    sqlx::query(
        "INSERT INTO groups (id, name, name_key, description, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(id)
    .bind(name)
    .bind(fold(name))
    .bind(description)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(id)
}

/// The memberships of people, who are not written yet.
pub fn members(people: &[Numbered]) -> Vec<(i64, i64)> {
    people.iter().flat_map(|one| one.groups.iter().map(|group| (*group, one.id))).collect()
}

/// Writes memberships of people who are there.
pub async fn join(tx: &mut AnyConnection, members: &[(i64, i64)]) -> Result<()> {
    for batch in members.chunks(BATCH) {
        let values = value_rows(batch.len(), 2);
        let sql = format!("INSERT INTO group_members (group_id, user_id) VALUES {values}");
        let query = sqlx::query(AssertSqlSafe(sql));
        let query = batch.iter().fold(query, |query, (group, user)| query.bind(*group).bind(*user));
        query.execute(&mut *tx).await?;
    }
    Ok(())
}
