#include "host/slow_samples.hpp"

#include <algorithm>

#include "sim/quantile.hpp"

namespace gilsim::host {
namespace {

bool is_rate(const std::string& name) {
  return name.rfind("rates.", 0) == 0 || name.rfind("native_", 0) == 0;
}

double least_undisturbed(const std::vector<double>& values) {
  return (1 - kFarBelow) * sim::quantile(values, 0.5);
}

}  // namespace

int slow_samples(const NamedSamples& samples) {
  int slow = 0;
  for (const auto& [name, values] : samples) {
    if (!is_rate(name) || values.empty()) continue;
    const double least = least_undisturbed(values);
    slow += static_cast<int>(
        std::count_if(values.begin(), values.end(), [&](double rate) { return rate < least; }));
  }
  return slow;
}

int replace_slowest(NamedSamples& samples, const NamedSamples& another) {
  int replaced = 0;
  for (auto& [name, values] : samples) {
    const auto found = another.find(name);
    if (!is_rate(name) || values.empty() || found == another.end() || found->second.empty()) {
      continue;
    }
    const auto slowest = std::min_element(values.begin(), values.end());
    const double rate = found->second.front();
    if (*slowest >= least_undisturbed(values) || rate <= *slowest) continue;
    *slowest = rate;
    ++replaced;
  }
  return replaced;
}

}  // namespace gilsim::host
