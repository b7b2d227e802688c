// What crosses between the parent and its workers with each task, beside the task itself.
#pragma once

#include <cstdint>

#include "models/parameter.hpp"

namespace gilsim::model {

enum class PayloadVia { kPickle, kSharedMemory };
template <>
struct EnumNames<PayloadVia> {
  static constexpr std::pair<PayloadVia, const char*> values[] = {
      {PayloadVia::kPickle, "pickle"},
      {PayloadVia::kSharedMemory, "shared_memory"},
  };
};

// A number of bytes. In files: `64KiB`.
struct ByteCount {
  std::int64_t value = 0;
  bool operator==(const ByteCount&) const = default;
};

struct Payload {
  ByteCount argument;  // bytes that a task takes
  ByteCount result;    // bytes that it returns
  PayloadVia via = PayloadVia::kPickle;
};

}  // namespace gilsim::model
