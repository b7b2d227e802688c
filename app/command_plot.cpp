#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "app/command.hpp"
#include "app/errors.hpp"
#include "app/output_file.hpp"
#include "app/pictures.hpp"
#include "app/plot.hpp"
#include "app/sweep_plot.hpp"

namespace gilsim::app {
namespace {

std::vector<Picture> read_pictures(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw UsageError("cannot read the report '" + path + "'");
  std::ostringstream text;
  text << file.rdbuf();
  if (auto pictures = pictures_of_sweep(text.str(), path)) return *pictures;
  try {
    return pictures_of(nlohmann::json::parse(text.str()));
  } catch (const nlohmann::json::exception& error) {
    throw UsageError("'" + path + "' is not a JSON report: " + error.what(),
                     "write one with: gilsim validate FILE... --json REPORT.json");
  }
}

std::vector<std::string> drawn(const std::string& path, const PlotOptions& options) {
  try {
    return draw_pictures(read_pictures(path), options);
  } catch (const PlotOutputError& error) {
    throw OutputError(error.what());
  } catch (const PlotError& error) {
    throw UsageError(error.what());
  }
}

int run(const Arguments& arguments, Io& io) {
  if (arguments.operands().size() != 1) {
    throw UsageError(
        arguments.operands().empty() ? "no report given" : "more than one report given",
        "usage: gilsim plot REPORT.json [-o FOLDER] [--terminal]");
  }
  PlotOptions options;
  options.output_folder = arguments.value("output").value_or("out");
  options.color = io.color;
  options.notes = &io.err;
  if (const char* const columns = std::getenv("COLUMNS")) options.columns = std::atoi(columns);
  if (arguments.has("terminal")) options.terminal = &io.out;
  const std::vector<std::string> files = drawn(arguments.operands()[0], options);
  for (const std::string& file : files) io.out << file << "\n";
  if (files.empty()) io.err << "gilsim plot: the report holds nothing to draw\n";
  check_written(io.out);
  return kOk;
}

}  // namespace

Command plot_command() {
  return {"plot",
          "REPORT",
          "draw a report or a sweep: SVG and PNG by gnuplot",
          {"gilsim plot report.json -o out", "gilsim plot report.json --terminal",
           "gilsim plot sweep.ndjson"},
          {{"output", 'o', "FOLDER", "where the pictures go (default: out)"},
           {"terminal", 0, "", "also draw in the terminal"}},
          run};
}

}  // namespace gilsim::app
