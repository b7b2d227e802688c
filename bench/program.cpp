#include "bench/program.hpp"

#include <algorithm>
#include <iostream>
#include <string>

#include "bench/options.hpp"
#include "bench/report.hpp"

namespace gilsim::bench {
namespace {

const Named* find(const std::vector<Named>& workloads, std::string_view name) {
  const auto found = std::find_if(workloads.begin(), workloads.end(),
                                  [&](const Named& named) { return named.name == name; });
  return found == workloads.end() ? nullptr : &*found;
}

std::vector<Point> chosen(const Options& options, const std::vector<Named>& workloads) {
  std::vector<Point> points;
  for (Point point : kPlan) {
    const Named* const named = find(workloads, point.workload);
    if (!named || point.size > named->largest) continue;
    if (!options.workload.empty() && options.workload != point.workload) continue;
    if (options.size && *options.size != point.size) continue;
    if (options.quick) point.amount = point.quick_amount;
    if (options.amount) point.amount = *options.amount;
    if (point.amount > 0) points.push_back(point);
  }
  if (points.empty()) throw UsageError("the plan has no such workload and size for this program");
  return points;
}

Finding measure(const Point& point, Workload workload, std::int64_t repetitions) {
  std::vector<Measured> all;
  for (std::int64_t i = 0; i < repetitions; ++i) {
    all.push_back(in_own_process(workload, {point.size, point.amount}));
  }
  return summarise(point, all);
}

void run(std::string_view program, const std::vector<Named>& workloads, const Options& options) {
  const std::vector<Point> points = chosen(options, workloads);
  if (options.list) return write_plan(std::cout, program, points);
  const std::int64_t repetitions = options.quick ? 1 : options.repetitions;
  std::vector<Finding> findings;
  if (!options.json) write_heading(std::cout);
  for (const Point& point : points) {
    findings.push_back(measure(point, find(workloads, point.workload)->run, repetitions));
    if (!options.json) write_line(std::cout, findings.back());
  }
  if (options.json) write_json(std::cout, program, findings);
}

}  // namespace

int run_program(std::string_view program, const std::vector<Named>& workloads, int argc,
                char** argv) {
  try {
    const Options options = parse_options({argv + 1, argv + argc});
    if (options.help) {
      std::cout << "usage: " << program << kUsage;
      return 0;
    }
    run(program, workloads, options);
    return std::cout.flush() ? 0 : 1;
  } catch (const UsageError& error) {
    std::cerr << "error: " << error.what() << "\nusage: " << program << kUsage;
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 1;
  }
}

}  // namespace gilsim::bench
