// SystemC: M/M/c with a method process for the arrivals and one for each server.
#include <deque>

#include "bench/draws.hpp"
#include "bench/peers/systemc/nanoseconds.hpp"
#include "bench/peers/workloads.hpp"

namespace gilsim::bench {
namespace {

struct Server {
  sc_core::sc_event done;
  std::int64_t waited = 0;  // by the customer in service
};

class Queue : public sc_core::sc_module {
 public:
  Queue(const sc_core::sc_module_name& name, const Task& task)
      : sc_core::sc_module(name),
        interarrivals_(interarrival_times(task.size)),
        services_(service_times()),
        servers_(static_cast<std::size_t>(task.size)),
        customers_(task.amount),
        stopwatch_(0, task.amount) {
    sc_core::sc_spawn_options options;
    options.spawn_method();
    sc_core::sc_spawn([this, first = true]() mutable { arrive(first); }, nullptr, &options);
    for (Server& server : servers_) {
      idle_.push_back(&server);
      sc_core::sc_spawn_options on_done;
      on_done.spawn_method();
      on_done.dont_initialize();
      on_done.set_sensitivity(&server.done);
      sc_core::sc_spawn([this, &server] { depart(server); }, nullptr, &on_done);
    }
  }

  Measured measured() const {
    return stopwatch_.measured(static_cast<double>(waited_) / static_cast<double>(customers_));
  }

 private:
  void arrive(bool& first) {
    if (first) {
      first = false;
    } else if (idle_.empty()) {
      line_.push_back(now());
    } else {
      Server& server = *idle_.back();
      idle_.pop_back();
      serve(server, 0);
    }
    sc_core::next_trigger(nanoseconds(interarrivals_.next()));
  }

  void serve(Server& server, std::int64_t waited) {
    server.waited = waited;
    server.done.notify(nanoseconds(services_.next()));
  }

  void depart(Server& server) {
    waited_ += server.waited;
    if (line_.empty()) {
      idle_.push_back(&server);
    } else {
      const std::int64_t arrived = line_.front();
      line_.pop_front();
      serve(server, now() - arrived);
    }
    if (stopwatch_.count()) sc_core::sc_stop();
  }

  Exponentials interarrivals_;
  Exponentials services_;
  std::deque<Server> servers_;
  std::vector<Server*> idle_;
  std::int64_t customers_;
  std::int64_t waited_ = 0;
  std::deque<std::int64_t> line_;  // when they arrived
  Stopwatch stopwatch_;
};

}  // namespace

Measured queue(const Task& task) {
  count_in_nanoseconds();
  Queue model("queue", task);
  sc_core::sc_start();
  return model.measured();
}

}  // namespace gilsim::bench
