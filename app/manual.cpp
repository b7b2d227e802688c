#include "app/manual.hpp"

namespace gilsim::app {
namespace {

// Text as roff: hyphens that are typed as such, no line that begins with a control character.
std::string roff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  const bool is_control = !result.empty() && (result[0] == '.' || result[0] == '\'');
  return is_control ? "\\&" + result : result;
}

std::string option_entry(const OptionSpec& option) {
  std::string text = ".TP\n";
  if (option.letter != 0) text += std::string("\\fB\\-") + option.letter + "\\fR, ";
  text += "\\fB\\-\\-" + roff(option.name) + "\\fR";
  if (!option.value.empty()) text += " \\fI" + roff(option.value) + "\\fR";
  return text + "\n" + roff(option.meaning) + (option.repeatable ? " (repeatable)" : "") + "\n";
}

std::string command_entry(const Command& command) {
  std::string text = ".SS gilsim " + roff(command.name);
  text += " [\\fIOPTION\\fR]...";
  if (!command.operands.empty()) text += " \\fI" + roff(command.operands) + "\\fR";
  text += "\n" + roff(command.summary) + "\n.PP\n.EX\n";
  for (const std::string& example : command.examples) text += "  " + roff(example) + "\n";
  text += ".EE\n";
  for (const OptionSpec& option : command.options) text += option_entry(option);
  return text;
}

std::string words_of(const Command& command) {
  std::string words;
  for (const OptionSpec& option : command.options) words += " --" + option.name;
  return words.empty() ? words : words.substr(1);
}

// "[scenario|host|reference]": what may stand there; empty: something else, as FILE.
std::string choices_of(const std::string& operands) {
  const std::size_t from = operands.find('['), to = operands.find(']');
  if (from != 0 || to == std::string::npos || operands.find('|') == std::string::npos) return "";
  std::string choices = operands.substr(1, to - 1);
  for (char& c : choices) {
    if (c == '|') c = ' ';
  }
  return choices;
}

}  // namespace

std::string man_page(const std::vector<Command>& commands) {
  std::string text =
      ".\\\" Written by `gilsim schema man`.\n"
      ".TH GILSIM 1 \"\" \"gilsim " GILSIM_VERSION
      "\" \"User Commands\"\n"
      ".SH NAME\n"
      "gilsim \\- simulates CPython's interpreter lock\n"
      ".SH SYNOPSIS\n"
      "\\fBgilsim\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIFILE\\fR]...\n"
      ".SH DESCRIPTION\n"
      "What would a Python program gain from threads, processes, sub\\-interpreters or a "
      "free\\-threaded build, on this machine or that one, and with which settings?\n"
      "gilsim simulates it from a scenario, a small YAML file; really runs the same scenario under "
      "the interpreters of this host; and puts both side by side.\n"
      ".SH COMMANDS\n";
  for (const Command& command : commands) text += command_entry(command);
  return text +
         ".SH EXIT STATUS\n"
         "0 all is done; 1 an \\fBexpect\\fR of the scenario failed; 2 command line, scenario, "
         "profile or host; 3 output not written; 70 a mistake of gilsim; 130 interrupted.\n"
         ".SH FILES\n"
         ".TP\n\\fI~/.config/gilsim/this.yaml\\fR\nthe profile that \\fBgilsim calibrate\\fR "
         "writes; \\fBGILSIM_PROFILE\\fR names another place.\n"
         ".SH ENVIRONMENT\n"
         "\\fBNO_COLOR\\fR: no colours. \\fBCOLUMNS\\fR: width of drawings in the terminal.\n";
}

std::string bash_completion(const std::vector<Command>& commands) {
  std::string names, cases, choices;
  for (const Command& command : commands) {
    names += (names.empty() ? "" : " ") + command.name;
    cases += "    " + command.name + ") options='" + words_of(command) + "' ;;\n";
    const std::string operands = choices_of(command.operands);
    if (!operands.empty()) choices += "    " + command.name + ") choices='" + operands + "' ;;\n";
  }
  return "# Written by `gilsim schema bash-completion`.\n"
         "_gilsim() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} options='' choices=''\n"
         "  COMPREPLY=()\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W '" +
         names +
         " help --help --version' -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  case $command in\n" +
         cases + "    help) choices='" + names +
         "' ;;\n"
         "  esac\n"
         "  case $command in\n" +
         choices +
         "  esac\n"
         "  if [[ $word == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$options --help\" -- \"$word\"))\n"
         "  elif [[ -n $choices ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$choices\" -- \"$word\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _gilsim gilsim\n";
}

}  // namespace gilsim::app
