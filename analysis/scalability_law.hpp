// The Universal Scalability Law (N. Gunther, "Guerrilla Capacity Planning", 2007):
//
//   throughput(n) = rate * n / (1 + contention (n - 1) + coherency n (n - 1))
//
// Amdahl's law is the case without coherency. Fitted to measurements, so it is no prediction: it
// has to see the program run first. n / throughput(n) is linear in 1/rate, contention/rate and
// coherency/rate, so that the fit is a linear least-squares problem with non-negative unknowns. Of
// equally good fits the one with fewer terms is taken, contention before coherency: two worker
// counts can't tell the two apart.
#pragma once

#include <vector>

namespace gilsim::analysis {

struct ScalabilityLaw {
  double rate = 0;        // throughput of one worker
  double contention = 0;  // what workers queue for
  double coherency = 0;   // what every pair of workers costs

  double throughput(double workers) const;
};

struct MeasuredThroughput {
  double workers = 1;
  double throughput = 0;
};

// Throws std::invalid_argument: fewer than two different numbers of workers, fewer than one worker,
// a throughput that is not above 0 and finite.
ScalabilityLaw fit_scalability_law(const std::vector<MeasuredThroughput>& measured);

}  // namespace gilsim::analysis
