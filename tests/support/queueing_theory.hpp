// What queueing theory says, computed from its formulas and from nothing of the simulator.
// Sources: Kleinrock, Queueing Systems I (1975): Erlang C (3.4), Pollaczek-Khinchine (5.6),
// M/M/c//N (3.8); Reiser and Lavenberg, JACM 27 (1980): exact mean-value analysis.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace gilsim::test {

// Probability that an arrival of M/M/c has to wait, for an offered load of `load` servers.
double erlang_c(int servers, double load);
double wait_in_mmc(double arrival_rate, double mean_service, int servers);
// `scv`: squared coefficient of variation of the service time.
double wait_in_mg1(double arrival_rate, double mean_service, double scv);

// Machine repairman: `customers` think for `think` on average, then need one of `servers` servers
// for `service`; throughput of the servers.
double repairman_throughput(int customers, double think, double service, int servers);

// Exact mean-value analysis of a closed network of single-server stations and delays.
struct MeanValueStation {
  double demand = 0;  // visits (relative to station 0) times mean service
  bool delay = false;
};
struct MeanValues {
  double throughput = 0;     // of station 0
  Eigen::ArrayXd residence;  // time at each station for each visit to station 0
};
MeanValues mean_value_analysis(const std::vector<MeanValueStation>& stations, int customers);

// Visits to each station for each visit to station 0, from the routing probabilities.
Eigen::VectorXd visit_ratios(const Eigen::MatrixXd& routing);

}  // namespace gilsim::test
