#include "app/app.hpp"

#include <algorithm>
#include <ostream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/help.hpp"
#include "app/output_file.hpp"
#include "host/host_error.hpp"
#include "scenario/diagnostic.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

const Command* find_command(const std::vector<Command>& commands, const std::string& name) {
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const Command& command) { return command.name == name; });
  return found == commands.end() ? nullptr : &*found;
}

[[noreturn]] void throw_unknown(const std::vector<Command>& commands, const std::string& name) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const Command& command : commands) names.push_back(command.name);
  if (!name.empty() && name[0] == '-') {
    const std::string best = scenario::nearest(name, {"--help", "--version"});
    throw UsageError("unknown option '" + name + "' before a command",
                     best.empty() ? "usage: gilsim COMMAND [OPTION]... ; see gilsim --help"
                                  : "did you mean '" + best + "'?");
  }
  throw UsageError("unknown command '" + name + "'", scenario::suggestion(name, names, "commands"));
}

// Everything after `--` is an operand, `--help` included.
bool asks_for_help(const std::vector<std::string>& words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), end,
                     [](const auto& word) { return word == "--help" || word == "-h"; });
}

int print(Io& io, const std::string& text) {
  io.out << text;
  check_written(io.out);
  return kOk;
}

int dispatch(const std::vector<std::string>& words, Io& io) {
  const std::vector<Command> commands = all_commands();
  if (words.empty()) {
    io.err << program_help(commands);
    return kUsage;
  }
  const std::string& name = words.front();
  if (name == "--help" || name == "-h" || (name == "help" && words.size() == 1)) {
    return print(io, program_help(commands));
  }
  if (name == "--version" || name == "-V") return print(io, version_line());
  if (name == "help") {
    const Command* const topic = find_command(commands, words[1]);
    if (topic == nullptr) throw_unknown(commands, words[1]);
    return print(io, command_help(*topic));
  }
  const Command* const command = find_command(commands, name);
  if (command == nullptr) throw_unknown(commands, name);
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (asks_for_help(rest)) return print(io, command_help(*command));
  return command->run(Arguments::parse(rest, command->options), io);
}

void print_error(Io& io, const std::string& message, const std::string& hint = "") {
  io.err << "gilsim: error: " << message << "\n";
  if (!hint.empty()) io.err << "  hint: " << hint << "\n";
}

}  // namespace

std::vector<Command> all_commands() {
  return {run_command(),      explain_command(),   sweep_command(),   tune_command(),
          timeline_command(), calibrate_command(), measure_command(), validate_command(),
          plot_command(),     record_command(),    trace_command(),   check_command(),
          list_command(),     schema_command(),    report_command()};
}

int run_app(const std::vector<std::string>& words, Io& io) {
  try {
    return dispatch(words, io);
  } catch (const UsageError& error) {
    print_error(io, error.what(), error.hint());
    return kUsage;
  } catch (const scenario::ScenarioError& error) {
    io.err << error.what() << "\n";
    return kUsage;
  } catch (const OutputError& error) {
    print_error(io, error.what());
    return kOutput;
  } catch (const host::Interrupted&) {
    io.err << "gilsim: interrupted\n";
    return kInterrupted;
  } catch (const host::HostError& error) {
    print_error(io, error.what());
    return kUsage;
  } catch (const std::exception& error) {
    print_error(io, std::string("internal: ") + error.what(),
                "this is a mistake in gilsim, not in the input; please report the command line");
    return kInternal;
  }
}

}  // namespace gilsim::app
