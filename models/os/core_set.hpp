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
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] != 0) return static_cast<int>(i * kBits) + std::countr_zero(words_[i]);
    }
    return -1;
  }

 private:
  static constexpr std::size_t kBits = 64;
  static std::uint64_t bit(std::size_t core) { return std::uint64_t{1} << (core % kBits); }

  std::vector<std::uint64_t> words_;
};

}  // namespace gilsim::model
