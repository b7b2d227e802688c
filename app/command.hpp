// A command of the program: what the help prints of it, and what it does.
#pragma once

#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/io.hpp"

namespace gilsim::app {

struct Command {
  std::string name;
  std::string operands;  // "FILE..."
  std::string summary;   // one line
  std::vector<std::string> examples;
  std::vector<OptionSpec> options;
  int (*run)(const Arguments&, Io&);
};

Command run_command();
Command sweep_command();
Command calibrate_command();
Command measure_command();
Command validate_command();
Command plot_command();
Command record_command();
Command timeline_command();
Command explain_command();
Command report_command();
Command tune_command();
Command check_command();
Command list_command();
Command schema_command();
Command trace_command();

// In the order of the help.
std::vector<Command> all_commands();

}  // namespace gilsim::app
