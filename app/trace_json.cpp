#include "app/trace_json.hpp"

#include <nlohmann/json.hpp>

#include "app/trace_names.hpp"

namespace gilsim::app {
namespace {

using Json = nlohmann::ordered_json;

Json calls_json(const std::array<trace::CallTime, trace::kCalls>& calls) {
  Json json = Json::object();
  for (std::size_t call = 0; call < calls.size(); ++call) {
    if (calls[call].count == 0) continue;
    json[call_names()[call]] = {{"count", calls[call].count}, {"time_ns", calls[call].time}};
  }
  return json;
}

Json histogram_json(const trace::Histogram& histogram) {
  return {{"count", histogram.count()},
          {"sum_ns", histogram.sum()},
          {"p50_ns", histogram.quantile(0.5)},
          {"p99_ns", histogram.quantile(0.99)},
          {"max_ns", histogram.max()}};
}

Json share_json(const trace::CpuShare& share) {
  return {{"cpu_ns", share.cpu}, {"wall_ns", share.wall}};
}

Json images_json(const trace::TraceFile& file) {
  Json images = Json::array();
  for (const trace::Image& image : file.images()) {
    images.push_back({{"process", image.process},
                      {"parent", image.parent},
                      {"interpreter", version_text(image.interpreter)},
                      {"command", image.command}});
  }
  return images;
}

Json waited_for_json(const trace::ThreadSummary& thread) {
  Json json = Json::array();
  for (const auto& [holder, time] : thread.waited_for) {
    json.push_back({{"thread", holder}, {"time_ns", time}});
  }
  return json;
}

Json threads_json(const trace::Summary& summary) {
  const std::vector<std::string> names = thread_names(summary);
  Json threads = Json::array();
  for (std::size_t index = 0; index < summary.threads.size(); ++index) {
    const trace::ThreadSummary& thread = summary.threads[index];
    threads.push_back({{"name", names[index]},
                       {"program", thread.image},
                       {"thread", thread.thread},
                       {"creator", thread.creator},
                       {"begin_ns", thread.begin - summary.begin},
                       {"end_ns", thread.end - summary.begin},
                       {"held_ns", thread.held},
                       {"waited_ns", thread.waited},
                       {"native_ns", thread.native},
                       {"parked_ns", thread.parked},
                       {"cpu_ns", thread.cpu_time},
                       {"takes", thread.takes},
                       {"waits", thread.waits},
                       {"forced_drops", thread.forced_drops},
                       {"wait", histogram_json(thread.wait_times)},
                       {"blocked", calls_json(thread.blocked)},
                       {"blocked_holding", calls_json(thread.blocked_held)},
                       {"cpu_while_holding", share_json(thread.cpu_held)},
                       {"cpu_while_native", share_json(thread.cpu_released)},
                       {"waited_for", waited_for_json(thread)}});
  }
  return threads;
}

Json locks_json(const trace::Summary& summary) {
  Json locks = Json::array();
  for (const trace::LockSummary& lock : summary.locks) {
    locks.push_back({{"program", lock.image},
                     {"lock", lock.lock},
                     {"takes", lock.takes},
                     {"handovers", lock.handovers},
                     {"held_ns", lock.held},
                     {"contended_ns", lock.contended},
                     {"tenure", histogram_json(lock.tenure)},
                     {"forced_tenure", histogram_json(lock.forced_tenure)},
                     {"gap", histogram_json(lock.gap)},
                     {"after_forced_drop",
                      {{"oldest_waiter", lock.forced_to_oldest},
                       {"stolen", lock.forced_stolen},
                       {"stolen_by_requester", lock.stolen_by_requester},
                       {"came_later", lock.forced_barged}}},
                     {"overlaps", lock.overlaps}});
  }
  return locks;
}

Json tasks_json(const std::vector<trace::TaskTotals>& all) {
  Json tasks = Json::array();
  for (const trace::TaskTotals& one : all) {
    tasks.push_back({{"name", one.name},
                     {"of", task_kind_text(one.kind)},
                     {"tasks", one.tasks},
                     {"unfinished", one.unfinished},
                     {"steps", one.steps},
                     {"time", histogram_json(one.times)},
                     {"python_ns", one.python},
                     {"native_ns", one.native},
                     {"wait_ns", one.wait},
                     {"sized", one.sized},
                     {"argument_bytes", one.argument_bytes},
                     {"result_bytes", one.result_bytes}});
  }
  return tasks;
}

}  // namespace

std::string trace_json(const trace::TraceFile& file, const trace::Summary& summary,
                       const std::vector<trace::TaskTotals>& tasks) {
  const trace::Header& header = file.header();
  const auto end = static_cast<trace::End>(header.end.load());
  Json json = {
      {"schema", 1},
      {"command", file.command()},
      {"ended", end_text(end)},
      {"wall_ns", header.finished == 0 ? Json(nullptr) : Json(header.finished - header.started)},
      {"user_ns", header.user_time},
      {"system_ns", header.system_time},
      {"events", summary.events},
      {"programs", images_json(file)},
      {"locks", locks_json(summary)},
      {"tasks", tasks_json(tasks)},
      {"threads", threads_json(summary)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gilsim::app
