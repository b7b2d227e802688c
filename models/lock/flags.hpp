// A bit for each thread or interpreter, by its number; those never set are clear.
#pragma once

#include <cstddef>
#include <vector>

namespace gilsim::model {

class Flags {
 public:
  bool operator[](std::size_t number) const { return number < bits_.size() && bits_[number]; }
  void assign(std::size_t number, bool value) {
    if ((*this)[number] == value) return;
    if (number >= bits_.size()) bits_.resize(number + 1);
    bits_[number] = value;
  }

 private:
  std::vector<bool> bits_;
};

}  // namespace gilsim::model
