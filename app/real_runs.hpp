// Real runs of points on this host, round by round over all points, so that a drift of the machine
// hits all alike; every other round goes backward.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/figures.hpp"
#include "app/io.hpp"
#include "app/study.hpp"
#include "host/interpreters.hpp"

namespace gilsim::app {

struct Measurements {
  std::vector<std::vector<RunFigures>> runs;  // by point
  std::vector<std::string> failures;          // points that could not be run, and why
  bool interrupted = false;
};

// Everything that would make a real run impossible or meaningless, found before any: another host's
// profile, an interpreter that isn't installed, more cores than there are. Returns the interpreter
// of each point. Throws UsageError.
std::vector<host::InstalledInterpreter> interpreters_for(const std::vector<Study>& studies);

// `interpreters` by point. A stop ends every child process and keeps the runs so far.
// `each_round`, if any, is called at the beginning of every round.
Measurements measure(const std::vector<scenario::Point>& points,
                     const std::vector<host::InstalledInterpreter>& interpreters,
                     std::uint64_t seed, int runs, Io& io,
                     const std::function<void()>& each_round = {});

// "3.11.2 (/usr/bin/python3.11), ..." for messages.
std::string named(const std::vector<host::InstalledInterpreter>& interpreters);

}  // namespace gilsim::app
