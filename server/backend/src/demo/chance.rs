//! Chance from a seed: the same seed gives the same draws.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// A source of draws.
pub struct Chance(StdRng);

impl Chance {
    /// The draws of a seed.
    pub fn seeded(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// From 0 up to, not including, 1.
    pub fn share(&mut self) -> f64 {
        self.0.random()
    }

    /// From `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        if most <= least { least } else { self.0.random_range(least..=most) }
    }

    /// Whether something happens that does so many times in 1000.
    pub fn happens(&mut self, per_mille: u32) -> bool {
        self.0.random_range(0..1000) < per_mille
    }

    /// One of a table's rows, which may not be empty.
    pub fn pick<'a, T>(&mut self, table: &'a [T]) -> &'a T {
        &table[self.0.random_range(0..table.len())]
    }

    /// Around `median`, mostly near it and now and then far above: log-normal.
    pub fn heavy(&mut self, median: f64, spread: f64) -> f64 {
        // Twelve draws add up to nearly a normal distribution.
        let normal: f64 = (0..12).map(|_| self.share()).sum::<f64>() - 6.0;
        median * (normal * spread).exp()
    }
}

/// Weights to draw an index by.
pub struct Weights(Vec<f64>);

impl Weights {
    /// Of a table's weights; at least one of them is above 0.
    pub fn of(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        Self(
            weights
                .into_iter()
                .map(|weight| {
                    sum += weight;
                    sum
                })
                .collect(),
        )
    }

    /// So many weights that fall like popularity does: a few large ones and a long tail.
    pub fn heavy_tailed(count: usize, fall: f64) -> Self {
        Self::of((0..count).map(|rank| (rank as f64 + 2.0).powf(-fall)))
    }

    /// The sum of the weights.
    pub fn sum(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }

    /// An index, drawn.
    pub fn draw(&self, chance: &mut Chance) -> usize {
        let at = chance.share() * self.sum();
        self.0.partition_point(|sum| *sum <= at).min(self.0.len().saturating_sub(1))
    }
}
