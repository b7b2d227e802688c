// Which point of a scenario a command looks at closely: the one that --point names, else the one
// that says most about the lock.
#pragma once

#include <string>

#include "app/arguments.hpp"
#include "app/study.hpp"

namespace gilsim::app {

OptionSpec point_option();

// The only scenario of a command that looks at one point. Throws UsageError for several files.
Study read_one_study(const Arguments& arguments);

// By label; of several points with that label the one with the interval nearest to CPython's
// default, the first of those. Without --point: the most threads that share a lock, else the most
// workers, in the same order. Throws UsageError, which names the labels.
const scenario::Point& chosen_point(const Study& study, const Arguments& arguments);

// "threads@4 on 2 cores, CPython 3.11.2, switch interval 5 ms".
std::string full_label(const scenario::Point& point);

// Labels of the other points, each once.
std::vector<std::string> other_labels(const Study& study, const scenario::Point& point);

}  // namespace gilsim::app
