#include "models/program/distribution.hpp"

#include <algorithm>
#include <cmath>

namespace gilsim::model {
namespace {

struct Draw {
  sim::RandomStream& random;
  std::size_t row;

  sim::Duration operator()(const Constant& d) const { return d.value; }
  sim::Duration operator()(const Uniform& d) const {
    return d.min + (d.max - d.min).scaled(random.uniform());
  }
  sim::Duration operator()(const Exponential& d) const {
    return d.mean.scaled(random.exponential());
  }
  // exp(N(mu, s^2)) with s^2 = ln(1 + cv^2) and mu = ln(mean) - s^2 / 2.
  sim::Duration operator()(const Lognormal& d) const {
    const double variance = std::log1p(d.cv * d.cv);
    const double z = random.normal();
    return d.mean.scaled(std::exp(std::sqrt(variance) * z - variance / 2));
  }
  // Two exponential phases, probability p and 1 - p, each with half of the mean ("balanced means",
  // W. Whitt 1982): p = (1 + sqrt((c2 - 1) / (c2 + 1))) / 2, phase means mean / (2 p), mean / (2 -
  // 2 p).
  sim::Duration operator()(const Hyperexponential& d) const {
    const double c2 = d.cv * d.cv;
    const double p = (1 + std::sqrt((c2 - 1) / (c2 + 1))) / 2;
    const bool first = random.uniform() < p;
    const double size = random.exponential();
    return d.mean.scaled(size / (2 * (first ? p : 1 - p)));
  }
  sim::Duration operator()(const Empirical& d) const {
    const auto index =
        static_cast<std::size_t>(random.uniform() * static_cast<double>(d.samples.size()));
    return d.samples[std::min(index, d.samples.size() - 1)];
  }
  sim::Duration operator()(const Recorded& d) const { return d.of(row); }
};

sim::Duration mean_of_samples(const std::vector<sim::Duration>& samples) {
  double sum = 0;
  for (const auto sample : samples) sum += static_cast<double>(sample.count());
  return sim::Duration::from_nanoseconds(sum / static_cast<double>(samples.size()));
}

struct Mean {
  sim::Duration operator()(const Constant& d) const { return d.value; }
  sim::Duration operator()(const Uniform& d) const { return d.min + (d.max - d.min) / 2; }
  sim::Duration operator()(const Exponential& d) const { return d.mean; }
  sim::Duration operator()(const Lognormal& d) const { return d.mean; }
  sim::Duration operator()(const Hyperexponential& d) const { return d.mean; }
  sim::Duration operator()(const Empirical& d) const { return mean_of_samples(d.samples); }
  sim::Duration operator()(const Recorded& d) const { return mean_of_samples(d.samples); }
};

struct Scale {
  double factor;
  Distribution operator()(Constant d) const { return Constant{d.value.scaled(factor)}; }
  Distribution operator()(Uniform d) const {
    return Uniform{d.min.scaled(factor), d.max.scaled(factor)};
  }
  Distribution operator()(Exponential d) const { return Exponential{d.mean.scaled(factor)}; }
  Distribution operator()(Lognormal d) const { return Lognormal{d.mean.scaled(factor), d.cv}; }
  Distribution operator()(Hyperexponential d) const {
    return Hyperexponential{d.mean.scaled(factor), d.cv};
  }
  Distribution operator()(Empirical d) const {
    for (sim::Duration& sample : d.samples) sample = sample.scaled(factor);
    return d;
  }
  // A step that occurs goes on to occur.
  Distribution operator()(Recorded d) const {
    for (sim::Duration& sample : d.samples) {
      const bool occurs = sample != sim::Duration{};
      sample = std::max(sample.scaled(factor), sim::Duration::nanoseconds(occurs ? 1 : 0));
    }
    return d;
  }
};

}  // namespace

sim::Duration Recorded::of(std::size_t row) const {
  const sim::Duration sample = samples[row % samples.size()];
  return sample == sim::Duration{} ? kNoStep : sample;
}

sim::Duration draw(const Distribution& distribution, sim::RandomStream& random, std::size_t row) {
  return std::visit(Draw{random, row}, distribution);
}

sim::Duration mean_of(const Distribution& distribution) { return std::visit(Mean{}, distribution); }

bool is_constant(const Distribution& distribution) {
  return std::holds_alternative<Constant>(distribution);
}

Distribution scaled(const Distribution& distribution, double factor) {
  return std::visit(Scale{factor}, distribution);
}

}  // namespace gilsim::model
