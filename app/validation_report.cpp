#include "app/validation_report.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/errors.hpp"
#include "app/plot.hpp"
#include "app/validation_page.hpp"
#include "app/validation_pictures.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> drawn(const fs::path& page, const Report& report) {
  PlotOptions options;
  options.output_folder = page.parent_path().empty() ? "." : page.parent_path().string();
  std::vector<std::string> names;
  try {
    for (const std::string& file :
         draw_pictures(validation_pictures(report, page.stem().string()), options)) {
      if (fs::path(file).extension() == ".svg") {
        names.push_back(fs::path(file).filename().string());
      } else {
        fs::remove(file);  // a page wants one of each
      }
    }
  } catch (const PlotOutputError& error) {
    throw OutputError(error.what());
  } catch (const PlotError& error) {
    throw UsageError(error.what());
  }
  return names;
}

std::vector<std::string> without_runs(const Report& report) {
  std::vector<std::string> names;
  for (const ScenarioReport& scenario : report.scenarios) {
    for (const PointReport& point : scenario.points) {
      bool measured = false;
      for (const MetricReport& metric : point.metrics) measured = measured || metric.measured;
      if (!measured) names.push_back(scenario.name + ", " + kept_label(point.point));
    }
  }
  return names;
}

}  // namespace

Causes read_causes(const std::string& path) {
  Causes causes;
  if (path.empty()) return causes;
  std::ifstream file(path, std::ios::binary);
  const nlohmann::json json = nlohmann::json::parse(file, nullptr, false);
  if (!file || !json.is_object()) {
    throw UsageError("cannot read the causes '" + path + "'",
                     "an object of JSON: {\"beginning of a case's name\": \"cause\"}");
  }
  for (const auto& [name, cause] : json.items()) {
    if (!cause.is_string()) {
      throw UsageError("'" + path + "': the cause of '" + name + "' is not a text");
    }
    causes[name] = cause.get<std::string>();
  }
  return causes;
}

void write_validation_report(OutputFile& page, const Arguments& arguments, const Report& report,
                             const RunStore& store, const std::vector<Study>& studies) {
  const Causes causes = read_causes(arguments.value("causes").value_or(""));
  const std::vector<std::string> pictures = drawn(page.path(), report);
  page.commit(validation_page({report, store, studies, causes, pictures, without_runs(report)}));
}

}  // namespace gilsim::app
