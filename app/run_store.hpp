// Real runs, kept in a file: so that they need not be made again, can be gone on with where they
// were interrupted, and can be scored anywhere without Python. One JSON object, a line a point; of
// each run its figures, of some the handovers of the lock, counted in runs of their own; of each
// interpreter how fast it ran before the first and during all rounds, relative to the profile. The
// host is described, and told apart by a fingerprint that a published file leaves out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/figures.hpp"
#include "models/estimate.hpp"
#include "models/host_profile.hpp"
#include "scenario/scenario.hpp"

namespace gilsim::app {

struct KeptPoint {
  std::string scenario;
  std::string label;  // "threads@4", 2 cores, 3.11.2, 5 ms: for people, and to find it again
  std::string work;   // host/run_identity.hpp
  std::vector<RunFigures> runs;
  std::vector<double> handovers;
};

struct KeptSpeed {
  model::Estimate before =
      model::Estimate::exactly(1);  // relative to the profile; processes differ
  std::vector<double> rounds;
};

class RunStore {
 public:
  RunStore() = default;
  // Throws UsageError that names the file, and the place in it.
  static RunStore read(const std::string& path);
  std::string text() const;

  KeptPoint* find(const std::string& scenario, const std::string& work);
  const KeptPoint* find(const std::string& scenario, const std::string& work) const;
  KeptPoint& add(KeptPoint point);

  std::uint64_t seed = 1;
  int cores = 0;
  model::HostIdentity host;
  std::string first;  // when it was begun, and gone on with; ISO 8601
  std::string latest;
  std::string driver;   // host/run_identity.hpp
  std::string profile;  // when the host profile was measured that the work stands on
  std::map<std::string, KeptSpeed> speeds;
  std::vector<KeptPoint> points;
};

// "threads@4, 2 cores, 3.11.2, 5ms".
std::string kept_label(const scenario::Point& point);

}  // namespace gilsim::app
