#include <algorithm>
#include <cmath>
#include <map>

#include "app/activity_look.hpp"
#include "app/format.hpp"
#include "app/picture_parts.hpp"
#include "app/pictures.hpp"
#include "app/text_table.hpp"

namespace gilsim::app {
namespace {

constexpr std::size_t kMostThreads = 20;
constexpr double kHeight = 0.62;
constexpr double kLabelled = 14;  // per cent: as wide as the words inside

}  // namespace

Picture shares_picture(const PlotReport& report, const model::Timeline& timeline,
                       const TimelineCaption& caption) {
  const std::size_t rows = std::min(timeline.threads.size(), kMostThreads);
  std::vector<std::string> names;
  std::map<std::size_t, std::string> blocks;  // by look
  std::size_t longest = 0;
  std::string labels;
  std::vector<std::string> label_words;
  for (std::size_t i = 0; i < rows; ++i) {
    names.push_back(printable(timeline.threads[i].name));
    longest = std::max(longest, display_width(names.back()));
    const double y = -static_cast<double>(i + 1);
    double left = 0;
    for (std::size_t k = 0; k < activity_looks().size(); ++k) {
      const auto time =
          timeline.threads[i].times[static_cast<std::size_t>(activity_looks()[k].activity)];
      const double share =
          100 * static_cast<double>(time.count()) / static_cast<double>(timeline.length.count());
      if (share <= 0) continue;
      blocks[k] +=
          data_row({left + share / 2, y, left, left + share, y - kHeight / 2, y + kHeight / 2});
      if (share >= kLabelled) {
        label_words.push_back(std::string(activity_looks()[k].column) + " " +
                              human_count(std::round(share)) + " %");
        labels += data_row({left + share / 2, y, static_cast<double>(label_words.size())});
      }
      left += share;
    }
  }
  std::vector<std::string> words, colors;
  std::string data;
  for (const auto& [look, block] : blocks) {
    words.emplace_back(activity_looks()[look].words);
    colors.emplace_back(activity_looks()[look].color);
    data += (data.empty() ? "" : "\n\n") + block;
  }
  Picture picture;
  picture.name = "shares-" + file_name_part(caption.name);
  picture.script = "timeline.gp";
  picture.title = caption.title;
  picture.terminal_rows = 0;
  const auto key_rows = static_cast<double>((words.size() + 1) / 2);
  const int height = 246 + 34 * static_cast<int>(rows) + 22 * static_cast<int>(key_rows);
  const std::string hidden = rows == timeline.threads.size()
                                 ? ""
                                 : " The first " + std::to_string(rows) + " threads are shown.";
  GnuplotParameters& p = picture.parameters;
  set_frame(p,
            {picture.title,
             caption.point + ": where the time of one simulated run of " +
                 human_time(static_cast<double>(timeline.length.count())) + " went." + hidden,
             {1060, height}},
            report, report.points);
  p.set("XLABEL", "share of the time of the run (%); what is missing to 100 %: not there");
  p.set("X_LOW", 0);
  p.set("X_HIGH", 100);
  p.set("ROWS", names);
  p.set("ROW_NAME_WIDTH", 8.2 * static_cast<double>(longest));
  p.set("KEY_ROWS", key_rows);
  p.set("COLORS", colors);
  p.set("WORDS", words);
  p.set("HAS_BOXES", 0.0);
  p.set("HAS_LABELS", label_words.empty() ? 0.0 : 1.0);
  if (!label_words.empty()) {
    p.set("LABEL_WORDS", label_words);
    p.set_data("LABELS", labels);
  }
  p.set_data("DATA", data);
  return picture;
}

}  // namespace gilsim::app
