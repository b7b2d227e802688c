#include "app/timeline_text.hpp"

#include <algorithm>
#include <set>

#include "app/activity_look.hpp"
#include "app/format.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

using model::Activity;
using model::Timeline;

constexpr std::size_t kMostThreads = 24;
constexpr std::size_t kMostCores = 16;

double nanoseconds(sim::Duration time) { return static_cast<double>(time.count()); }

// How long each of some things was the case, by column of the drawing.
class Buckets {
 public:
  Buckets(const Timeline& timeline, std::size_t columns, std::size_t things)
      : from_(timeline.from),
        width_(nanoseconds(timeline.to - timeline.from) / static_cast<double>(columns)),
        things_(things),
        time_(columns * things, 0.0) {}

  void add(std::size_t thing, sim::Time from, sim::Time to) {
    const double begin = nanoseconds(from - from_) / width_;
    const double end = nanoseconds(to - from_) / width_;
    const std::size_t columns = time_.size() / things_;
    for (auto i = static_cast<std::size_t>(begin); i < columns && static_cast<double>(i) < end;
         ++i) {
      const double left = std::max(begin, static_cast<double>(i));
      const double right = std::min(end, static_cast<double>(i + 1));
      time_[i * things_ + thing] += right - left;
    }
  }

  // Index of the longest in that column; `things` where nothing was the case for most of it.
  std::size_t longest(std::size_t column) const {
    const auto first = time_.begin() + static_cast<std::ptrdiff_t>(column * things_);
    const auto last = first + static_cast<std::ptrdiff_t>(things_);
    const auto best = std::max_element(first, last);
    double rest = 1;
    for (auto i = first; i != last; ++i) rest -= *i;
    return *best > rest ? static_cast<std::size_t>(best - first) : things_;
  }

 private:
  sim::Time from_;
  double width_;
  std::size_t things_;
  std::vector<double> time_;
};

// '1' to '9', 'a' to 'z': threads as the rows of locks and cores name them.
std::string mark_of(std::size_t thread) {
  const char* const marks = "123456789abcdefghijklmnopqrstuvwxyz";
  return thread < 35 ? std::string(1, marks[thread]) : "+";
}

std::string row(const std::string& name, std::size_t width, const std::string& cells) {
  return "  " + padded(name, width) + "  " + cells + "\n";
}

std::string thread_cells(const Timeline& timeline, std::size_t thread, std::size_t columns,
                         std::set<Activity>& seen) {
  Buckets buckets(timeline, columns, model::kActivities);
  for (const model::Span& span : timeline.spans) {
    if (span.thread != thread) continue;
    buckets.add(static_cast<std::size_t>(span.activity), span.from, span.to);
  }
  std::string cells;
  for (std::size_t i = 0; i < columns; ++i) {
    const std::size_t longest = buckets.longest(i);
    const auto activity = static_cast<Activity>(longest);
    if (longest == model::kActivities || activity == Activity::kAbsent) {
      cells += " ";
      continue;
    }
    seen.insert(activity);
    cells += look_of(activity).glyph;
  }
  return cells;
}

std::string lock_cells(const Timeline& timeline, std::size_t lock, std::size_t columns) {
  Buckets buckets(timeline, columns, timeline.threads.size());
  for (const model::Span& span : timeline.spans) {
    const bool has_it = model::holds_the_lock(span.activity);
    if (has_it && timeline.threads[span.thread].lock == lock) {
      buckets.add(span.thread, span.from, span.to);
    }
  }
  std::string cells;
  for (std::size_t i = 0; i < columns; ++i) {
    const std::size_t holder = buckets.longest(i);
    cells += holder == timeline.threads.size() ? " " : mark_of(holder);
  }
  return cells;
}

std::string core_cells(const Timeline& timeline, std::size_t core, std::size_t columns) {
  Buckets buckets(timeline, columns, timeline.threads.size() + 1);
  for (const model::CoreSpan& span : timeline.core_spans) {
    if (span.core != core) continue;
    buckets.add(span.thread < 0 ? timeline.threads.size() : static_cast<std::size_t>(span.thread),
                span.from, span.to);
  }
  std::string cells;
  for (std::size_t i = 0; i < columns; ++i) {
    const std::size_t thread = buckets.longest(i);
    cells += thread > timeline.threads.size()    ? " "
             : thread == timeline.threads.size() ? "o"
                                                 : mark_of(thread);
  }
  return cells;
}

std::string legend_of(const std::set<Activity>& seen) {
  std::string text;
  for (const ActivityLook& look : activity_looks()) {
    if (seen.count(look.activity) == 0 || *look.glyph == ' ') continue;
    text += "  " + std::string(look.glyph) + "  " + look.words + "\n";
  }
  return text;
}

std::string share(sim::Duration part, sim::Duration whole) {
  if (part == sim::Duration{}) return "";
  const double percent = 100 * nanoseconds(part) / nanoseconds(whole);
  return percent < 0.05 ? "<0.1 %" : human_percent(percent / 100);
}

}  // namespace

std::string timeline_drawing(const Timeline& timeline, int columns) {
  const std::size_t rows = std::min(timeline.threads.size(), kMostThreads);
  const bool names_locks = timeline.locks == 1 && timeline.excludes;
  std::size_t width = 6;
  for (std::size_t i = 0; i < rows; ++i) {
    width = std::max(width, display_width(timeline.threads[i].name) + 2);
  }
  const auto cells = static_cast<std::size_t>(
      std::max<std::ptrdiff_t>(20, columns - static_cast<std::ptrdiff_t>(width) - 4));
  std::set<Activity> seen;
  std::string text;
  for (std::size_t i = 0; i < rows; ++i) {
    text += row(mark_of(i) + " " + printable(timeline.threads[i].name), width,
                thread_cells(timeline, i, cells, seen));
  }
  if (rows < timeline.threads.size()) {
    text += "  and " + plural(static_cast<long long>(timeline.threads.size() - rows), "thread") +
            " more\n";
  }
  if (names_locks) text += "\n" + row("lock", width, lock_cells(timeline, 0, cells));
  if (!names_locks) text += "\n";
  const std::size_t cores = std::min(static_cast<std::size_t>(timeline.cores), kMostCores);
  for (std::size_t i = 0; i < cores; ++i) {
    text += row("core " + std::to_string(i), width, core_cells(timeline, i, cells));
  }
  const bool from_start = timeline.from == sim::Time();
  const std::string left = from_start ? "0" : human_time(nanoseconds(timeline.from.since_start()));
  const std::string right = human_time(nanoseconds(timeline.to.since_start()));
  const std::size_t used = display_width(left) + display_width(right);
  const std::string gap(cells > used ? cells - used : 1, ' ');
  return text + row("", width, left + gap + right) + "\n" + legend_of(seen) +
         "  1-9, a-z: which thread has the lock, or the core; o: another process\n";
}

std::string time_shares_drawing(const Timeline& timeline, int columns) {
  const std::size_t rows = std::min(timeline.threads.size(), kMostThreads);
  std::size_t width = 6;
  for (std::size_t i = 0; i < rows; ++i) {
    width = std::max(width, display_width(timeline.threads[i].name) + 2);
  }
  const double cells = std::max(20, columns - static_cast<int>(width) - 4);
  std::set<Activity> seen;
  std::string text;
  for (std::size_t i = 0; i < rows; ++i) {
    std::string bar;
    double until = 0, drawn = 0;  // in cells; rounding never adds up
    for (const ActivityLook& look : activity_looks()) {
      const sim::Duration time = timeline.threads[i].times[static_cast<std::size_t>(look.activity)];
      until += cells * nanoseconds(time) / nanoseconds(timeline.length);
      for (; drawn + 0.5 < until; ++drawn) {
        bar += look.glyph;
        seen.insert(look.activity);
      }
    }
    text += row(mark_of(i) + " " + printable(timeline.threads[i].name), width, bar);
  }
  return text + legend_of(seen);
}

std::string time_shares_table(const Timeline& timeline) {
  TextTable table;
  table.add_column("thread", TextTable::Align::kLeft);
  for (const ActivityLook& look : activity_looks()) table.add_column(look.column);
  table.add_column("not there");
  table.add_column("lock waits");
  table.add_column("mean");
  table.add_column("longest");
  for (const model::TimelineThread& thread : timeline.threads) {
    std::vector<std::string> cells = {printable(thread.name)};
    for (const ActivityLook& look : activity_looks()) {
      cells.push_back(
          share(thread.times[static_cast<std::size_t>(look.activity)], timeline.length));
    }
    cells.push_back(
        share(thread.times[static_cast<std::size_t>(Activity::kAbsent)], timeline.length));
    const auto& waits = thread.lock_waits;
    if (waits.empty()) {
      cells.insert(cells.end(), {"", "", ""});
    } else {
      double total = 0;
      for (const sim::Duration wait : waits) total += nanoseconds(wait);
      cells.push_back(std::to_string(waits.size()));
      cells.push_back(human_time(total / static_cast<double>(waits.size())));
      cells.push_back(human_time(nanoseconds(*std::max_element(waits.begin(), waits.end()))));
    }
    table.add_row(std::move(cells));
  }
  return table.text();
}

}  // namespace gilsim::app
