// Compares two outcomes, figure by figure.
#pragma once

#include <string>

#include "models/simulation.hpp"

namespace gilsim::test {

// Empty when they are the same; else names the first figure that differs, with both values.
std::string difference(const model::Outcome& a, const model::Outcome& b);
// Of one thread; `scale` times `a` is compared with `b`.
std::string difference(const model::ThreadOutcome& a, const model::ThreadOutcome& b,
                       std::int64_t scale = 1);
// Every time of `b` is `scale` times that of `a`, every number the same.
std::string difference_scaled(const model::Outcome& a, const model::Outcome& b, std::int64_t scale);

}  // namespace gilsim::test
