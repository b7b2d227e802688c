#include "app/sweep_cluster.hpp"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "app/sweep_run.hpp"

namespace gilsim::app {
namespace {

constexpr const char* kDone = "done";  // no line of NDJSON begins so
constexpr const char* kFailed = "failed: ";
constexpr const char* kDismissed = "dismissed";

// Records of all processes, handed on in the order of the points.
class Merger {
 public:
  Merger(std::size_t first, const std::function<void(const Json&)>& record)
      : next_(first), record_(record) {}

  void add(const Json& record) {
    const std::lock_guard<std::mutex> guard(mutex_);
    waiting_.emplace(record.at("point").get<std::size_t>(), record);
    for (auto found = waiting_.begin(); found != waiting_.end() && found->first == next_;
         found = waiting_.begin()) {
      record_(found->second);
      waiting_.erase(found);
      ++next_;
    }
  }

 private:
  std::mutex mutex_;
  std::map<std::size_t, Json> waiting_;
  std::size_t next_;
  const std::function<void(const Json&)>& record_;
};

// Takes lines until every other process has said that it is done. An error stops everybody.
class Receiver {
 public:
  Receiver(Cluster& cluster, Merger& merger, Io& io)
      : cluster_(cluster), merger_(merger), io_(io), thread_([this] { run(); }) {}
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  ~Receiver() {
    if (thread_.joinable()) thread_.join();
  }

  // Others cannot be called back: what they still send is taken and forgotten.
  void drop_the_rest() { dropping_ = true; }

  void finish() {
    thread_.join();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void run() {
    for (std::size_t working = cluster_.size() - 1; working > 0;) {
      const std::optional<std::string> line = cluster_.receive();
      if (!line) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      } else if (*line == kDone) {
        --working;
      } else if (!error_ && !dropping_) {
        take(*line);
      }
    }
  }

  void take(const std::string& line) {
    try {
      if (line.rfind(kFailed, 0) == 0) {
        throw std::runtime_error("another process of the sweep failed: " +
                                 line.substr(std::string(kFailed).size()));
      }
      merger_.add(Json::parse(line));
    } catch (...) {
      error_ = std::current_exception();
      io_.stop = true;
    }
  }

  Cluster& cluster_;
  Merger& merger_;
  Io& io_;
  std::atomic<bool> dropping_{false};
  std::exception_ptr error_;
  std::thread thread_;
};

}  // namespace

void lead_sweep(const SweepPlan& plan, std::size_t first, int jobs, Io& io, Cluster& cluster,
                const std::function<void(const Json&)>& record) {
  cluster.share(std::to_string(first));
  Merger merger(first, record);
  Receiver receiver(cluster, merger, io);
  try {
    run_sweep(plan, first, jobs, io, [&](const Json& one) { merger.add(one); },
              {cluster.rank(), cluster.size()});
  } catch (...) {
    receiver.drop_the_rest();
    throw;
  }
  receiver.finish();
}

void help_sweep(const std::function<SweepPlan()>& planned, int jobs, Io& io, Cluster& cluster) {
  std::optional<SweepPlan> plan;
  std::string complaint;
  try {
    plan.emplace(planned());
  } catch (const std::exception& error) {
    complaint = error.what();
  }
  const std::string first = cluster.share("");
  if (first == kDismissed) return;
  try {
    if (!plan) throw std::runtime_error(complaint);
    run_sweep(*plan, std::stoul(first), jobs, io,
              [&](const Json& one) { cluster.send(one.dump()); }, {cluster.rank(), cluster.size()});
  } catch (const std::exception& error) {
    cluster.send(kFailed + std::string(error.what()));
  }
  cluster.send(kDone);
}

void dismiss(Cluster& cluster) { cluster.share(kDismissed); }

}  // namespace gilsim::app
