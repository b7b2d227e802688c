#include "app/help.hpp"

#include <algorithm>

#include "app/text_table.hpp"

namespace gilsim::app {

std::string version_line() { return "gilsim " GILSIM_VERSION "\n"; }

std::string program_help(const std::vector<Command>& commands) {
  std::string text =
      "gilsim simulates CPython's interpreter lock: what would threads or processes gain?\n"
      "\n"
      "  gilsim calibrate                              measure this host, once\n"
      "  gilsim run configs/talk/countdown.yaml        predict\n"
      "  gilsim validate configs/talk/countdown.yaml   predict, really run, compare\n"
      "Commands:\n";
  std::size_t width = 0;
  for (const Command& command : commands) width = std::max(width, command.name.size());
  for (const Command& command : commands) {
    text += "  " + padded(command.name, width) + "  " + command.summary + "\n";
  }
  text +=
      "\n`gilsim COMMAND --help`: its options. Exit codes: 0 ok, 1 an `expect` failed,\n"
      "2 usage, 3 output not written, 70 internal error, 130 interrupted.\n";
  return text;
}

namespace {

std::string option_names(const OptionSpec& option) {
  std::string names = option.letter ? std::string("-") + option.letter + ", " : "    ";
  names += "--" + option.name;
  if (!option.value.empty()) names += " " + option.value;
  return names;
}

}  // namespace

std::string command_help(const Command& command) {
  std::string text = "gilsim " + command.name + ": " + command.summary + "\n\n";
  for (const std::string& example : command.examples) text += "  " + example + "\n";
  text += "\nUsage: gilsim " + command.name + " [OPTION]...";
  if (!command.operands.empty()) text += " " + command.operands;
  text += "\n\nOptions:\n";
  std::size_t width = 0;
  for (const OptionSpec& option : command.options) {
    width = std::max(width, option_names(option).size());
  }
  for (const OptionSpec& option : command.options) {
    text += "  " + padded(option_names(option), width) + "  " + option.meaning +
            (option.repeatable ? " (repeatable)" : "") + "\n";
  }
  return text;
}

}  // namespace gilsim::app
