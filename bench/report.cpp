#include "bench/report.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace gilsim::bench {
namespace {

template <class... Values>
std::string formatted(const char* format, Values... values) {
  char text[512];
  const int length = std::snprintf(text, sizeof text, format, values...);
  return {text, static_cast<std::size_t>(length)};
}

std::string or_else(const char* nothing, double target) {
  return target > 0 ? formatted("%.1f", target) : nothing;
}

std::string json_of(const Point& p) {
  const std::string workload(p.workload);
  return formatted(R"({"workload": "%s", "size": %lld, "unit": "%s", "amount": %lld, )",
                   workload.c_str(), static_cast<long long>(p.size),
                   p.unit == Amount::kOperations ? "operations" : "milliseconds",
                   static_cast<long long>(p.amount)) +
         "\"target_ns\": " + or_else("null", p.target) +
         ", \"target_ratio\": " + or_else("null", p.target_ratio) + "}";
}

std::string json_of(const Finding& f) {
  const std::string workload(f.point.workload);
  return formatted(R"({"workload": "%s", "size": %lld, "amount": %lld, "operations": %lld, )",
                   workload.c_str(), static_cast<long long>(f.point.size),
                   static_cast<long long>(f.point.amount), static_cast<long long>(f.operations)) +
         formatted(R"("best_ns": %.3f, "median_ns": %.3f, "check": %.17g, )", f.best, f.median,
                   f.check) +
         formatted(R"("peak_resident_bytes": %lld, "repetitions": %lld})",
                   static_cast<long long>(f.peak_resident_bytes),
                   static_cast<long long>(f.repetitions));
}

template <class Element>
void write_list(std::ostream& out, std::string_view program, const char* key,
                const std::vector<Element>& list) {
  out << "{\"schema\": 1, \"program\": \"" << program << "\", \"" << key << "\": [";
  for (std::size_t i = 0; i < list.size(); ++i) {
    out << (i == 0 ? "\n  " : ",\n  ") << json_of(list[i]);
  }
  out << "\n]}\n";
}

}  // namespace

Finding summarise(const Point& point, const std::vector<Measured>& repetitions) {
  Finding finding;
  finding.point = point;
  finding.operations = repetitions.front().operations;
  finding.check = repetitions.front().check;
  finding.repetitions = static_cast<std::int64_t>(repetitions.size());
  std::vector<double> costs;
  for (const Measured& m : repetitions) {
    if (m.operations != finding.operations || m.check != finding.check) {
      throw std::runtime_error("two repetitions of " + std::string(point.workload) +
                               " did different things");
    }
    costs.push_back(static_cast<double>(m.cpu_nanoseconds) /
                    static_cast<double>(std::max<std::int64_t>(m.operations, 1)));
    finding.peak_resident_bytes = std::max(finding.peak_resident_bytes, m.peak_resident_bytes);
  }
  std::sort(costs.begin(), costs.end());
  const std::size_t n = costs.size();
  finding.best = costs.front();
  finding.median = (costs[(n - 1) / 2] + costs[n / 2]) / 2;
  return finding;
}

void write_heading(std::ostream& out) {
  out << formatted("%-11s %9s %11s %10s %10s %7s %9s  %s\n", "workload", "size", "operations",
                   "best ns", "median ns", "target", "peak MB", "check");
}

void write_line(std::ostream& out, const Finding& f) {
  const std::string workload(f.point.workload);
  out << formatted("%-11s %9lld %11lld %10.1f %10.1f %7s %9.1f  %.15g\n", workload.c_str(),
                   static_cast<long long>(f.point.size), static_cast<long long>(f.operations),
                   f.best, f.median, or_else("-", f.point.target).c_str(),
                   static_cast<double>(f.peak_resident_bytes) * 1e-6, f.check)
      << std::flush;
}

void write_plan(std::ostream& out, std::string_view program, const std::vector<Point>& points) {
  write_list(out, program, "plan", points);
}

void write_json(std::ostream& out, std::string_view program, const std::vector<Finding>& findings) {
  write_list(out, program, "results", findings);
}

}  // namespace gilsim::bench
