// A sequence that grows without moving its elements, for what others point to: events, threads.
//
// Chunks double in size, so that few elements cost little and a million are found by two shifts.
// Large chunks ask the kernel for huge pages: a million objects visited in the order of time spend
// half of it in page walks otherwise (docs/performance.md).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <iterator>
#include <new>
#include <utility>

#include "sim/huge_pages.hpp"

namespace gilsim::sim {

template <class T>
class StableVector {
 public:
  StableVector() = default;
  StableVector(const StableVector&) = delete;
  StableVector& operator=(const StableVector&) = delete;
  ~StableVector() {
    for (std::size_t i = size_; i-- > 0;) (*this)[i].~T();
    for (std::size_t k = 0; k < kChunks && chunks_[k]; ++k) {
      ::operator delete (chunks_[k], std::align_val_t{alignment_of(k)});
    }
  }

  template <class... Arguments>
  T& emplace_back(Arguments&&... arguments) {
    const Place place = place_of(size_);
    if (!chunks_[place.chunk]) chunks_[place.chunk] = allocate(place.chunk);
    T* const made =
        ::new (chunks_[place.chunk] + place.offset) T(std::forward<Arguments>(arguments)...);
    ++size_;
    return *made;
  }

  T& operator[](std::size_t i) {
    const Place place = place_of(i);
    return chunks_[place.chunk][place.offset];
  }
  const T& operator[](std::size_t i) const {
    const Place place = place_of(i);
    return chunks_[place.chunk][place.offset];
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& back() { return (*this)[size_ - 1]; }

  template <class Sequence, class Element>
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = Element*;
    using reference = Element&;

    Iterator(Sequence& sequence, std::size_t index) : sequence_(&sequence), index_(index) {}
    Element& operator*() const { return (*sequence_)[index_]; }
    Element* operator->() const { return &**this; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++index_;
      return before;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    Sequence* sequence_;
    std::size_t index_;
  };
  auto begin() { return Iterator<StableVector, T>(*this, 0); }
  auto end() { return Iterator<StableVector, T>(*this, size_); }
  auto begin() const { return Iterator<const StableVector, const T>(*this, 0); }
  auto end() const { return Iterator<const StableVector, const T>(*this, size_); }

 private:
  struct Place {
    std::size_t chunk;
    std::size_t offset;
  };
  static constexpr int kFirstBits = 4;  // 16 elements in the first chunk
  static constexpr std::size_t kChunks = 44;
  static constexpr std::size_t kCacheLine = 64;

  static constexpr std::size_t capacity_of(std::size_t chunk) {
    return std::size_t{1} << (kFirstBits + chunk);
  }
  static constexpr Place place_of(std::size_t i) {
    const std::size_t shifted = i + capacity_of(0);
    const auto chunk = static_cast<std::size_t>(std::bit_width(shifted)) - 1 - kFirstBits;
    return {chunk, shifted - capacity_of(chunk)};
  }
  static constexpr std::size_t alignment_of(std::size_t chunk) {
    if (capacity_of(chunk) * sizeof(T) >= kHugePage) return kHugePage;
    return alignof(T) > kCacheLine ? alignof(T) : kCacheLine;
  }
  static T* allocate(std::size_t chunk) {
    const std::size_t bytes = capacity_of(chunk) * sizeof(T);
    void* const memory = ::operator new (bytes, std::align_val_t{alignment_of(chunk)});
    if (bytes >= kHugePage) prefer_huge_pages(memory, bytes);
    return static_cast<T*>(memory);
  }

  std::array<T*, kChunks> chunks_{};
  std::size_t size_ = 0;
};

}  // namespace gilsim::sim
