#include <algorithm>
#include <map>

#include "app/activity_look.hpp"
#include "app/format.hpp"
#include "app/picture_parts.hpp"
#include "app/pictures.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

using model::Timeline;

constexpr std::size_t kMostThreads = 20;
constexpr std::size_t kMostCores = 16;
constexpr int kWidth = 1160;
constexpr double kPixelsACharacter = 6.4;  // of the labels inside boxes

struct TimeUnit {
  const char* name;
  double nanoseconds;
};

TimeUnit unit_of(const Timeline& timeline) {
  const auto length = (timeline.to - timeline.from).count();
  if (length >= 2'000'000'000) return {"s", 1e9};
  return length >= 2'000'000 ? TimeUnit{"ms", 1e6} : TimeUnit{"µs", 1e3};
}

class Rows {
 public:
  Rows(const Timeline& timeline)
      : timeline_(timeline),
        unit_(unit_of(timeline)),
        threads_(std::min(timeline.threads.size(), kMostThreads)),
        locks_(timeline.locks == 1 && timeline.excludes ? 1 : 0),
        cores_(std::min(static_cast<std::size_t>(timeline.cores), kMostCores)) {}

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < threads_; ++i) {
      names.push_back(printable(timeline_.threads[i].name));
    }
    if (locks_) names.push_back("who has the lock");
    for (std::size_t i = 0; i < cores_; ++i) names.push_back("core " + std::to_string(i));
    return names;
  }

  // Blocks of rows by activity, in the order of the looks.
  std::map<std::size_t, std::string> bars() const {
    std::map<std::size_t, std::string> blocks;
    const auto looks = activity_looks();
    for (const model::Span& span : timeline_.spans) {
      if (span.thread >= threads_) continue;
      const ActivityLook& look = look_of(span.activity);
      const auto index = static_cast<std::size_t>(&look - looks.data());
      blocks[index] += box(span.thread, span.from, span.to, look.height);
    }
    return blocks;
  }

  // Of the lock and the cores; labels where there is room.
  void add_boxes(std::string& boxes, std::string& labels, double plot_width) const {
    const auto add = [&](std::size_t row, std::int64_t thread, sim::Time from, sim::Time to) {
      boxes += box(row, from, to, 0.6);
      const std::size_t name =
          thread < 0 ? timeline_.threads.size() : static_cast<std::size_t>(thread);
      const double wide = plot_width * static_cast<double>((to - from).count()) /
                          static_cast<double>((timeline_.to - timeline_.from).count());
      const auto characters = static_cast<double>(display_width(thread_names()[name]));
      if (wide < kPixelsACharacter * characters + 6) return;
      labels += data_row(
          {middle(from, to), -static_cast<double>(row + 1), static_cast<double>(name + 1)});
    };
    if (locks_) add_holders(add);
    for (const model::CoreSpan& span : timeline_.core_spans) {
      if (span.core < cores_) {
        add(threads_ + locks_ + span.core, span.thread, span.from, span.to);
      }
    }
  }

  std::vector<std::string> thread_names() const {
    std::vector<std::string> names;
    for (const auto& thread : timeline_.threads) names.push_back(printable(thread.name));
    names.push_back("another process");
    return names;
  }
  double at(sim::Time time) const {
    return static_cast<double>(time.since_start().count()) / unit_.nanoseconds;
  }
  const TimeUnit& unit() const { return unit_; }
  std::size_t hidden() const { return timeline_.threads.size() - threads_; }

 private:
  double middle(sim::Time from, sim::Time to) const { return (at(from) + at(to)) / 2; }
  std::string box(std::size_t row, sim::Time from, sim::Time to, double height) const {
    const double y = -static_cast<double>(row + 1);
    return data_row({middle(from, to), y, at(from), at(to), y - height / 2, y + height / 2});
  }

  // A holder's spans in a row make one box.
  template <class Add>
  void add_holders(Add add) const {
    const model::Span* first = nullptr;
    sim::Time until;
    const auto close = [&] {
      if (first) add(threads_, first->thread, first->from, until);
      first = nullptr;
    };
    for (const model::Span& span : timeline_.spans) {
      if (!model::holds_the_lock(span.activity)) continue;
      if (first && (first->thread != span.thread || until != span.from)) close();
      if (!first) first = &span;
      until = span.to;
    }
    close();
  }

  const Timeline& timeline_;
  TimeUnit unit_;
  std::size_t threads_;
  std::size_t locks_;
  std::size_t cores_;
};

}  // namespace

Picture timeline_picture(const PlotReport& report, const Timeline& timeline,
                         const TimelineCaption& caption) {
  const Rows rows(timeline);
  const std::vector<std::string> names = rows.names();
  const auto bars = rows.bars();
  std::vector<std::string> words, colors;
  std::string data;
  for (const auto& [index, block] : bars) {
    words.emplace_back(activity_looks()[index].words);
    colors.emplace_back(activity_looks()[index].color);
    data += (data.empty() ? "" : "\n\n") + block;
  }
  if (words.empty()) {  // a window in which no thread is there
    words = {"no thread is there"};
    colors = {"#ffffff"};
    data = data_row({0, 0, 0, 0, 0, 0});
  }
  std::size_t longest = 0;
  for (const std::string& name : names) longest = std::max(longest, display_width(name));
  const double name_width = 8.2 * static_cast<double>(longest);
  const auto key_rows = static_cast<double>((words.size() + 1) / 2);
  std::string boxes, labels;
  rows.add_boxes(boxes, labels, kWidth - 68 - name_width);

  Picture picture;
  picture.name = "timeline-" + file_name_part(caption.name);
  picture.script = "timeline.gp";
  picture.title = caption.title;
  picture.terminal_rows = 0;
  const int height = 246 + 30 * static_cast<int>(names.size()) + 22 * static_cast<int>(key_rows);
  const std::string hidden =
      rows.hidden() == 0 ? ""
                         : " The first " + std::to_string(kMostThreads) + " threads are shown.";
  GnuplotParameters& p = picture.parameters;
  set_frame(
      p,
      {picture.title,
       caption.point + ", one simulated run. Tall bars: has the lock; half as tall: computes " +
           "without it; flat: waits." + hidden,
       {kWidth, height}},
      report, report.points);
  p.set("XLABEL", std::string("time since the start (") + rows.unit().name + ")");
  p.set("X_LOW", rows.at(timeline.from));
  p.set("X_HIGH", rows.at(timeline.to));
  p.set("ROWS", names);
  p.set("ROW_NAME_WIDTH", name_width);
  p.set("KEY_ROWS", key_rows);
  p.set("COLORS", colors);
  p.set("WORDS", words);
  p.set("THREADS", rows.thread_names());
  p.set("HAS_LABELS", 0.0);
  p.set("HAS_BOXES", boxes.empty() ? 0.0 : 1.0);
  p.set_data("DATA", data);
  p.set_data("BOXES", boxes.empty() ? data_row({0, 0, 0, 0, 0, 0}) : boxes);
  p.set_data("LABELS", labels.empty() ? "NaN NaN 1.0\n" : labels);
  return picture;
}

}  // namespace gilsim::app
