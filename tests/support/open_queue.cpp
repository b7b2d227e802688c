#include "tests/support/open_queue.hpp"

#include "sim/random.hpp"

namespace gilsim::test {
namespace {

class PoissonSource final : public sim::EventHandler {
 public:
  PoissonSource(sim::Simulator& simulator, double rate, sim::RandomStream random)
      : simulator_(simulator), rate_(rate), random_(random), event_(*this, 0, 0, nullptr) {}

  void feed(Station& station) {
    station_ = &station;
    schedule_next();
  }
  void handle(sim::Event&) override {
    Customer* customer = nullptr;
    if (gone_.empty()) {
      customer = &customers_.emplace_back();
    } else {
      customer = gone_.back();
      gone_.pop_back();
    }
    schedule_next();
    station_->arrive(*customer);
  }
  void take_back(Customer& customer) { gone_.push_back(&customer); }

 private:
  void schedule_next() {
    const auto gap = sim::Duration::from_seconds(random_.exponential() / rate_);
    simulator_.schedule(event_, simulator_.now() + gap, sim::Priority::kTimer);
  }

  sim::Simulator& simulator_;
  double rate_;
  sim::RandomStream random_;
  sim::Event event_;
  Station* station_ = nullptr;
  std::deque<Customer> customers_;
  std::vector<Customer*> gone_;
};

}  // namespace

OpenQueueResult replicate(const OpenQueue& queue, sim::Duration warm_up, std::int64_t departures,
                          std::uint64_t seed, std::uint64_t replication) {
  sim::Simulator simulator;
  PoissonSource source(simulator, queue.arrival_rate, {seed, replication, "arrivals"});
  sim::RandomStream services(seed, replication, "services");
  const auto service = [&] {
    const double size = queue.constant_service ? 1.0 : services.exponential();
    return sim::Duration::from_seconds(queue.mean_service * size);
  };
  Station* counted = nullptr;
  Station station(simulator, queue.servers, Discipline::kFifo, {}, service,
                  [&](Customer& customer) {
                    source.take_back(customer);
                    if (counted && counted->departures() == departures) simulator.stop();
                  });
  source.feed(station);
  simulator.run_until(sim::Time::from_start(warm_up));
  station.forget();
  counted = &station;
  simulator.run();
  return {station.mean_sojourn(), station.mean_wait()};
}

}  // namespace gilsim::test
