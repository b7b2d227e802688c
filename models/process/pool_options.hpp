// How a pool of processes is used: what people choose beside its size.
#pragma once

#include "models/parameter.hpp"

namespace gilsim::model {

enum class PoolPattern { kMap, kImap, kImapUnordered, kSubmit, kOneByOne };
template <>
struct EnumNames<PoolPattern> {
  static constexpr std::pair<PoolPattern, const char*> values[] = {
      {PoolPattern::kMap, "map"},
      {PoolPattern::kImap, "imap"},
      {PoolPattern::kImapUnordered, "imap_unordered"},
      {PoolPattern::kSubmit, "submit"},
      {PoolPattern::kOneByOne, "one_by_one"},
  };
};

struct PoolOptions {
  PoolPattern pattern = PoolPattern::kMap;
  int chunk_size = 0;           // 0: the pool's own default
  int max_tasks_per_child = 0;  // 0: workers live as long as the pool
};

}  // namespace gilsim::model
