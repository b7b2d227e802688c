#include "app/request_times.hpp"

#include <algorithm>
#include <utility>

namespace gilsim::app {

std::vector<double> likely_times(std::vector<Request> requests, std::size_t count) {
  std::sort(requests.begin(), requests.end(), [](const Request& a, const Request& b) {
    return a.time != b.time ? a.time > b.time : a.is_seen && !b.is_seen;
  });
  std::vector<std::pair<double, double>> masses;  // of times, the latest first
  double left = 1;
  for (std::size_t index = 0; index < requests.size(); ++index) {
    if (!requests[index].is_seen) continue;
    const double mass = left / static_cast<double>(requests.size() - index);
    masses.push_back({requests[index].time, mass});
    left -= mass;
  }
  if (masses.empty()) return {};
  masses.back().second += left;
  std::vector<double> times;
  std::size_t at = 0;
  double above = masses.front().second;
  for (std::size_t part = 0; part < count; ++part) {
    const double share = (static_cast<double>(part) + 0.5) / static_cast<double>(count);
    while (above < share && at + 1 < masses.size()) above += masses[++at].second;
    times.push_back(masses[at].first);
  }
  return times;
}

}  // namespace gilsim::app
