// The few functions of CPython's C API that the recorder calls, looked up in the program at run
// time. All are in the stable ABI; none needs to know how an object is laid out.
#pragma once

#include <cstdint>

namespace gilsim::recorder {

struct PyObject;  // opaque

using FastFunction = PyObject* (*)(PyObject* self, PyObject* const* arguments, long count);

struct PythonMethod {  // PyMethodDef
  const char* name;
  FastFunction function;
  int flags;
  const char* documentation;
};
constexpr int kFastCall = 0x80;  // METH_FASTCALL
constexpr int kFileInput = 257;  // Py_file_input

struct PythonApi {
  int (*is_initialized)();
  int (*add_pending_call)(int (*function)(void*), void* argument);
  PyObject* (*compile)(const char* text, const char* file, int start);
  PyObject* (*evaluate)(PyObject* code, PyObject* globals, PyObject* locals);
  PyObject* (*builtins)();  // borrowed
  PyObject* (*new_dict)();
  int (*set_item)(PyObject* dict, const char* key, PyObject* value);
  PyObject* (*new_function)(PythonMethod* method, PyObject* self, PyObject* module);
  PyObject* (*from_number)(unsigned long long value);
  unsigned long long (*as_number)(PyObject* number);  // modulo 2^64
  PyObject* (*from_text)(const char* text);
  const char* (*as_text)(PyObject* text, long* length);
  void (*keep)(PyObject* object);
  void (*forget)(PyObject* object);
  void (*clear_error)();
  PyObject* none;

  bool is_complete() const { return none != nullptr; }
  PyObject* none_again() const {
    keep(none);
    return none;
  }
  // Takes the reference over.
  bool put(PyObject* dict, const char* key, PyObject* value) const {
    if (value == nullptr) return false;
    const bool is_put = set_item(dict, key, value) == 0;
    forget(value);
    return is_put;
  }
};

// Looked up at the first call. Not complete: the program exports no such functions.
const PythonApi& python_api();

}  // namespace gilsim::recorder
