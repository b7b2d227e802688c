#include "tests/support/closed_network.hpp"

#include <string>

#include "sim/random.hpp"

namespace gilsim::test {
namespace {

class Ring {
 public:
  Ring(const ClosedNetwork& network, std::uint64_t seed, std::uint64_t replication)
      : network_(network), routing_(seed, replication, "routing") {
    for (std::size_t i = 0; i < network.stations.size(); ++i) {
      services_.emplace_back(seed, replication, "station:" + std::to_string(i));
    }
    for (std::size_t i = 0; i < network.stations.size(); ++i) {
      const ClosedStation& s = network.stations[i];
      stations_.emplace_back(
          simulator_, s.servers, s.discipline, sim::Duration::from_seconds(s.quantum),
          [this, i] { return draw_service(i); },
          [this, i](Customer& customer) { stations_[successor_of(i)].arrive(customer); });
    }
    for (int i = 0; i < network.customers; ++i) stations_.back().arrive(customers_.emplace_back());
  }

  void run_until(sim::Duration end) { simulator_.run_until(sim::Time::from_start(end)); }
  std::deque<Station>& stations() { return stations_; }

 private:
  sim::Duration draw_service(std::size_t station) {
    const double size = services_[station].exponential();
    return sim::Duration::from_seconds(network_.stations[station].mean_service * size);
  }
  std::size_t successor_of(std::size_t station) {
    const auto& next = network_.stations[station].next;
    double u = routing_.uniform();
    for (std::size_t i = 0; i + 1 < next.size(); ++i) {
      if (u < next[i]) return i;
      u -= next[i];
    }
    return next.size() - 1;
  }

  const ClosedNetwork& network_;
  sim::Simulator simulator_;
  sim::RandomStream routing_;
  std::vector<sim::RandomStream> services_;
  std::deque<Station> stations_;
  std::deque<Customer> customers_;
};

}  // namespace

ClosedNetworkResult replicate(const ClosedNetwork& network, sim::Duration warm_up,
                              sim::Duration counted, std::uint64_t seed,
                              std::uint64_t replication) {
  Ring ring(network, seed, replication);
  ring.run_until(warm_up);
  for (Station& station : ring.stations()) station.forget();
  ring.run_until(warm_up + counted);
  ClosedNetworkResult result;
  result.throughput =
      static_cast<double>(ring.stations().front().departures()) / counted.in_seconds();
  for (Station& station : ring.stations()) result.sojourns.push_back(station.mean_sojourn());
  return result;
}

}  // namespace gilsim::test
