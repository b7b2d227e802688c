#include "tests/support/queueing_theory.hpp"

#include <Eigen/LU>
#include <algorithm>

namespace gilsim::test {

double erlang_c(int servers, double load) {
  double blocked = 1;  // Erlang B, by its recursion over the number of servers
  for (int n = 1; n <= servers; ++n) blocked = load * blocked / (n + load * blocked);
  return servers * blocked / (servers - load * (1 - blocked));
}

double wait_in_mmc(double arrival_rate, double mean_service, int servers) {
  const double load = arrival_rate * mean_service;
  return erlang_c(servers, load) * mean_service / (servers - load);
}

double wait_in_mg1(double arrival_rate, double mean_service, double scv) {
  const double load = arrival_rate * mean_service;
  return load * mean_service * (1 + scv) / (2 * (1 - load));
}

double repairman_throughput(int customers, double think, double service, int servers) {
  double weight = 1;  // of the state with n customers at the servers, relative to the empty one
  double total = 0;
  double served = 0;
  for (int n = 0; n <= customers; ++n) {
    total += weight;
    served += weight * std::min(n, servers) / service;
    const double arrivals = (customers - n) / think;
    const double departures = std::min(n + 1, servers) / service;
    weight *= arrivals / departures;
  }
  return served / total;
}

MeanValues mean_value_analysis(const std::vector<MeanValueStation>& stations, int customers) {
  const auto count = static_cast<Eigen::Index>(stations.size());
  Eigen::ArrayXd demand(count);
  Eigen::ArrayXd queues(count);  // 1 where customers queue, 0 where they do not
  for (Eigen::Index i = 0; i < count; ++i) {
    const MeanValueStation& station = stations[static_cast<std::size_t>(i)];
    demand[i] = station.demand;
    queues[i] = station.delay ? 0 : 1;
  }
  MeanValues values;
  Eigen::ArrayXd present = Eigen::ArrayXd::Zero(count);
  for (int n = 1; n <= customers; ++n) {
    values.residence = demand * (1 + queues * present);  // the arrival theorem
    values.throughput = n / values.residence.sum();
    present = values.throughput * values.residence;  // Little's law
  }
  return values;
}

Eigen::VectorXd visit_ratios(const Eigen::MatrixXd& routing) {
  const Eigen::Index count = routing.rows();
  Eigen::MatrixXd balance = routing.transpose() - Eigen::MatrixXd::Identity(count, count);
  balance.row(0).setZero();  // one equation is redundant: use v_0 = 1 instead
  balance(0, 0) = 1;
  Eigen::VectorXd right = Eigen::VectorXd::Zero(count);
  right[0] = 1;
  return balance.partialPivLu().solve(right);
}

}  // namespace gilsim::test
