#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/manual.hpp"
#include "app/output_file.hpp"
#include "scenario/read.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

struct Kind {
  const char* name;
  std::string (*text)();
};

std::vector<Kind> kinds() {
  return {{"scenario", scenario::scenario_schema},
          {"host", scenario::host_profile_schema},
          {"reference", scenario::reference_page},
          {"man", [] { return man_page(all_commands()); }},
          {"bash-completion", [] { return bash_completion(all_commands()); }}};
}

int run(const Arguments& arguments, Io& io) {
  if (arguments.operands().size() > 1) {
    throw UsageError("one schema at a time", "usage: gilsim schema [scenario|host|reference]");
  }
  const std::string wanted =
      arguments.operands().empty() ? "scenario" : arguments.operands().front();
  OutputFile output(arguments.value("output").value_or("-"), io.out);
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) {
    names.push_back(kind.name);
    if (wanted != kind.name) continue;
    output.commit(kind.text());
    return kOk;
  }
  throw UsageError("no schema named '" + wanted + "'",
                   scenario::suggestion(wanted, names, "schemas"));
}

}  // namespace

Command schema_command() {
  return {"schema",
          "[scenario|host|reference|man|bash-completion]",
          "print the JSON Schema, a reference of all keys, the man page",
          {"gilsim schema scenario -o configs/scenario.schema.json", "gilsim schema reference",
           "source <(gilsim schema bash-completion)"},
          {{"output", 'o', "FILE|-", "where it goes (default: standard output)"}},
          run};
}

}  // namespace gilsim::app
