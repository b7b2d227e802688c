// What a recorded thread that answers requests from outside did, as the program of a thread of a
// scenario: a round is from one answer that it sent to the next, an event loop's as well as that of
// a thread with a connection of its own. The request comes some time after the answer before,
// whether or not the thread has got to waiting for it: a wait `since: round`. How long after, the
// rounds say in which the thread waited; in the others it was there when the thread came.
//
// Left out: requests that do not depend on the answer before, several of them at once, and what
// the one who asks needs the cores for.
#pragma once

#include <optional>
#include <vector>

#include "app/trace_program.hpp"
#include "host/trace/bursts.hpp"

namespace gilsim::app {

struct AnsweredRounds {
  std::vector<std::size_t> ends;  // rounds of the thread that sent an answer, from the one before
  std::size_t length = 0;         // rounds of the thread in each
  std::size_t request = 0;        // which of these waited for the request
  std::size_t received = 0;       // in how many the thread waited for it
};

// Nothing: the thread's rounds are not (nearly) all of one such kind.
std::optional<AnsweredRounds> answered_rounds(const std::vector<trace::Round>& rounds);

// `replay`: in their recorded order, instead of drawn.
std::vector<model::Step> answered_steps(const AnsweredRounds& answered,
                                        const trace::ThreadBursts& bursts,
                                        const trace::ThreadSummary& thread,
                                        const TraceProgram& program, bool replay);

}  // namespace gilsim::app
