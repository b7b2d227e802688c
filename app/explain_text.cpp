#include "app/activity_look.hpp"
#include "app/conditioning.hpp"
#include "app/explain.hpp"
#include "app/focus.hpp"
#include "app/format.hpp"
#include "app/plot_axis.hpp"
#include "app/text_table.hpp"
#include "scenario/suggest.hpp"

namespace gilsim::app {
namespace {

using model::Activity;

constexpr std::size_t kWidth = 96;
constexpr auto kLeft = TextTable::Align::kLeft;

std::string percent(double share) { return human_count(100 * share) + " %"; }

std::string intervals(double count) {
  const std::string text = human_count(count);
  return text + (text == "1" ? " switch interval" : " switch intervals");
}

std::string convoy_sentence(const Explanation& explanation) {
  if (!explanation.convoy) return "";
  const Convoy& convoy = *explanation.convoy;
  return "A convoy: each time " + printable(convoy.waiter) + " wants the lock it waits " +
         human_time(static_cast<double>(convoy.mean_wait.count())) + " on average, " +
         intervals(convoy.intervals) + " and " + percent(convoy.share) + " of its time in all. " +
         printable(convoy.holder) +
         " computes and lets go only when it has been asked for a whole interval.";
}

std::string conditioning_sentence(const Prediction& own) {
  if (own.ill_conditioned.empty()) return "";
  return "Ill-conditioned: a race within microseconds decides this; trust its kind, not its "
         "digits. " +
         conditioning_text(own.ill_conditioned.front()) + ".";
}

std::string paragraph(const std::string& text) {
  return text.empty() ? "" : wrapped(text, kWidth) + "\n";
}

std::string batch_text(const Explanation& explanation) {
  return bounds_text(explanation) + paragraph(convoy_sentence(explanation));
}

std::string looping_text(const Explanation& explanation) {
  TextTable table;
  table.add_column("thread", kLeft);
  table.add_column("operations");
  table.add_column("alone");
  table.add_column("of that");
  table.add_column("has the lock");
  table.add_column("waits for it");
  const auto& threads = explanation.point.configuration.threads;
  const model::Timeline& timeline = explanation.timeline;
  const auto share = [&](const model::TimelineThread& thread, auto counts) {
    double time = 0;
    for (std::size_t i = 0; i < model::kActivities; ++i) {
      if (counts(static_cast<Activity>(i))) time += static_cast<double>(thread.times[i].count());
    }
    return percent(time / static_cast<double>(timeline.length.count()));
  };
  std::size_t seen = 0;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    const std::string metric = threads[i].name + ".rate";
    const double own = median_of(explanation.own, metric).value_or(0);
    const double alone =
        i < explanation.alone.size() ? median_of(explanation.alone[i], metric).value_or(0) : 0;
    const model::TimelineThread& first = timeline.threads.at(seen);
    table.add_row({printable(threads[i].name), human_rate(own), alone > 0 ? human_rate(alone) : "",
                   alone > 0 ? percent(own / alone) : "",
                   share(first, [](Activity a) { return model::holds_the_lock(a); }),
                   share(first, [](Activity a) { return a == Activity::kWaitsForLock; })});
    seen += static_cast<std::size_t>(threads[i].count);
  }
  const double held = share_of(timeline, Activity::kPython) +
                      share_of(timeline, Activity::kNativeHeld) +
                      share_of(timeline, Activity::kHeldOffCore);
  const std::string lock = timeline.excludes && timeline.locks == 1
                               ? "The lock is held " + percent(held) + " of the time" +
                                     (held > 0.9 ? ": it is the limit." : ".")
                               : "";
  return "What each thread gets, beside what it would get alone:\n\n" + table.text() + "\n" +
         paragraph(lock) + paragraph(convoy_sentence(explanation));
}

}  // namespace

std::string explanation_text(const Study& study, const Explanation& explanation) {
  std::string text = printable(study.name) + ": " + printable(study.scenario.question) + "\n" +
                     full_label(explanation.point) + "\n";
  const std::vector<std::string> others = other_labels(study, explanation.point);
  if (!others.empty()) text += "Other points, for --point: " + scenario::join(others, " ") + "\n";
  text += "\n";
  text += explanation.point.configuration.is_batch() ? batch_text(explanation)
                                                     : looping_text(explanation);
  text += paragraph(conditioning_sentence(explanation.own));
  text += "\n" + changes_text(explanation);
  const std::string best = advice(explanation);
  return best.empty() ? text : text + "\n" + paragraph(best);
}

}  // namespace gilsim::app
