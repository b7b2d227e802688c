// What a program is called and which interpreter it runs, for the trace.
#pragma once

#include "host/trace/format.hpp"

namespace gilsim::recorder {

void fill_image_text(trace::ImageText& text);

// Py_GetVersion() of the interpreter in this process, or an empty text.
void fill_interpreter(char (&text)[trace::kTextBytes]);

}  // namespace gilsim::recorder
