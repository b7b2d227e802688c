#include "host/recorder/python_api.hpp"

#include <dlfcn.h>

namespace gilsim::recorder {
namespace {

template <typename Pointer>
bool find(const char* name, Pointer& pointer) {
  pointer = reinterpret_cast<Pointer>(dlsym(RTLD_DEFAULT, name));
  return pointer != nullptr;
}

PythonApi find_all() {
  PythonApi api{};
  const bool is_complete =
      find("Py_IsInitialized", api.is_initialized) &&
      find("Py_AddPendingCall", api.add_pending_call) && find("Py_CompileString", api.compile) &&
      find("PyEval_EvalCode", api.evaluate) && find("PyEval_GetBuiltins", api.builtins) &&
      find("PyDict_New", api.new_dict) && find("PyDict_SetItemString", api.set_item) &&
      find("PyCFunction_NewEx", api.new_function) &&
      find("PyLong_FromUnsignedLongLong", api.from_number) &&
      find("PyLong_AsUnsignedLongLongMask", api.as_number) &&
      find("PyUnicode_FromString", api.from_text) && find("PyUnicode_AsUTF8AndSize", api.as_text) &&
      find("Py_IncRef", api.keep) && find("Py_DecRef", api.forget) &&
      find("PyErr_Clear", api.clear_error);
  PyObject* none = nullptr;
  if (is_complete && find("_Py_NoneStruct", none)) api.none = none;
  return api;
}

}  // namespace

const PythonApi& python_api() {
  static const PythonApi api = find_all();
  return api;
}

}  // namespace gilsim::recorder
