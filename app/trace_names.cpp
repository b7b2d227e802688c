#include "app/trace_names.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "app/format.hpp"

namespace gilsim::app {

const std::vector<std::string>& call_names() {
  static const std::vector<std::string> names = {
      "read", "write",     "receive", "send",  "accept", "connect",   "poll",   "sleep",
      "lock", "condition", "join",    "child", "sync",   "file_lock", "resolve"};
  return names;
}

std::string task_kind_text(trace::TaskKind kind) {
  switch (kind) {
    case trace::TaskKind::kFunction:
      return "calls";
    case trace::TaskKind::kExecutor:
      return "executor";
    case trace::TaskKind::kPool:
      return "pool";
    case trace::TaskKind::kCoroutine:
      return "coroutine";
  }
  return "unknown";
}

std::vector<std::string> thread_names(const trace::Summary& summary) {
  std::vector<std::size_t> order(summary.threads.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return summary.threads[a].begin < summary.threads[b].begin;
  });
  std::vector<std::string> names(order.size());
  std::map<std::uint32_t, int> counts;
  for (const std::size_t index : order) {
    const trace::ThreadSummary& thread = summary.threads[index];
    names[index] = thread.is_main ? "main" : std::to_string(++counts[thread.image]);
  }
  return names;
}

std::string command_text(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + shell_quoted(word);
  }
  return printable(text);
}

std::string version_text(const std::string& interpreter) {
  const std::string number = interpreter.substr(0, interpreter.find(' '));
  const bool is_free_threaded = interpreter.find("free-threading") != std::string::npos;
  return printable(number + (is_free_threaded ? "t" : ""));
}

std::string end_text(trace::End end) {
  switch (end) {
    case trace::End::kNone:
      return "killed";
    case trace::End::kFinished:
      return "finished";
    case trace::End::kLimit:
      return "limit";
    case trace::End::kDiskFull:
      return "disk_full";
    case trace::End::kFileSizeLimit:
      return "file_size_limit";
    case trace::End::kUnwritable:
      return "unwritable";
  }
  return "unknown";
}

}  // namespace gilsim::app
