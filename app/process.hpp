// What the programs that wrap run_app() have in common: signals and streams of the process.
#pragma once

#include "app/io.hpp"

namespace gilsim::app {

// SIGINT and SIGTERM set the flag; the second one ends the program at once.
host::StopFlag& stop_on_signals();

Io process_io(host::StopFlag& stop);

}  // namespace gilsim::app
