// Whether a prediction can be trusted to its digits. An operation shorter than a wake-up is a race:
// whether an I/O thread is back at the lock before the thread that it woke has come up, or which of
// two waiters catches a signal, is decided within microseconds that vary from host to host and from
// one second to the next.
//
// Two criteria. A thread has a step without the lock that takes less than a wake-up does (the
// longest median of the profile's curve) while another one computes under the same lock. Or the
// figure moves: the point is simulated again with one uncertain figure of its host profile moved to
// the 5 % and to the 95 % quantile that were measured of it, all else and all draws equal. Where a
// main figure (wall, or a thread's rate) then lies beyond kMostMoved times, or below one
// kMostMoved- th of, what it was, the prediction is ill-conditioned: it says the kind of thing that
// happens, and not how much of it. The uncertain figures: the odds that a waiter still awake takes
// a sleeper's signal; how long wake-ups take; how long a waiter stays awake after it has
// registered.
//
// Left out: races between more than one of these at once; figures that nobody measured a spread of.
#pragma once

#include <string>
#include <vector>

#include "app/predict.hpp"

namespace gilsim::app {

inline constexpr double kMostMoved = 1.25;

// Whether several threads contend for one lock in a way that a race can decide: the others are
// well-conditioned without a look.
bool may_race(const model::Configuration& configuration);

// Fills in `ill_conditioned` of each prediction. Takes eight more simulations of each of the first
// few replications, for points that may race.
void mark_ill_conditioned(std::vector<Prediction>& predictions,
                          const std::vector<scenario::Point>& points,
                          const PredictionOptions& options, Io& io);

// By how much it moves, at least 1.
double moved(const IllConditioned& condition);

// "sleeper.rate is 25.0/s or 130/s instead of 42.0/s with the odds ...".
std::string conditioning_text(const IllConditioned& condition);

}  // namespace gilsim::app
