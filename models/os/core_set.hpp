// A set of cores, a bit each: which of them are idle.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace gilsim::model {

class CoreSet {
 public:
  explicit CoreSet(std::size_t cores) : words_((cores + kBits - 1) / kBits, 0) {}

  void add(std::size_t core) { words_[core / kBits] |= bit(core); }
  void remove(std::size_t core) { words_[core / kBits] &= ~bit(core); }
  bool has(std::size_t core) const { return (words_[core / kBits] & bit(core)) != 0; }
  // The one with the least number; -1: none.
  int first() const {
    return first_with([](std::size_t) { return true; });
  }
  // The same among those for which `accept(core)`.
  template <class Predicate>
  int first_with(const Predicate& accept) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1) {
        const std::size_t core = i * kBits + static_cast<std::size_t>(std::countr_zero(left));
        if (accept(core)) return static_cast<int>(core);
      }
    }
    return -1;
  }

 private:
  static constexpr std::size_t kBits = 64;
  static std::uint64_t bit(std::size_t core) { return std::uint64_t{1} << (core % kBits); }

  std::vector<std::uint64_t> words_;
};

}  // namespace gilsim::model
