// A scenario under varied keys: the file is read once, then each member is the same tree with one
// value of every varied key put in, read and checked as any scenario is. Left out: `expect`, which
// names points that a member need not have.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "scenario/vary.hpp"

namespace gilsim::scenario {

enum class Combination {
  kProduct,  // every value of each key with every value of the others; the last key varies fastest
  kZip,      // the first values together, the second ones together, ...
};

class ScenarioFamily {
 public:
  // Throws ScenarioError with every error of the file's syntax, the overrides and the variations.
  static ScenarioFamily read(const std::string& path, const std::vector<std::string>& overrides,
                             const std::vector<std::string>& variations, Combination combination);
  static ScenarioFamily read_text(const std::string& text, const std::string& name,
                                  const std::vector<std::string>& overrides,
                                  const std::vector<std::string>& variations,
                                  Combination combination);

  std::size_t size() const { return size_; }
  const std::vector<VariedKey>& keys() const { return keys_; }
  // Of each key the index of the value that it has in a member.
  std::vector<std::size_t> choices(std::size_t member) const;
  // Safe to call from several threads. Throws ScenarioError.
  Scenario member(std::size_t index) const;

 private:
  ScenarioFamily() = default;
  void check_keys(Problems& problems);
  void check_sizes(Problems& problems);

  std::deque<Source> sources_;  // the tree's marks point into it
  Node root_;
  std::vector<VariedKey> keys_;
  Combination combination_ = Combination::kProduct;
  std::size_t size_ = 0;
};

}  // namespace gilsim::scenario
