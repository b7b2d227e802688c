// A sequence of a capacity that is known beforehand, for elements that cannot be moved, in one
// piece: found by a multiplication, where StableVector needs a search for the chunk.
#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <utility>

namespace gilsim::sim {

template <class T>
class FixedVector {
 public:
  explicit FixedVector(std::size_t capacity)
      : capacity_(capacity), elements_(std::allocator<T>{}.allocate(capacity)) {}
  FixedVector(const FixedVector&) = delete;
  FixedVector& operator=(const FixedVector&) = delete;
  ~FixedVector() {
    std::destroy(begin(), end());
    std::allocator<T>{}.deallocate(elements_, capacity_);
  }

  template <class... Arguments>
  T& emplace_back(Arguments&&... arguments) {
    if (size_ == capacity_) throw std::length_error("more elements than there is room for");
    T* const made = std::construct_at(end(), std::forward<Arguments>(arguments)...);
    ++size_;
    return *made;
  }

  T& operator[](std::size_t i) { return elements_[i]; }
  const T& operator[](std::size_t i) const { return elements_[i]; }
  std::size_t size() const { return size_; }

  T* begin() { return elements_; }
  T* end() { return elements_ + size_; }
  const T* begin() const { return elements_; }
  const T* end() const { return elements_ + size_; }

 private:
  const std::size_t capacity_;
  T* const elements_;
  std::size_t size_ = 0;
};

}  // namespace gilsim::sim
