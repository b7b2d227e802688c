// How a simulated figure is held against theory.
#pragma once

#include <string>
#include <vector>

namespace gilsim::test {

// Passes when the 99.9 % interval of the replications contains `theory` and is at most 1 % of it
// wide to either side, and when none of `perturbed` (what theory says with one parameter 3 % off)
// lies inside: the test can tell that much of an error.
void expect_theory(const std::string& what, const std::vector<double>& replications, double theory,
                   const std::vector<double>& perturbed);

}  // namespace gilsim::test
