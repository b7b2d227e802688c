// Real runs that are kept: taken from a file where it has them, made where it has not, and put
// there. Rounds over all points as in real_runs.hpp; what was interrupted goes on where it was.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/io.hpp"
#include "app/output_file.hpp"
#include "app/predict.hpp"
#include "app/real_runs.hpp"
#include "app/run_store.hpp"
#include "app/speed_watch.hpp"
#include "app/study.hpp"

namespace gilsim::app {

struct KeptRunsOptions {
  std::uint64_t seed = 1;
  int runs = 10;
  int recorded = 5;  // runs more a point, for the handovers of the lock where they can be counted
};

class KeptRuns {
 public:
  // Reads the file where there is one. Throws UsageError: its runs are of another host, profile,
  // seed or driver; OutputError: it can't be written.
  KeptRuns(const std::string& path, const std::vector<Study>& studies,
           const KeptRunsOptions& options, Io& io);

  // How fast each interpreter runs, before the first round; kept, too.
  void measure_speeds(const std::vector<host::InstalledInterpreter>& interpreters);
  // The runs that are missing. Failures name points that can't be run.
  Measurements measure(const std::vector<host::InstalledInterpreter>& interpreters);

  const RunStore& store() const { return store_; }

 private:
  struct Slot {
    const scenario::Point* point;
    std::string scenario;
    std::string work;
    bool countable = false;
    bool failed = false;
  };

  KeptPoint& kept(const Slot& slot);
  bool is_missing(const Slot& slot, std::size_t round) const;
  void run_one(Slot& slot, std::size_t round, const host::InstalledInterpreter& interpreter);
  void note_speeds(const std::vector<host::InstalledInterpreter>& interpreters);
  void commit();
  void commit_now_and_then();

  KeptRunsOptions options_;
  Io& io_;
  OutputFile file_;
  RunStore store_;
  std::vector<Slot> slots_;
  std::chrono::steady_clock::time_point committed_;
};

// The kept figures of each point, in order, with handovers as a figure; empty where there are none.
std::vector<std::vector<RunFigures>> kept_figures(const RunStore& store,
                                                  const std::vector<Study>& studies);
// The simulated handovers as a figure of those runs whose real ones have it.
void add_handovers(std::vector<Prediction>& predictions,
                   const std::vector<scenario::Point>& points);
// Lets configurations count with the speeds of the store, and draw for themselves what differs from
// run to run.
void apply_speeds(const RunStore& store, std::vector<Study>& studies);
// The speeds of the store as reports show them.
std::vector<SpeedWatch::Line> speed_lines(const RunStore& store);
// Throws UsageError where the runs were made for another seed or profile.
void require_same_work(const RunStore& store, const std::string& path,
                       const std::vector<Study>& studies, std::uint64_t seed);

}  // namespace gilsim::app
