// Predicted over measured, a panel a quantity: batches in one picture, named threads in another.
#pragma once

#include <string>
#include <vector>

#include "app/pictures.hpp"
#include "app/report.hpp"

namespace gilsim::app {

// `name` is the page's: "validation" makes "validation-batches" and "validation-threads".
std::vector<Picture> validation_pictures(const Report& report, const std::string& name);

}  // namespace gilsim::app
