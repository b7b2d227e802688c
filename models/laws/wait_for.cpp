#include "models/laws/wait_for.hpp"

#include <algorithm>

namespace gilsim::model {
namespace {

// The threads met from `start` on, each waiting for the next: up to one that waits for nobody, does
// not wait, or has been met before, which is then the last one, too.
std::vector<std::size_t> chain_from(std::size_t start, const std::vector<WaitFor>& threads) {
  std::vector<std::size_t> chain = {start};
  std::vector<bool> met(threads.size(), false);
  for (;;) {
    const WaitFor& last = threads[chain.back()];
    met[chain.back()] = true;
    if (last.what.empty() || !last.whom) return chain;
    chain.push_back(*last.whom);
    if (met[chain.back()]) return chain;
  }
}

std::string sentence(const std::vector<std::size_t>& chain, const std::vector<WaitFor>& threads) {
  std::string text(threads[chain.front()].thread);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const WaitFor& one = threads[chain[i]];
    if (i + 1 == chain.size() && one.whom) break;
    if (i > 0) text += ", which";
    text += " waits ";
    text += one.what;
    text += " ";
    text += one.whom ? threads[*one.whom].thread : "nobody";
  }
  return text;
}

// Walks over waits once each: a walk ends where an earlier one was, where it bit its tail, or with
// one who waits for nobody or not at all.
class Walker {
 public:
  explicit Walker(const std::vector<WaitFor>& threads)
      : threads_(threads), walk_of_(threads.size(), 0) {}

  std::size_t end_of_walk(std::size_t start) {
    std::size_t at = start;
    while (walk_of_[at] == 0 && !threads_[at].what.empty() && threads_[at].whom) {
      walk_of_[at] = start + 1;
      at = *threads_[at].whom;
    }
    return at;
  }
  bool bit_its_tail(std::size_t start, std::size_t end) const { return walk_of_[end] == start + 1; }

 private:
  const std::vector<WaitFor>& threads_;
  std::vector<std::size_t> walk_of_;  // counted from 1; 0: not met yet
};

}  // namespace

std::string name_cycle(const std::vector<WaitFor>& threads) {
  Walker walker(threads);
  for (std::size_t start = 0; start < threads.size(); ++start) {
    const std::size_t end = walker.end_of_walk(start);
    if (!walker.bit_its_tail(start, end)) continue;
    const std::vector<std::size_t> cycle = chain_from(end, threads);
    return sentence(chain_from(*std::min_element(cycle.begin(), cycle.end()), threads), threads);
  }
  return "";
}

std::string name_lost(const std::vector<WaitFor>& threads) {
  Walker walker(threads);
  for (std::size_t start = 0; start < threads.size(); ++start) {
    const WaitFor& last = threads[walker.end_of_walk(start)];
    if (!last.what.empty() && !last.whom) return sentence(chain_from(start, threads), threads);
  }
  return "";
}

}  // namespace gilsim::model
