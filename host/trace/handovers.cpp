#include "host/trace/handovers.hpp"

#include <algorithm>
#include <optional>

#include "host/trace/event_stream.hpp"

namespace gilsim::trace {
namespace {

std::uint32_t first_image(const TraceFile& file) {
  const std::vector<Image>& images = file.images();
  const auto first =
      std::min_element(images.begin(), images.end(),
                       [](const Image& a, const Image& b) { return a.number < b.number; });
  return static_cast<std::uint32_t>(first - images.begin());
}

}  // namespace

std::uint64_t handovers_between(const TraceFile& file, std::uint64_t from, std::uint64_t to) {
  const std::uint32_t image = first_image(file);
  std::optional<std::uint16_t> lock;  // the first that is taken there
  std::optional<std::uint32_t> holder;
  std::uint64_t handovers = 0;
  EventStream stream(file);
  for (Event event; stream.next(event);) {
    if (event.kind != Kind::kTake || file.threads()[event.thread].image != image) continue;
    if (!lock) lock = event.argument;
    if (event.argument != *lock) continue;
    const bool is_another = holder && *holder != event.thread;
    if (is_another && from <= event.time && event.time < to) ++handovers;
    holder = event.thread;
  }
  return handovers;
}

}  // namespace gilsim::trace
