// A queueing station on the bare engine: customers arrive, wait in one line, are served by one of
// `servers` servers, and leave. With kUnlimited servers it is a delay. Keeps sums, no samples.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>

#include "sim/simulator.hpp"

namespace gilsim::test {

struct Customer {
  sim::Event event;
  sim::Time arrived;      // at the station where it is now
  sim::Duration service;  // all that it needs there
  sim::Duration left;     // of it
  sim::Duration slice;    // of it, the stretch now in service
};

enum class Discipline {
  kFifo,        // first come, first served
  kLifo,        // last come, first served; who is served is not interrupted
  kRoundRobin,  // a quantum each, then to the end of the line
};

class Station final : public sim::EventHandler {
 public:
  static constexpr int kUnlimited = std::numeric_limits<int>::max();
  using Service = std::function<sim::Duration()>;
  using Departure = std::function<void(Customer&)>;

  Station(sim::Simulator& simulator, int servers, Discipline discipline, sim::Duration quantum,
          Service service, Departure departure)
      : simulator_(simulator),
        free_servers_(servers),
        discipline_(discipline),
        quantum_(quantum),
        service_(std::move(service)),
        departure_(std::move(departure)) {}

  void arrive(Customer& customer);
  void handle(sim::Event& event) override;

  // Forgets what was counted so far: the end of a warm-up.
  void forget();
  std::int64_t departures() const { return departures_; }
  // From arrival to departure, and the same without being served, over all that have left.
  double mean_sojourn() const;
  double mean_wait() const;

 private:
  void serve(Customer& customer);
  Customer& take_next();

  sim::Simulator& simulator_;
  int free_servers_;
  Discipline discipline_;
  sim::Duration quantum_;
  Service service_;
  Departure departure_;
  std::deque<Customer*> line_;
  std::int64_t departures_ = 0;
  sim::Duration sojourns_;
  sim::Duration services_;
};

}  // namespace gilsim::test
