#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/output_file.hpp"
#include "scenario/read.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

int run(const Arguments& arguments, Io& io) {
  if (arguments.operands().size() > 1) {
    throw UsageError("one schema at a time", "usage: gilsim schema [scenario|host|reference]");
  }
  const std::string kind = arguments.operands().empty() ? "scenario" : arguments.operands().front();
  OutputFile output(arguments.value("output").value_or("-"), io.out);
  if (kind == "scenario") {
    output.commit(scenario::scenario_schema());
  } else if (kind == "host") {
    output.commit(scenario::host_profile_schema());
  } else if (kind == "reference") {
    output.commit(scenario::reference_page());
  } else {
    throw UsageError("no schema named '" + kind + "'",
                     scenario::suggestion(kind, {"scenario", "host", "reference"}, "schemas"));
  }
  return kOk;
}

}  // namespace

Command schema_command() {
  return {"schema",
          "[scenario|host|reference]",
          "print the JSON Schema, or a reference of all keys",
          {"gilsim schema scenario -o configs/scenario.schema.json", "gilsim schema reference"},
          {{"output", 'o', "FILE|-", "where it goes (default: standard output)"}},
          run};
}

}  // namespace gilsim::app
