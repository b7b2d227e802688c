#include "sim/event_queue.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

namespace gilsim::sim {

namespace {

// Without the digits of `level` and below.
std::uint64_t higher_digits(std::uint64_t time, int level, int bits) {
  const int above = (level + 1) * bits;
  return above >= 64 ? 0 : (time >> above) << above;
}

}  // namespace

void EventQueue::append(List& list, Event& event) {
  event.next = nullptr;
  event.previous = list.tail;
  (list.tail ? list.tail->next : list.head) = &event;
  list.tail = &event;
}

void EventQueue::prepend(List& list, Event& event) {
  event.previous = nullptr;
  event.next = list.head;
  (list.head ? list.head->previous : list.tail) = &event;
  list.head = &event;
}

void EventQueue::unlink(List& list, Event& event) {
  (event.previous ? event.previous->next : list.head) = event.next;
  (event.next ? event.next->previous : list.tail) = event.previous;
}

void EventQueue::overtake(Event& event) {
  near_begin_ == near_end_ ? put_alone(*only_) : insert_near(*only_);
  only_ = &event;
  event.place = kOnly;
}

// Nothing in the wheel lies before the first slot in use on the lowest level in use.
bool EventQueue::precedes_all_slots(const Event& event) {
  if (behind_ == 0) return true;
  if (ties_size_ > 0) return false;
  assert(used_levels_ != 0);  // nobody asks an empty wheel
  const int level = std::countr_zero(used_levels_);
  const auto slot =
      static_cast<std::uint64_t>(std::countr_zero(used_slots_[static_cast<std::size_t>(level)]));
  const std::uint64_t first = higher_digits(base_, level, kBits) | (slot << (level * kBits));
  const Time start = Time::from_start(Duration::nanoseconds(static_cast<std::int64_t>(first)));
  behind_from_ = std::max(behind_from_, start);
  is_tight_ = true;
  return event.time < behind_from_;
}

void EventQueue::push_behind(Event& event) {
  if (ties_size_ == 0 || event.time.since_start().count() != ties_time_) return file(event, false);
  append(ties_[priority_of(event)], event);
  event.place = static_cast<std::uint32_t>(kInTies + priority_of(event));
  ++ties_size_;
  ++behind_;
}

void EventQueue::centre_near() {
  const std::size_t size = near_size();
  const std::size_t begin = (kNearRoom - size) / 2;
  std::memmove(&near_[begin], &near_[near_begin_], size * sizeof(Entry));
  near_begin_ = begin;
  near_end_ = begin + size;
}

// It precedes all of the wheel, so it goes to the front of its slot.
void EventQueue::move_latest_behind() { file(*near_[near_begin_++].event, true); }

void EventQueue::file(Event& event, bool in_front) {
  behind_from_ = std::min(behind_from_, event.time);
  List& list = slots_[enter(event)];
  if (in_front) {
    prepend(list, event);
  } else {
    append(list, event);
  }
  ++behind_;
}

std::uint32_t EventQueue::enter(Event& event) {
  const auto time = static_cast<std::uint64_t>(event.time.since_start().count());
  if ((time ^ entered_time_) >> entered_shift_ == 0 && slots_[entered_].head) {
    return event.place = entered_;
  }
  const std::uint64_t difference = time ^ base_;
  const int level =
      difference == 0 ? 0 : (static_cast<int>(std::bit_width(difference)) - 1) / kBits;
  const int slot = static_cast<int>((time >> (level * kBits)) & (kSlots - 1));
  event.place = static_cast<std::uint32_t>(level * kSlots + slot);
  used_slots_[static_cast<std::size_t>(level)] |= std::uint64_t{1} << slot;
  used_levels_ |= std::uint32_t{1} << level;
  entered_time_ = time;
  entered_shift_ = level * kBits;
  return entered_ = event.place;
}

EventQueue::List& EventQueue::list_at(std::uint32_t place) {
  return place >= kInTies ? ties_[static_cast<std::size_t>(place - kInTies)] : slots_[place];
}

void EventQueue::forget_if_empty(std::uint32_t place) {
  if (place >= kInTies || slots_[place].head) return;
  const int level = place / kSlots;
  auto& slots = used_slots_[static_cast<std::size_t>(level)];
  slots &= ~(std::uint64_t{1} << (place % kSlots));
  is_tight_ = false;
  if (slots == 0) used_levels_ &= ~(std::uint32_t{1} << level);
}

void EventQueue::cancel(Event& event) {
  const std::uint32_t place = event.place;
  event.place = Event::kNowhere;
  if (place == kOnly) {
    only_ = nullptr;
    return;
  }
  if (place == kInNear) {
    std::size_t i = --near_end_;
    while (near_[i].event != &event) --i;
    for (; i < near_end_; ++i) near_[i] = near_[i + 1];
    return;
  }
  leave_behind(1);
  if (place >= kInTies) --ties_size_;
  unlink(list_at(place), event);
  forget_if_empty(place);
}

Event* EventQueue::pop_behind() {
  if (behind_ == 0) return nullptr;
  if (ties_size_ == 0) refill();
  if (near_begin_ != near_end_) return pop();
  --ties_size_;
  leave_behind(1);
  std::size_t priority = 0;
  while (!ties_[priority].head) ++priority;
  Event* const earliest = ties_[priority].head;
  unlink(ties_[priority], *earliest);
  earliest->place = Event::kNowhere;
  return earliest;
}

// Only called with an empty array, before a pop: whatever it moves `base_` to is popped at once, so
// no event can be pushed before it.
void EventQueue::refill() {
  for (;;) {
    assert(used_levels_ != 0);  // nobody asks an empty wheel
    const int level = std::countr_zero(used_levels_);
    const int slot = std::countr_zero(used_slots_[static_cast<std::size_t>(level)]);
    const auto place = static_cast<std::uint32_t>(level * kSlots + slot);
    List& list = slots_[place];
    const List taken = list;
    if (fill_near_from(list)) {
      list = {};
      forget_if_empty(place);
      base_ = static_cast<std::uint64_t>(near_[near_end_ - 1].time.since_start().count());
      return;
    }
    list = {};
    forget_if_empty(place);
    if (level == 0) {
      List ties = taken;
      base_ = static_cast<std::uint64_t>(ties.head->time.since_start().count());
      fill_ties_from(ties);
      return;
    }
    cascade(taken, level, slot);
  }
}

bool EventQueue::fill_near_from(List& list) {
  std::size_t length = 0;
  for (const Event* e = list.head; e; e = e->next) {
    if (++length > kNearCapacity) return false;
  }
  put_alone(*list.head);
  for (Event* e = list.head->next; e; e = e->next) {
    precedes(*e, near_[near_begin_]) ? insert_near(*e) : append_near(*e);
  }
  leave_behind(length);
  return true;
}

void EventQueue::fill_ties_from(List& list) {
  ties_time_ = list.head->time.since_start().count();
  for (Event* e = list.head; e;) {
    Event* const following = e->next;
    append(ties_[priority_of(*e)], *e);
    e->place = static_cast<std::uint32_t>(kInTies + priority_of(*e));
    ++ties_size_;
    e = following;
  }
}

// Long lists are memory, each event a cache miss that the next one waits for: so they are taken
// apart from both ends at once, two chains of misses side by side. What comes from the end goes to
// lists of its own, which are put behind the others when the two meet. All levels below are empty
// before.
void EventQueue::cascade(List list, int level, int slot) {
  base_ =
      higher_digits(base_, level, kBits) | (static_cast<std::uint64_t>(slot) << (level * kBits));
  Event* first = list.head;
  Event* last = list.tail;
  while (first != last) {
    Event* const after_first = first->next;
    Event* const before_last = last->previous;
    __builtin_prefetch(after_first);
    __builtin_prefetch(before_last);
    append(slots_[enter(*first)], *first);
    prepend(ends_[enter(*last)], *last);
    if (after_first == last) return join_ends(level);
    first = after_first;
    last = before_last;
  }
  append(slots_[enter(*first)], *first);
  join_ends(level);
}

void EventQueue::join_ends(int below) {
  for (std::uint32_t levels = used_levels_ & ((1U << below) - 1); levels != 0;
       levels &= levels - 1) {
    const int level = std::countr_zero(levels);
    for (std::uint64_t slots = used_slots_[static_cast<std::size_t>(level)]; slots != 0;
         slots &= slots - 1) {
      const auto place = static_cast<std::size_t>(level * kSlots + std::countr_zero(slots));
      List& end = ends_[place];
      if (!end.head) continue;
      List& list = slots_[place];
      (list.tail ? list.tail->next : list.head) = end.head;
      end.head->previous = list.tail;
      list.tail = end.tail;
      end = {};
    }
  }
}

}  // namespace gilsim::sim
