#include "host/trace/event_stream.hpp"

namespace gilsim::trace {

bool EventStream::Later::operator()(std::uint32_t left, std::uint32_t right) const {
  const Event& a = (*cursors)[left].event;
  const Event& b = (*cursors)[right].event;
  if (a.time != b.time) return a.time > b.time;
  const bool a_drops = a.kind == Kind::kDrop;
  const bool b_drops = b.kind == Kind::kDrop;
  return a_drops != b_drops ? b_drops : left > right;
}

EventStream::EventStream(const TraceFile& file)
    : file_(file),
      end_time_(file.end_time()),
      cursors_(file.threads().size()),
      queue_(Later{&cursors_}) {
  for (std::uint32_t thread = 0; thread < cursors_.size(); ++thread) {
    const Segment& first = file.threads()[thread].segments.front();
    cursors_[thread].at = first.begin;
    cursors_[thread].time = first.time;
    if (advance(thread)) queue_.push(thread);
  }
}

bool EventStream::advance(std::uint32_t thread) {
  Cursor& cursor = cursors_[thread];
  const std::vector<Segment>& segments = file_.threads()[thread].segments;
  while (cursor.at == segments[cursor.segment].end) {
    if (++cursor.segment == segments.size()) return false;
    cursor.at = segments[cursor.segment].begin;
    cursor.time = segments[cursor.segment].time;
  }
  const std::uint64_t word = *cursor.at;
  const std::uint64_t* const payload = cursor.at + 1;
  cursor.at += 1 + payload_words(word);
  const auto kind = static_cast<Kind>(kind_of(word));
  cursor.time = kind == Kind::kTime ? *payload : cursor.time + delta_of(word);
  cursor.event = {cursor.time, kind, argument_of(word), thread, payload};
  return cursor.time <= end_time_;
}

bool EventStream::next(Event& event) {
  if (queue_.empty()) return false;
  const std::uint32_t thread = queue_.top();
  queue_.pop();
  event = cursors_[thread].event;
  if (advance(thread)) queue_.push(thread);
  return true;
}

}  // namespace gilsim::trace
