//! What a load comes to: how many answers, how long they took, how large they were.

use std::time::Duration;

use crate::answers::Answer;

/// The figures of one connection, or of all.
#[derive(Default)]
pub struct Figures {
    times: Vec<Duration>,
    failures: usize,
    bytes: usize,
    /// How long all of it took.
    pub seconds: f64,
}

impl Figures {
    /// Counts an answer.
    pub fn note(&mut self, time: Duration, answer: &Answer) {
        self.times.push(time);
        self.failures += usize::from(answer.status != 200);
        self.bytes += answer.length;
    }

    /// Adds another connection's.
    pub fn add(&mut self, other: Self) {
        self.times.extend(other.times);
        self.failures += other.failures;
        self.bytes += other.bytes;
    }

    /// Prints them as one line of JSON, times in milliseconds.
    pub fn print(mut self) {
        self.times.sort_unstable();
        let at = |share: f64| percentile(&self.times, share).as_secs_f64() * 1000.0;
        let count = self.times.len();
        println!(
            r#"{{"count":{count},"rate":{:.1},"p50":{:.3},"p90":{:.3},"p99":{:.3},"max":{:.3},"failures":{},"bytes":{}}}"#,
            count as f64 / self.seconds.max(f64::MIN_POSITIVE),
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0),
            self.failures,
            self.bytes.checked_div(count).unwrap_or(0),
        );
    }
}

/// The time that a share of sorted ones stays below; nothing where there are none.
fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        for (share, ms) in [(0.0, 1), (0.5, 100), (0.99, 198), (1.0, 200)] {
            assert_eq!(percentile(&times, share), Duration::from_millis(ms), "{share}");
        }
        assert_eq!(percentile(&[], 0.99), Duration::ZERO);
    }
}
