#include "host/recorder/task_hook.hpp"

#include <cstring>

#include "embedded/task_hook_python.hpp"
#include "host/recorder/python_api.hpp"
#include "host/recorder/raw.hpp"

namespace gilsim::recorder {
namespace {

using trace::Kind;

constexpr std::size_t kMaxPayload = 3;
constexpr std::size_t kNameWords = 32;

// mark(kind, argument, word, ...)
PyObject* mark(PyObject*, PyObject* const* arguments, long count) {
  const PythonApi& python = python_api();
  std::uint64_t words[2 + kMaxPayload] = {};
  for (long index = 0; index < count && index < 2 + static_cast<long>(kMaxPayload); ++index) {
    words[index] = python.as_number(arguments[index]);
  }
  const auto kind = static_cast<Kind>(words[0]);
  const auto argument = static_cast<std::uint16_t>(words[1]);
  if (kind == Kind::kTaskBegin && argument == static_cast<int>(trace::TaskKind::kFunction)) {
    process().header->called_tasks.fetch_add(1, std::memory_order_relaxed);
  }
  record_with_payload(thread_log(), kind, argument, now(), words + 2,
                      trace::payload_words(trace::word(kind, argument, 0)));
  return python.none_again();
}

// The same text has the same number in all processes: FNV-1a.
std::uint64_t number_of(const char* text, std::size_t length) {
  std::uint64_t number = 0xcbf29ce484222325;
  for (std::size_t index = 0; index < length; ++index) {
    number = (number ^ static_cast<unsigned char>(text[index])) * 0x100000001b3;
  }
  return number;
}

// name(text) -> its number
PyObject* name(PyObject*, PyObject* const* arguments, long count) {
  const PythonApi& python = python_api();
  long length = 0;
  const char* const text = count == 1 ? python.as_text(arguments[0], &length) : nullptr;
  if (text == nullptr) return nullptr;
  std::size_t bytes = static_cast<std::size_t>(length);
  if (bytes > kNameWords * sizeof(std::uint64_t)) bytes = kNameWords * sizeof(std::uint64_t);
  std::uint64_t payload[1 + kNameWords] = {number_of(text, bytes)};
  std::memcpy(payload + 1, text, bytes);
  const std::size_t words = 1 + (bytes + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
  record_with_payload(thread_log(), Kind::kTaskName, static_cast<std::uint16_t>(words), now(),
                      payload, words);
  return python.from_number(payload[0]);
}

constinit PythonMethod kMark = {"mark", mark, kFastCall, nullptr};
constinit PythonMethod kName = {"name", name, kFastCall, nullptr};

struct Constant {
  const char* name;
  std::uint64_t value;
};
constexpr Constant kConstants[] = {
    {"TASK_BEGIN", static_cast<std::uint64_t>(Kind::kTaskBegin)},
    {"TASK_END", static_cast<std::uint64_t>(Kind::kTaskEnd)},
    {"TASK_SIZE", static_cast<std::uint64_t>(Kind::kTaskSize)},
    {"PAUSE", static_cast<std::uint64_t>(Kind::kPause)},
    {"RESUME", static_cast<std::uint64_t>(Kind::kResume)},
    {"FUNCTION", static_cast<std::uint64_t>(trace::TaskKind::kFunction)},
    {"EXECUTOR", static_cast<std::uint64_t>(trace::TaskKind::kExecutor)},
    {"POOL", static_cast<std::uint64_t>(trace::TaskKind::kPool)},
    {"COROUTINE", static_cast<std::uint64_t>(trace::TaskKind::kCoroutine)},
    {"UNKNOWN_SIZE", trace::kUnknownSize},
};

// The functions to mark as one text, a line each.
void copy_functions(char (&text)[trace::kTasksBytes]) {
  const char* const functions = process().header->task_functions;
  for (std::size_t at = 0; at < sizeof text; ++at) text[at] = functions[at] ? functions[at] : '\n';
  text[sizeof text - 1] = '\0';
  for (std::size_t at = sizeof text - 1; at > 0 && text[at - 1] == '\n'; --at) text[at - 1] = '\0';
}

bool fill(const PythonApi& python, PyObject* globals) {
  char functions[trace::kTasksBytes];
  copy_functions(functions);
  bool is_filled = python.put(globals, "mark", python.new_function(&kMark, nullptr, nullptr)) &&
                   python.put(globals, "name", python.new_function(&kName, nullptr, nullptr)) &&
                   python.put(globals, "FUNCTIONS", python.from_text(functions)) &&
                   python.put(globals, "__name__", python.from_text("_gilsim_tasks"));
  for (const Constant& constant : kConstants) {
    is_filled = is_filled && python.put(globals, constant.name, python.from_number(constant.value));
  }
  return is_filled && python.set_item(globals, "__builtins__", python.builtins()) == 0;
}

bool run(const PythonApi& python, const char* text, PyObject* globals) {
  PyObject* const code = python.compile(text, "<gilsim>", kFileInput);
  if (code == nullptr) return false;
  PyObject* const result = python.evaluate(code, globals, globals);
  python.forget(code);
  if (result != nullptr) python.forget(result);
  return result != nullptr;
}

bool run_hook(const PythonApi& python) {
  PyObject* const globals = python.new_dict();
  if (globals == nullptr) return false;
  bool has_run = fill(python, globals);
  for (const auto& file : embedded::task_hook_python()) {
    has_run = has_run && run(python, file.text.data(), globals);
  }
  python.forget(globals);
  return has_run;
}

// Runs in the main thread, between two bytecodes; whatever happens, the program notices nothing.
int install(void*) {
  const PythonApi& python = python_api();
  ThreadLog& log = thread_log();
  record(log, Kind::kPause, 0, now());
  const bool has_run = run_hook(python);
  if (!has_run) python.clear_error();
  record(log, Kind::kResume, 0, now());
  if (has_run) process().header->hooked.fetch_add(1);
  return 0;
}

}  // namespace

void ask_for_task_hook(ThreadLog& log) {
  if (log.busy) return;
  const PythonApi& python = python_api();
  if (!python.is_complete()) {
    process().wants_task_hook = false;
    return;
  }
  if (python.is_initialized() == 0) return;
  process().wants_task_hook = false;
  python.add_pending_call(install, nullptr);
}

}  // namespace gilsim::recorder
