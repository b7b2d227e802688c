// A measured quantity with its spread: median, 5 % and 95 % quantiles, sample size. Sampled as a
// two-piece lognormal through those three points: latencies are positive and skewed to the right,
// and a profile keeps no more of their shape than this.
#pragma once

#include "models/parameter.hpp"
#include "sim/random.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

// A cost in time. In files: `50us`, or `{median: 50us, low: 48us, high: 60us, samples: 200}`.
struct Cost {
  sim::Duration median;
  sim::Duration low;   // 5 % quantile
  sim::Duration high;  // 95 % quantile
  int samples = 0;     // 0: stated, not measured

  static Cost exactly(sim::Duration value) { return {value, value, value, 0}; }
  sim::Duration draw(sim::RandomStream& random) const;
};

// `total` without a part that was measured by itself: medians subtract, distances of the quantiles
// from the median subtract as independent ones do. Never below 0.
Cost without(const Cost& total, const Cost& part);

// A cost made ready to be drawn often: the same draws, their logarithms taken once.
class PreparedCost {
 public:
  explicit PreparedCost(const Cost& cost);
  sim::Duration draw(sim::RandomStream& random) const;
  // The quantile that a standard normal variable has at `z`.
  sim::Duration at(double z) const;

 private:
  sim::Duration median_;
  double below_;  // standard deviation of the logarithm; 0 where that side has no width
  double above_;
};

template <class Visitor>
void describe(Visitor& visit, Cost& c) {
  visit.field("median", c.median, {.meaning = "50 % quantile", .min = 0, .required = true});
  visit.field("low", c.low, {.meaning = "5 % quantile", .min = 0, .required = true});
  visit.field("high", c.high, {.meaning = "95 % quantile", .min = 0, .required = true});
  visit.field("samples", c.samples,
              {.meaning = "sample size; 0: stated, not measured", .min = 0, .max = 1e9});
}

// A positive number with its spread: a rate per second or a dimensionless ratio.
// In files: `3.8e7`, or `{median: 3.8e7, low: 3.7e7, high: 3.9e7, samples: 40}`.
struct Estimate {
  double median = 0;
  double low = 0;   // 5 % quantile
  double high = 0;  // 95 % quantile
  int samples = 0;  // 0: stated, not measured

  static Estimate exactly(double value) { return {value, value, value, 0}; }
  double draw(sim::RandomStream& random) const;
};

template <class Visitor>
void describe(Visitor& visit, Estimate& e) {
  visit.field("median", e.median, {.meaning = "50 % quantile", .min = 0, .required = true});
  visit.field("low", e.low, {.meaning = "5 % quantile", .min = 0, .required = true});
  visit.field("high", e.high, {.meaning = "95 % quantile", .min = 0, .required = true});
  visit.field("samples", e.samples,
              {.meaning = "sample size; 0: stated, not measured", .min = 0, .max = 1e9});
}

}  // namespace gilsim::model
