#include "app/sweep_csv.hpp"

#include "app/report_csv.hpp"

namespace gilsim::app {
namespace {

constexpr const char* kLineEnd = "\r\n";

// Numbers as in the NDJSON: the shortest text that reads back equal.
std::string field(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return csv_field(value.get<std::string>());
  return value.dump();
}

const Json& part(const Json& figure, const std::string& which) {
  return figure.at(figure.at("unit") == "ns" ? which + "_ns" : which);
}

}  // namespace

std::string sweep_csv_header(const SweepPlan& plan) {
  std::string line = "point";
  for (const VariedColumn& column : plan.columns) line += "," + csv_field("varied." + column.name);
  return line +
         ",label,strategy,workers,cores,interpreter,switch_interval_ns,lock,metric,unit,median,low,"
         "high,"
         "replications,half_width,fingerprint" +
         kLineEnd;
}

std::string sweep_csv_rows(const Json& record) {
  std::string begin = field(record.at("point"));
  for (const auto& [name, value] : record.at("varied").items()) begin += "," + field(value);
  for (const char* const key :
       {"label", "strategy", "workers", "cores", "interpreter", "switch_interval_ns", "lock"}) {
    begin += "," + field(record.at(key));
  }
  std::string end;
  for (const char* const key : {"replications", "half_width", "fingerprint"}) {
    end += "," + field(record.at(key));
  }
  std::string rows;
  for (const auto& [metric, figure] : record.at("figures").items()) {
    rows += begin + "," + csv_field(metric) + "," + field(figure.at("unit"));
    for (const char* const which : {"median", "low", "high"})
      rows += "," + field(part(figure, which));
    rows += end + kLineEnd;
  }
  return rows;
}

}  // namespace gilsim::app
