// What bounds a batch, by how much, and where the rest of the run goes.
#include <algorithm>
#include <cmath>

#include "app/activity_look.hpp"
#include "app/demands.hpp"
#include "app/explain.hpp"
#include "app/format.hpp"
#include "app/plot_axis.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

using analysis::Bound;
using analysis::Resource;
using model::Activity;

constexpr std::size_t kWidth = 96;
constexpr auto kLeft = TextTable::Align::kLeft;

std::string percent(double share) { return human_count(100 * share) + " %"; }

std::string resource_name(Resource resource) {
  switch (resource) {
    case Resource::kLock:
      return "lock";
    case Resource::kCores:
      return "cores";
    case Resource::kQuota:
      return "CPU quota";
    case Resource::kMemory:
      return "memory bandwidth";
    case Resource::kWorkers:
      return "workers";
    case Resource::kTask:
      return "longest task";
    case Resource::kPath:
      return "critical path";
    case Resource::kTurns:
      return "whole turns";
    case Resource::kDispatch:
      return "handing out";
    case Resource::kPickling:
      return "pickling";
    case Resource::kHandling:
      return "using results";
    case Resource::kParent:
      return "parent's lock";
    case Resource::kStart:
      return "starting workers";
    case Resource::kLoop:
      return "event loop";
    case Resource::kDevice:
      return "device";
  }
  return "";
}

std::string bytes_text(std::int64_t bytes) {
  const char* const units[] = {"B", "KiB", "MiB", "GiB"};
  auto count = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; count >= 1024 && unit < 3; ++unit) count /= 1024;
  return human_count(count) + " " + units[unit];
}

std::string handing_out(const model::Configuration& configuration) {
  const std::string tasks = plural(configuration.batch.tasks, "task");
  if (model::is_thread_strategy(configuration.strategy))
    return "one thread hands out all of " + tasks;
  const int chunk = model::chunk_size_of(configuration);
  return tasks + " in " + plural((configuration.batch.tasks + chunk - 1) / chunk, "chunk") +
         ": messages there and back, under the parent's lock";
}

std::string payloads(const model::Configuration& configuration) {
  const model::Payload& payload = configuration.batch.payload;
  std::string text = plural(configuration.batch.tasks, "task") + " with ";
  if (payload.argument.value > 0) text += bytes_text(payload.argument.value) + " each";
  if (payload.result.value > 0) {
    text +=
        (payload.argument.value > 0 ? " and " : "") + bytes_text(payload.result.value) + " back";
  }
  return text + (payload.via == model::PayloadVia::kPickle
                     ? ", pickled and moved by the parent one after another"
                     : ", copied into shared memory");
}

std::string work_text(const analysis::BatchDemands& demands) {
  const double work = demands.computing - demands.outside + demands.blocking;
  const std::string waiting =
      demands.blocking > 0 ? ", " + percent(demands.blocking / work) + " of it waiting" : "";
  return human_time(work) + " of work" + waiting;
}

std::string workers_at_a_time(const Explanation& explanation) {
  const bool one_by_one =
      explanation.point.configuration.pool.pattern == model::PoolPattern::kOneByOne;
  if (one_by_one) return "the next task is submitted when the last is back";
  return plural(explanation.demands.workers, "worker") + ", one thing at a time each";
}

std::string cores_text(double cores) {
  const std::string count = human_count(cores);
  const bool is_whole = count.find('.') == std::string::npos;
  return (is_whole ? "" : "what is worth ") + count + (count == "1" ? " core" : " cores");
}

std::string device_text(const model::Configuration& configuration) {
  const model::Device& device = configuration.devices[busiest_device(configuration, 1)];
  const std::string transfers = plural(device.servers, "wait") + " at a time";
  return "'" + printable(device.name) + "' serves " +
         (device.discipline == model::Discipline::kShared ? "as much as " : "") + transfers;
}

std::string because(const Explanation& explanation, Resource resource) {
  const analysis::BatchDemands& demands = explanation.demands;
  const model::Configuration& configuration = explanation.point.configuration;
  switch (resource) {
    case Resource::kLock:
      return "bytecode and C code that keeps it, one thread at a time";
    case Resource::kCores:
      return human_time(demands.computing) + " of computing, on " + cores_text(demands.cores);
    case Resource::kQuota:
      return human_time(demands.computing) + " of computing, at " + human_count(demands.quota) +
             " CPUs' worth of quota";
    case Resource::kMemory:
      return "what the native code moves, at the most that memory gives";
    case Resource::kWorkers:
      return work_text(demands) + ", " + workers_at_a_time(explanation);
    case Resource::kTask:
      return "nothing is over before it is";
    case Resource::kPath:
      return "tasks that wait for each other: " + critical_stages(configuration, 1);
    case Resource::kTurns:
      return plural(demands.pieces, "equal piece") + " on " + plural(demands.workers, "worker") +
             ": " + plural((demands.pieces + demands.workers - 1) / demands.workers, "turn");
    case Resource::kDispatch:
      return handing_out(configuration);
    case Resource::kPickling:
      return payloads(configuration);
    case Resource::kHandling:
      return "the main thread, one result after another";
    case Resource::kParent:
      return "handing out, pickling, using results: its threads share one lock";
    case Resource::kStart:
      return plural(demands.workers, "worker") + " one after another, and the end";
    case Resource::kLoop:
      return "whatever is not awaited runs on its one thread";
    case Resource::kDevice:
      return device_text(configuration);
  }
  return "";
}

// The parent's lock says nothing new where one of its uses is nearly all of it.
bool says_nothing_new(const Explanation& explanation, const Bound& bound) {
  const analysis::BatchDemands& demands = explanation.demands;
  return bound.resource == Resource::kParent &&
         bound.time < 1.01 * std::max({demands.dispatch, demands.pickling, demands.handling});
}

std::string bounds_table(const Explanation& explanation, double wall) {
  TextTable table;
  table.add_column("resource", kLeft);
  table.add_column("at least");
  table.add_column("of the run");
  table.add_column("because", kLeft);
  for (const Bound& bound : explanation.bounds) {
    if (bound.time < 0.01 * wall || says_nothing_new(explanation, bound)) continue;
    table.add_row({resource_name(bound.resource), human_time(bound.time),
                   percent(bound.time / wall), because(explanation, bound.resource)});
  }
  return table.text();
}

// Where what the layout adds is more than the tasks' own work, or all that the parent does.
std::string layout_sentence(const Explanation& explanation) {
  const analysis::BatchDemands& demands = explanation.demands;
  if (demands.handling > std::max(demands.messages, demands.payloads)) {
    return "What the main thread does with the results is the limit: more workers gain nothing.";
  }
  if (demands.payloads > demands.messages) {
    return "Pickling is the limit: what crosses between the processes takes more than the work.";
  }
  const bool chunks = model::is_process_strategy(explanation.point.configuration.strategy) ||
                      explanation.point.configuration.strategy == model::StrategyKind::kDummyPool;
  return std::string("Handing out the tasks is the limit: they are too small") +
         (chunks ? ", or travel in too small chunks." : "; several in one call share its price.");
}

bool adds_more_than_it_works(const analysis::BatchDemands& demands) {
  const double added = demands.messages + demands.payloads;
  return added > 0.5 * demands.computing && demands.computing > demands.blocking;
}

std::string device_sentence(const model::Configuration& configuration) {
  const model::Device& device = configuration.devices[busiest_device(configuration, 1)];
  const std::string name = "'" + printable(device.name) + "'";
  return device.discipline == model::Discipline::kShared
             ? "The device " + name + " is the limit: only more bandwidth, or less to move, helps."
             : "The device " + name + " is the limit: only more servers, or shorter waits, help.";
}

std::string limit_sentence(const Explanation& explanation, double wall) {
  const analysis::BatchDemands& demands = explanation.demands;
  const bool mostly_waits = demands.blocking > demands.computing;
  if (adds_more_than_it_works(demands)) return layout_sentence(explanation);
  constexpr double kDecides = 0.7;
  if (const Bound& largest = explanation.bounds.front(); largest.time < kDecides * wall) {
    return "No resource alone is the limit: the largest of these bounds, " +
           resource_name(largest.resource) + ", is " + percent(largest.time / wall) +
           " of the run.";
  }
  switch (explanation.bounds.front().resource) {
    case Resource::kLock:
      return "The lock is the limit: more threads or cores gain nothing.";
    case Resource::kCores:
      return demands.cores < 1.5 && demands.workers == 1
                 ? "One worker computes on one core: only more workers, or less computing, help."
                 : "The cores are the limit: they compute nearly all of the time.";
    case Resource::kQuota:
      return "The CPU quota is the limit: beyond it the container stands still.";
    case Resource::kMemory:
      return "Memory bandwidth is the limit: the cores wait for it.";
    case Resource::kWorkers:
      return mostly_waits ? "Waiting is the limit, and there are too few workers to overlap it."
                          : "The number of workers is the limit: each does one thing at a time.";
    case Resource::kTask:
      return "The longest task is the limit: all else is done before it.";
    case Resource::kPath:
      return "The critical path is the limit: its tasks can only go one after the other.";
    case Resource::kTurns:
      return "Uneven shares are the limit: in the last turn workers have nothing to do.";
    case Resource::kDispatch:
    case Resource::kPickling:
    case Resource::kHandling:
    case Resource::kParent:
      return layout_sentence(explanation);
    case Resource::kStart:
      return "Starting the workers is the limit: there is too little work for them.";
    case Resource::kLoop:
      return "The event loop is the limit: its one thread always has something to run.";
    case Resource::kDevice:
      return device_sentence(explanation.point.configuration);
  }
  return "";
}

// What the layout costs in computing, where that is much.
std::string overhead_sentence(const analysis::BatchDemands& demands) {
  constexpr double kMuch = 0.2;
  const double overhead = demands.messages + demands.payloads;
  if (overhead < kMuch * demands.computing) return "";
  std::string parts;
  if (demands.payloads > 0.05 * overhead) {
    parts = human_time(demands.payloads) + " of pickling and moving payloads";
  }
  if (demands.messages > 0.05 * overhead) {
    parts += (parts.empty() ? "" : ", ") + human_time(demands.messages) +
             " of handing out tasks and taking results";
  }
  return "Of all computing " + percent(overhead / demands.computing) +
         " is not the tasks': " + parts + ".";
}

// What the run takes beyond its largest bound, and where threads lost time in it.
std::string loss_sentence(const Explanation& explanation, double wall) {
  const double rest = wall - explanation.bounds.front().time;
  if (rest < 0.03 * wall) return "";
  std::string text =
      "The other " + percent(rest / wall) + ", " + human_time(rest) +
      ", is what it costs to share, to need one thing after another and to end unevenly";
  const double start = explanation.demands.start;
  if (start > 0.1 * rest) {
    text +=
        "; starting and ending the pool takes " + human_time(start) + ", in part beside the work";
  }
  text += ".";
  struct Loss {
    Activity activity;
    const char* words;
  };
  std::string where;
  for (const Loss& loss :
       {Loss{Activity::kWaitsForLock, "for the lock"}, Loss{Activity::kWaitsForCore, "for a core"},
        Loss{Activity::kHeldOffCore, "for a core while one of them has the lock"},
        Loss{Activity::kThrottled, "for the quota"}, Loss{Activity::kWaking, "to be woken"}}) {
    const double threads = share_of(explanation.timeline, loss.activity);
    if (threads < 0.05) continue;
    where += (where.empty() ? "" : ", ") + human_count(threads) + " " + loss.words;
  }
  return where.empty() ? text : text + " Threads that wait, on average: " + where + ".";
}

}  // namespace

double share_of(const model::Timeline& timeline, Activity activity) {
  double time = 0;
  for (const model::TimelineThread& thread : timeline.threads) {
    time += static_cast<double>(thread.times[static_cast<std::size_t>(activity)].count());
  }
  return time / static_cast<double>(timeline.length.count());
}

std::string bounds_text(const Explanation& explanation) {
  const double wall = median_of(explanation.own, "wall").value_or(0);
  if (explanation.bounds.empty() || wall <= 0) return "";
  return "The run takes " + human_time(wall) +
         ". What it takes at least, were one resource the only one:\n\n" +
         bounds_table(explanation, wall) + "\n" +
         wrapped(limit_sentence(explanation, wall) + " " + overhead_sentence(explanation.demands) +
                     " " + loss_sentence(explanation, wall),
                 kWidth) +
         "\n";
}

}  // namespace gilsim::app
