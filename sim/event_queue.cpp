#include "sim/event_queue.hpp"

#include <bit>

namespace gilsim::sim {
namespace {

constexpr int kPriorityShift = 56;

std::size_t priority_of(const Event& event) {
  return static_cast<std::size_t>(event.order >> kPriorityShift);
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

void EventQueue::push(Event& event, Time time, Priority priority) {
  event.time = time;
  event.order = (static_cast<std::uint64_t>(priority) << kPriorityShift) | sequence_++;
  ++size_;
  if (ties_size_ > 0) {
    if (time.since_start().count() != ties_time_) return file(event, false);
    append(ties_[priority_of(event)], event);
    event.place = static_cast<std::uint16_t>(kInTies + priority_of(event));
    ++ties_size_;
    return;
  }
  const bool belongs_in_front = near_size_ > 0 && precedes(event, near_[0]);
  if (belongs_in_front || (used_levels_ == 0 && near_size_ < kNearCapacity)) {
    insert_near(event);
  } else {
    file(event, false);
  }
}

// Member by member: an Entry built in memory and copied as a whole is read back in wider pieces
// than it was written, and waits for the writes (a store-forwarding stall; it cost half of a
// handover).
void EventQueue::insert_near(Event& event) {
  std::size_t i = near_size_++;
  for (; i > 0 && !precedes(event, near_[i - 1]); --i) near_[i] = near_[i - 1];
  near_[i].time = event.time.since_start().count();
  near_[i].order = event.order;
  near_[i].event = &event;
  event.place = kInNear;
  if (near_size_ <= kNearCapacity) return;
  // The latest makes room. It precedes all of the wheel, so it goes to the front of its slot.
  Event& latest = *near_[0].event;
  --near_size_;
  for (std::size_t k = 0; k < near_size_; ++k) near_[k] = near_[k + 1];
  file(latest, true);
}

void EventQueue::file(Event& event, bool in_front) {
  const auto time = static_cast<std::uint64_t>(event.time.since_start().count());
  const std::uint64_t difference = time ^ base_;
  const int level =
      difference == 0 ? 0 : (static_cast<int>(std::bit_width(difference)) - 1) / kBits;
  const int slot = static_cast<int>((time >> (level * kBits)) & (kSlots - 1));
  event.place = static_cast<std::uint16_t>(level * kSlots + slot);
  if (in_front) {
    prepend(slots_[event.place], event);
  } else {
    append(slots_[event.place], event);
  }
  used_slots_[static_cast<std::size_t>(level)] |= std::uint64_t{1} << slot;
  used_levels_ |= std::uint32_t{1} << level;
}

EventQueue::List& EventQueue::list_at(std::uint16_t place) {
  return place >= kInTies ? ties_[static_cast<std::size_t>(place - kInTies)] : slots_[place];
}

void EventQueue::forget_if_empty(std::uint16_t place) {
  if (place >= kInTies || slots_[place].head) return;
  const int level = place / kSlots;
  auto& slots = used_slots_[static_cast<std::size_t>(level)];
  slots &= ~(std::uint64_t{1} << (place % kSlots));
  if (slots == 0) used_levels_ &= ~(std::uint32_t{1} << level);
}

void EventQueue::cancel(Event& event) {
  --size_;
  const std::uint16_t place = event.place;
  event.place = Event::kNowhere;
  if (place == kInNear) {
    std::size_t i = 0;
    while (near_[i].event != &event) ++i;
    --near_size_;
    for (; i < near_size_; ++i) near_[i] = near_[i + 1];
    return;
  }
  if (place >= kInTies) --ties_size_;
  unlink(list_at(place), event);
  forget_if_empty(place);
}

Event* EventQueue::pop() {
  if (size_ == 0) return nullptr;
  if (near_size_ == 0 && ties_size_ == 0) refill();
  --size_;
  if (near_size_ > 0) {
    Event* earliest = near_[--near_size_].event;
    earliest->place = Event::kNowhere;
    return earliest;
  }
  --ties_size_;
  std::size_t priority = 0;
  while (!ties_[priority].head) ++priority;
  Event* earliest = ties_[priority].head;
  unlink(ties_[priority], *earliest);
  earliest->place = Event::kNowhere;
  return earliest;
}

// Only called from pop() with an empty array: whatever it moves `base_` to is popped at once, so no
// event can be pushed before it.
void EventQueue::refill() {
  for (;;) {
    const int level = std::countr_zero(used_levels_);
    const int slot = std::countr_zero(used_slots_[static_cast<std::size_t>(level)]);
    const auto place = static_cast<std::uint16_t>(level * kSlots + slot);
    List& list = slots_[place];
    const List taken = list;
    if (fill_near_from(list)) {
      list = {};
      forget_if_empty(place);
      base_ = static_cast<std::uint64_t>(near_[near_size_ - 1].time);
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
  for (Event* e = list.head; e; e = e->next) insert_near(*e);
  return true;
}

void EventQueue::fill_ties_from(List& list) {
  ties_time_ = list.head->time.since_start().count();
  for (Event* e = list.head; e;) {
    Event* const following = e->next;
    append(ties_[priority_of(*e)], *e);
    e->place = static_cast<std::uint16_t>(kInTies + priority_of(*e));
    ++ties_size_;
    e = following;
  }
}

void EventQueue::cascade(List list, int level, int slot) {
  const int shift = level * kBits;
  const int above = shift + kBits;
  const std::uint64_t high = above >= 64 ? 0 : (base_ >> above) << above;
  base_ = high | (static_cast<std::uint64_t>(slot) << shift);
  const Event* ahead = list.tail;  // fetched from the far end, so that two chains are in flight
  for (Event* e = list.head; e;) {
    Event* const following = e->next;
    if (ahead) {
      ahead = ahead == e || ahead == following ? nullptr : ahead->previous;
      __builtin_prefetch(ahead);
    }
    file(*e, false);
    e = following;
  }
}

}  // namespace gilsim::sim
