// A sweep's NDJSON as what `plot` draws. Curves over the workers or the switch interval: whatever
// else is varied names them. A map of the best strategy over two keys that are numbers.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/pictures.hpp"

namespace gilsim::app {

// Nothing where the text is no NDJSON of a sweep. An incomplete last line is left out. Throws
// UsageError where a line is broken or nothing of it can be drawn.
std::optional<std::vector<Picture>> pictures_of_sweep(const std::string& text,
                                                      const std::string& path);

// The sweep as a report of curves, whose points name all that is varied.
nlohmann::json report_of_sweep(const nlohmann::json& header,
                               const std::vector<nlohmann::json>& records);

}  // namespace gilsim::app
