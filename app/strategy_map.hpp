// Which strategy is best over two varied keys: a cell a pair of values, coloured and lettered by
// the strategy of the shortest wall time, with its gain over `sequential`. Cells where another
// strategy comes within 5 % are paler and name both. Of several numbers of workers each strategy's
// best one counts.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "app/pictures.hpp"

namespace gilsim::app {

// `keys` are the varied ones: across, upwards. Nothing where the sweep varies other than two
// numbers, or has one strategy only, or has points of one pair that differ by more than strategy
// and workers.
std::optional<Picture> strategy_map(const nlohmann::json& header,
                                    const std::vector<std::string>& keys,
                                    const std::vector<nlohmann::json>& records);

}  // namespace gilsim::app
