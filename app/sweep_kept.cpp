#include "app/sweep_kept.hpp"

#include <fstream>

#include "app/errors.hpp"

namespace gilsim::app {
namespace {

constexpr const char* kWayOut = "name another file, or begin anew with --overwrite";

// The next line with its end; false where there is none, or it has no end.
bool next_line(std::ifstream& file, std::string& line) {
  return static_cast<bool>(std::getline(file, line)) && !file.eof();
}

void check_header(const Json& found, const SweepPlan& plan, const std::string& path) {
  if (!found.is_object() || found.value("kind", "") != "sweep") {
    throw UsageError("'" + path + "' is not the NDJSON of a sweep", kWayOut);
  }
  const Json wanted = sweep_header(plan, "");
  if (found.value("identity", "") == plan.identity) return;
  for (const char* const key : {"schema", "version", "varied", "combined", "seed", "replications",
                                "max_replications", "precision"}) {
    if (found.contains(key) && found.at(key) == wanted.at(key)) continue;
    const std::string there = found.contains(key) ? found.at(key).dump() : "nothing";
    throw UsageError("'" + path + "' is another sweep: its " + key + " is " + there + ", not " +
                         wanted.at(key).dump(),
                     kWayOut);
  }
  throw UsageError("'" + path + "' is another sweep: the scenario or the host profile has changed",
                   kWayOut);
}

bool is_point(const Json& record, std::size_t index) {
  return record.is_object() && record.contains("point") && record.at("point") == index &&
         record.contains("varied") && record.contains("lock") && record.contains("figures") &&
         record.contains("fingerprint");
}

}  // namespace

KeptRecords read_kept(const std::string& path, const SweepPlan& plan,
                      const std::function<void(const Json&)>& point) {
  KeptRecords kept;
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!next_line(file, line)) return kept;
  check_header(Json::parse(line, nullptr, false), plan, path);
  kept.bytes = line.size() + 1;
  while (next_line(file, line)) {
    const Json record = Json::parse(line, nullptr, false);
    if (kept.points == plan.points() || !is_point(record, kept.points)) {
      throw UsageError("'" + path + "', line " + std::to_string(kept.points + 2) +
                           ": not the point that belongs there",
                       kWayOut);
    }
    point(record);
    ++kept.points;
    kept.bytes += line.size() + 1;
  }
  return kept;
}

}  // namespace gilsim::app
