//! How often someone may try to sign in: so many attempts for one account from one address, and
//! so many from one address for all accounts, within a window of time.
//!
//! In memory and bounded: a restart forgets, and so does being the oldest of very many.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// How long an attempt counts, in milliseconds.
pub const WINDOW: i64 = 15 * 60_000;
/// Attempts for one account from one address.
pub const MOST_FOR_ACCOUNT: u32 = 10;
/// Attempts from one address.
pub const MOST_FROM_ADDRESS: u32 = 50;
/// How many windows each table keeps.
const MOST_WINDOWS: usize = 10_000;

/// The attempts of the last minutes.
#[derive(Default)]
pub struct Attempts(Mutex<Tables>);

#[derive(Default)]
struct Tables {
    accounts: HashMap<[u8; 32], Window>,
    addresses: HashMap<IpAddr, Window>,
}

#[derive(Clone, Copy)]
struct Window {
    began_at: i64,
    attempts: u32,
}

impl Attempts {
    /// Counts an attempt before it is made, so that a hundred at a time are a hundred.
    ///
    /// # Errors
    /// The seconds to wait where there were too many; the attempt is then not to be made.
    pub fn count(&self, login: &str, address: &str, now: i64) -> Result<(), u32> {
        let (account, address) = keys(login, address);
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = [
            wait(tables.accounts.get(&account), MOST_FOR_ACCOUNT, now),
            wait(tables.addresses.get(&address), MOST_FROM_ADDRESS, now),
        ];
        if let Some(seconds) = waits.into_iter().flatten().max() {
            return Err(seconds);
        }
        add(&mut tables.accounts, account, now);
        add(&mut tables.addresses, address, now);
        Ok(())
    }

    /// Whether there were too many, without counting one: for what only counts where it fails.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn check(&self, login: &str, address: &str, now: i64) -> Result<(), u32> {
        let (account, address) = keys(login, address);
        let tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = [
            wait(tables.accounts.get(&account), MOST_FOR_ACCOUNT, now),
            wait(tables.addresses.get(&address), MOST_FROM_ADDRESS, now),
        ];
        waits.into_iter().flatten().max().map_or(Ok(()), Err)
    }

    /// Takes a counted attempt back, as it was good, and with it the account's earlier ones.
    pub fn forgive(&self, login: &str, address: &str) {
        let (account, address) = keys(login, address);
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tables.accounts.remove(&account);
        if let Some(window) = tables.addresses.get_mut(&address) {
            window.attempts = window.attempts.saturating_sub(1);
        }
    }
}

fn keys(login: &str, address: &str) -> ([u8; 32], IpAddr) {
    let address = network(address);
    let mut hasher = Sha256::new();
    hasher.update(address.to_string());
    hasher.update([0]);
    hasher.update(login);
    (hasher.finalize().into(), address)
}

/// An address, or the network that one customer gets: with IPv6 that is 64 bits.
fn network(address: &str) -> IpAddr {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
        Ok(address) => address,
        Err(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}

fn is_over(window: &Window, now: i64) -> bool {
    !(0..WINDOW).contains(&(now - window.began_at))
}

fn wait(window: Option<&Window>, most: u32, now: i64) -> Option<u32> {
    let window = window.filter(|window| !is_over(window, now) && window.attempts >= most)?;
    let milliseconds = window.began_at + WINDOW - now;
    Some(u32::try_from((milliseconds + 999) / 1000).unwrap_or(u32::MAX))
}

fn add<K: std::hash::Hash + Eq + Copy>(windows: &mut HashMap<K, Window>, key: K, now: i64) {
    if windows.len() >= MOST_WINDOWS && !windows.contains_key(&key) {
        windows.retain(|_, window| !is_over(window, now));
        if windows.len() >= MOST_WINDOWS {
            let oldest = windows.iter().min_by_key(|(_, window)| window.began_at).map(|(k, _)| *k);
            oldest.and_then(|key| windows.remove(&key));
        }
    }
    let window = windows.entry(key).or_insert(Window { began_at: now, attempts: 0 });
    if is_over(window, now) {
        *window = Window { began_at: now, attempts: 0 };
    }
    window.attempts += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_closed_to_one_address_for_the_rest_of_the_window() {
        let attempts = Attempts::default();
        for _ in 0..MOST_FOR_ACCOUNT {
            assert_eq!(attempts.count("anna", "10.0.0.1", 0), Ok(()));
        }
        assert_eq!(attempts.count("anna", "10.0.0.1", 1000), Err(899));
        assert_eq!(attempts.count("anna", "10.0.0.2", 1000), Ok(()));
        assert_eq!(attempts.count("ben", "10.0.0.1", 1000), Ok(()));
        assert_eq!(attempts.count("anna", "10.0.0.1", WINDOW), Ok(()));
    }

    #[test]
    fn an_address_is_closed_for_all_accounts() {
        let attempts = Attempts::default();
        for n in 0..MOST_FROM_ADDRESS {
            assert_eq!(attempts.count(&n.to_string(), "2001:db8::1", 0), Ok(()));
        }
        assert!(attempts.count("new", "2001:db8::2", 0).is_err(), "the same /64");
        assert_eq!(attempts.count("new", "2001:db8:0:1::1", 0), Ok(()));
    }

    #[test]
    fn a_good_attempt_is_forgiven() {
        let attempts = Attempts::default();
        for _ in 0..10 * MOST_FROM_ADDRESS {
            assert_eq!(attempts.count("anna", "::ffff:10.0.0.1", 0), Ok(()));
            attempts.forgive("anna", "10.0.0.1");
        }
    }

    #[test]
    fn the_tables_stay_bounded() {
        let attempts = Attempts::default();
        for n in 0..MOST_WINDOWS as u32 + 100 {
            let address = std::net::Ipv4Addr::from_bits(n).to_string();
            assert_eq!(attempts.count("anna", &address, i64::from(n)), Ok(()));
        }
        let tables = attempts.0.lock().unwrap();
        assert_eq!(tables.accounts.len(), MOST_WINDOWS);
        assert_eq!(tables.addresses.len(), MOST_WINDOWS);
    }
}
