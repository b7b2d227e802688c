#include "app/trace_text.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "app/format.hpp"
#include "app/text_table.hpp"
#include "app/trace_names.hpp"

namespace gilsim::app {
namespace {

constexpr auto kLeft = TextTable::Align::kLeft;

std::string time_text(std::uint64_t nanoseconds) {
  return human_time(static_cast<double>(nanoseconds));
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "" : human_percent(static_cast<double>(part) / static_cast<double>(whole));
}

std::string quantiles_text(const trace::Histogram& histogram) {
  if (histogram.count() == 0) return "";
  return time_text(histogram.quantile(0.5)) + ", " + time_text(histogram.quantile(0.99));
}

std::string exit_text(int status) {
  return WIFSIGNALED(status) ? "ended by signal " + std::to_string(WTERMSIG(status))
                             : "exit code " + std::to_string(WEXITSTATUS(status));
}

std::string how_it_ended(const trace::Header& header) {
  switch (static_cast<trace::End>(header.end.load())) {
    case trace::End::kNone:
      return "killed together with gilsim record; recorded up to there";
    case trace::End::kFinished:
      return exit_text(static_cast<int>(header.exit_status));
    case trace::End::kLimit:
      return "recorded up to --limit";
    case trace::End::kDiskFull:
      return "recorded until the disk was full";
    case trace::End::kFileSizeLimit:
      return "recorded up to the limit of a file's size (ulimit -f)";
    case trace::End::kUnwritable:
      return std::string("recorded until the file could not be written: ") +
             std::strerror(static_cast<int>(header.end_errno.load()));
  }
  return "ended in a way this gilsim doesn't know";
}

std::string heading(const trace::TraceFile& file, const trace::Summary& summary) {
  const trace::Header& header = file.header();
  std::string text = command_text(file.command()) + ": " + how_it_ended(header);
  if (header.finished != 0) {
    text += ", " + time_text(header.finished - header.started) + " wall, " +
            time_text(header.user_time + header.system_time) + " CPU";
  }
  return text + "; " + std::to_string(summary.events) + " events\n\n";
}

std::string programs_table(const trace::TraceFile& file) {
  TextTable table;
  table.add_column("process");
  table.add_column("Python", kLeft);
  table.add_column("program", kLeft);
  for (const trace::Image& image : file.images()) {
    table.add_row({std::to_string(image.process), version_text(image.interpreter),
                   command_text(image.command)});
  }
  return table.text() + "\n";
}

std::string locks_table(const trace::TraceFile& file, const trace::Summary& summary) {
  TextTable table;
  for (const char* title :
       {"process", "lock", "takes", "handovers", "held", "contended", "kept p50, p99",
        "gap p50, p99", "forced drops", "kept p50, p99", "to oldest", "stolen", "came later"}) {
    table.add_column(title);
  }
  for (const trace::LockSummary& lock : summary.locks) {
    const std::uint64_t forced = lock.forced_to_oldest + lock.forced_stolen + lock.forced_barged;
    table.add_row({std::to_string(file.images()[lock.image].process), std::to_string(lock.lock),
                   std::to_string(lock.takes), std::to_string(lock.handovers), time_text(lock.held),
                   time_text(lock.contended), quantiles_text(lock.tenure), quantiles_text(lock.gap),
                   std::to_string(lock.forced_tenure.count()), quantiles_text(lock.forced_tenure),
                   share_text(lock.forced_to_oldest, forced),
                   share_text(lock.forced_stolen, forced), share_text(lock.forced_barged, forced)});
  }
  return table.text() + "\n";
}

using Calls = std::array<trace::CallTime, trace::kCalls>;

std::uint64_t total(const Calls& calls) {
  return std::accumulate(
      calls.begin(), calls.end(), std::uint64_t{0},
      [](std::uint64_t sum, const trace::CallTime& call) { return sum + call.time; });
}

std::string largest_call(const Calls& calls) {
  const auto largest = std::max_element(
      calls.begin(), calls.end(),
      [](const trace::CallTime& a, const trace::CallTime& b) { return a.time < b.time; });
  if (largest->time == 0) return "";
  return call_names()[static_cast<std::size_t>(largest - calls.begin())] + " " +
         share_text(largest->time, total(calls));
}

std::string largest_holder(const trace::ThreadSummary& thread,
                           const std::vector<std::string>& names) {
  const auto largest =
      std::max_element(thread.waited_for.begin(), thread.waited_for.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (largest == thread.waited_for.end() || largest->second == 0) return "";
  return names[largest->first] + " " + share_text(largest->second, thread.waited);
}

std::string threads_table(const trace::TraceFile& file, const trace::Summary& summary,
                          const std::vector<std::size_t>& shown) {
  TextTable table;
  for (const char* title :
       {"process", "thread", "lived", "held", "waited", "parked", "native", "blocked"}) {
    table.add_column(title);
  }
  table.add_column("mostly in", kLeft);
  table.add_column("waited mostly for", kLeft);
  for (const char* title : {"takes", "waits", "wait p50, p99", "forced drops", "CPU"}) {
    table.add_column(title);
  }
  const std::vector<std::string> names = thread_names(summary);
  for (const std::size_t index : shown) {
    const trace::ThreadSummary& thread = summary.threads[index];
    table.add_row({std::to_string(file.images()[thread.image].process), names[index],
                   time_text(thread.end - thread.begin), time_text(thread.held),
                   time_text(thread.waited), time_text(thread.parked), time_text(thread.native),
                   time_text(total(thread.blocked)), largest_call(thread.blocked),
                   largest_holder(thread, names), std::to_string(thread.takes),
                   std::to_string(thread.waits), quantiles_text(thread.wait_times),
                   std::to_string(thread.forced_drops),
                   thread.cpu_time == 0 ? "" : time_text(thread.cpu_time)});
  }
  return table.text();
}

// Of one task, on average.
std::string bytes_text(std::uint64_t bytes, std::uint64_t tasks) {
  if (tasks == 0) return "";
  const std::uint64_t each = bytes / tasks;
  return each < 10'240 ? std::to_string(each) + " B" : std::to_string(each / 1024) + " KiB";
}

constexpr std::size_t kMaxTaskRows = 10;

std::string tasks_table(const std::vector<trace::TaskTotals>& all) {
  if (all.empty()) return "";
  TextTable table;
  table.add_column("tasks", kLeft);
  table.add_column("of", kLeft);
  for (const char* title : {"number", "steps", "time p50, p99", "bytecode", "native", "blocked",
                            "arguments", "result"}) {
    table.add_column(title);
  }
  for (const trace::TaskTotals& one : all) {
    if (&one == &all[std::min(all.size() - 1, kMaxTaskRows)] && all.size() > kMaxTaskRows) break;
    table.add_row({printable(one.name), task_kind_text(one.kind), std::to_string(one.tasks),
                   one.steps == 0 ? "" : std::to_string(one.steps), quantiles_text(one.times),
                   time_text(one.python), one.steps == 0 ? time_text(one.native) : "",
                   one.steps == 0 ? time_text(one.wait) : "",
                   bytes_text(one.argument_bytes, one.sized),
                   bytes_text(one.result_bytes, one.sized)});
  }
  return table.text() + "\n";
}

// Those with most to do with a lock, in the order of the trace.
std::vector<std::size_t> most_involved(const trace::Summary& summary, std::size_t count) {
  std::vector<std::size_t> order(summary.threads.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto& left = summary.threads[a];
    const auto& right = summary.threads[b];
    return left.held + left.waited > right.held + right.waited;
  });
  order.resize(std::min(order.size(), count));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto& left = summary.threads[a];
    const auto& right = summary.threads[b];
    return std::pair(left.image, left.begin) < std::pair(right.image, right.begin);
  });
  return order;
}

}  // namespace

std::string trace_text(const trace::TraceFile& file, const trace::Summary& summary,
                       const std::vector<trace::TaskTotals>& tasks, std::size_t max_threads) {
  const std::vector<std::size_t> shown = most_involved(summary, max_threads);
  std::string text = heading(file, summary) + programs_table(file) + locks_table(file, summary) +
                     tasks_table(tasks) + threads_table(file, summary, shown);
  if (shown.size() < summary.threads.size()) {
    text += "\n  " +
            plural(static_cast<long long>(summary.threads.size() - shown.size()), "more thread") +
            ": --threads shows them\n";
  }
  return text;
}

}  // namespace gilsim::app
