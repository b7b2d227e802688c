#include "scenario/metrics.hpp"

namespace gilsim::scenario {

std::vector<std::string> batch_metrics() { return {kBatchMetrics.begin(), kBatchMetrics.end()}; }

std::vector<std::string> thread_metrics(const std::vector<std::string>& threads) {
  std::vector<std::string> names;
  for (const std::string& thread : threads) {
    for (const char* metric : kThreadMetrics) names.push_back(thread + "." + metric);
  }
  return names;
}

}  // namespace gilsim::scenario
