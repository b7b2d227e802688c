// M/M/c: Poisson arrivals, one line, exponential service. A customer carries the event of its own
// departure, and comes from a list of those that have left.

#include "bench/draws.hpp"
#include "bench/plan.hpp"
#include "bench/workloads.hpp"
#include "sim/simulator.hpp"
#include "sim/stable_vector.hpp"

namespace gilsim::bench {
namespace {

enum Kind : std::uint32_t { kArrival, kDeparture };

struct Customer {
  explicit Customer(sim::EventHandler& handler) : departure(handler, kDeparture, 0, this) {}
  sim::Event departure;
  sim::Time arrived;
  sim::Duration waited;
  Customer* next = nullptr;
};

class Queue final : public sim::EventHandler {
 public:
  explicit Queue(const Task& task)
      : interarrivals_(interarrival_times(task.size)),
        services_(service_times()),
        free_servers_(task.size),
        customers_(task.amount),
        stopwatch_(0, task.amount) {
    simulator_.schedule(arrival_, after(interarrivals_), sim::Priority::kTimer);
  }

  void handle(sim::Event& event) override {
    if (event.kind == kArrival) {
      arrive();
    } else {
      depart(*static_cast<Customer*>(event.owner));
    }
  }

  Measured run() {
    simulator_.run();
    return stopwatch_.measured(static_cast<double>(waited_.count()) /
                               static_cast<double>(customers_));
  }

 private:
  void arrive() {
    Customer& customer = new_customer();
    customer.arrived = simulator_.now();
    if (free_servers_ > 0) {
      --free_servers_;
      serve(customer);
    } else {
      customer.next = nullptr;
      (first_ ? last_->next : first_) = &customer;
      last_ = &customer;
    }
    simulator_.schedule(arrival_, after(interarrivals_), sim::Priority::kTimer);
  }

  void serve(Customer& customer) {
    customer.waited = simulator_.now() - customer.arrived;
    simulator_.schedule(customer.departure, after(services_), sim::Priority::kCompletion);
  }

  void depart(Customer& customer) {
    waited_ += customer.waited;
    if (first_) {
      Customer& following = *first_;
      first_ = following.next;
      serve(following);
    } else {
      ++free_servers_;
    }
    customer.next = gone_;
    gone_ = &customer;
    if (stopwatch_.count()) simulator_.stop();
  }

  Customer& new_customer() {
    if (!gone_) return pool_.emplace_back(*this);
    Customer& customer = *gone_;
    gone_ = customer.next;
    return customer;
  }

  sim::Time after(Exponentials& times) {
    return simulator_.now() + sim::Duration::nanoseconds(times.next());
  }

  sim::Simulator simulator_;
  Exponentials interarrivals_;
  Exponentials services_;
  sim::Event arrival_{*this, kArrival, 0, nullptr};
  std::int64_t free_servers_;
  std::int64_t customers_;
  sim::Duration waited_;
  Customer* first_ = nullptr;  // of the line
  Customer* last_ = nullptr;
  Customer* gone_ = nullptr;
  sim::StableVector<Customer> pool_;
  Stopwatch stopwatch_;
};

}  // namespace

Measured queue(const Task& task) { return Queue(task).run(); }

}  // namespace gilsim::bench
