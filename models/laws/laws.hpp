// Whether a run is watched by the law checker. Users' runs always are; benchmarks measure its
// price.
#pragma once

namespace gilsim::model {

enum class Laws { kChecked, kUnchecked };

}  // namespace gilsim::model
