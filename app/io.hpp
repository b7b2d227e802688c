// What a command talks to. Reports go to `out`; progress, warnings and errors to `err`. Passed in,
// so that tests run every command in-process on string streams.
#pragma once

#include <iosfwd>

#include "host/subprocess.hpp"

namespace gilsim::app {

class Cluster;

struct Io {
  std::ostream& out;
  std::ostream& err;
  host::StopFlag& stop;          // set by SIGINT and SIGTERM
  bool out_is_terminal = false;  // colours
  bool err_is_terminal = false;  // progress bars
  bool color = false;            // a terminal and no NO_COLOR
  Cluster* cluster = nullptr;    // of several processes; nullptr: this one is alone
};

}  // namespace gilsim::app
