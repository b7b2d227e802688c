// Distributions of a step's nominal time. Sampled from a named stream and rounded to nanoseconds.
#pragma once

#include <variant>
#include <vector>

#include "models/parameter.hpp"
#include "sim/random.hpp"
#include "sim/time.hpp"

namespace gilsim::model {

struct Constant {  // in files just the duration: `20ms`
  sim::Duration value;
};
struct Uniform {
  sim::Duration min;
  sim::Duration max;
};
struct Exponential {
  sim::Duration mean;
};
struct Lognormal {
  sim::Duration mean;
  double cv = 1.0;
};
struct Hyperexponential {  // two phases with balanced means; cv >= 1
  sim::Duration mean;
  double cv = 2.0;
};
struct Empirical {  // each sample equally likely
  std::vector<sim::Duration> samples;
};
struct Recorded {  // by task or round, one after another, then from the first one again
  std::vector<sim::Duration> samples;  // 0: the step does not occur

  sim::Duration of(std::size_t row) const;
};
constexpr sim::Duration kNoStep = sim::Duration::nanoseconds(-1);  // of a step that does not occur

using Distribution =
    std::variant<Constant, Uniform, Exponential, Lognormal, Hyperexponential, Empirical, Recorded>;

// `row`: which task or round it is.
sim::Duration draw(const Distribution& distribution, sim::RandomStream& random,
                   std::size_t row = 0);
sim::Duration mean_of(const Distribution& distribution);
bool is_constant(const Distribution& distribution);
// Every value times `factor`, at least 0, rounded to nanoseconds.
Distribution scaled(const Distribution& distribution, double factor);

template <class Visitor>
void describe(Visitor& visit, Uniform& d) {
  visit.field("min", d.min, {.meaning = "smallest value", .min = 0, .required = true});
  visit.field("max", d.max, {.meaning = "largest value, at least min", .min = 0, .required = true});
}
template <class Visitor>
void describe(Visitor& visit, Exponential& d) {
  visit.field("mean", d.mean, {.meaning = "mean", .min = 0, .required = true});
}
template <class Visitor>
void describe(Visitor& visit, Lognormal& d) {
  visit.field("mean", d.mean, {.meaning = "mean", .min = 0, .required = true});
  visit.field("cv", d.cv,
              {.meaning = "coefficient of variation: standard deviation over mean",
               .min = 0,
               .max = 100,
               .required = true});
}
template <class Visitor>
void describe(Visitor& visit, Hyperexponential& d) {
  visit.field("mean", d.mean, {.meaning = "mean", .min = 0, .required = true});
  visit.field(
      "cv", d.cv,
      {.meaning = "coefficient of variation, at least 1", .min = 1, .max = 100, .required = true});
}

}  // namespace gilsim::model
