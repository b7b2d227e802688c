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

}  // namespace

// Each thread is walked over once: a walk ends where an earlier one was, or where it bit its tail.
std::string name_cycle(const std::vector<WaitFor>& threads) {
  std::vector<std::size_t> walk_of(threads.size(), 0);  // 0: not met yet
  for (std::size_t start = 0; start < threads.size(); ++start) {
    std::size_t at = start;
    while (walk_of[at] == 0 && !threads[at].what.empty() && threads[at].whom) {
      walk_of[at] = start + 1;
      at = *threads[at].whom;
    }
    if (walk_of[at] != start + 1) continue;
    std::vector<std::size_t> cycle = chain_from(at, threads);
    return sentence(chain_from(*std::min_element(cycle.begin(), cycle.end()), threads), threads);
  }
  return "";
}

std::string name_lost(const std::vector<WaitFor>& threads) {
  for (std::size_t i = 0; i < threads.size(); ++i) {
    const std::vector<std::size_t> chain = chain_from(i, threads);
    const WaitFor& last = threads[chain.back()];
    if (!last.what.empty() && !last.whom) return sentence(chain, threads);
  }
  return "";
}

}  // namespace gilsim::model
