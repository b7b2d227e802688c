// Blocks of the file, mapped. A block is reserved on disk before it is mapped: a full disk or a
// limit ends the recording, never the program.
#pragma once

#include "host/recorder/process.hpp"

namespace gilsim::recorder {

// What a thread that ended left of its block, or a new one. `next` is null when the recording has
// ended.
PartialBlock take_block();

// Keeps what is left for another thread, or unmaps the block when it is full. Null: nothing.
void give_up_block(std::uint64_t* next, std::uint64_t* end);

}  // namespace gilsim::recorder
