// The function of libc (or of a library preloaded behind this one) that a function here stands in
// front of. Looked up at the first call: programs lock mutexes before constructors run.
#pragma once

#include <dlfcn.h>

namespace gilsim::recorder {

template <typename Function>
class Real;

template <typename Result, typename... Arguments>
class Real<Result(Arguments...)> {
 public:
  // `version`: for names that libc exports twice, where dlsym(3) would find the older one.
  constexpr explicit Real(const char* name, const char* version = nullptr)
      : name_(name), version_(version) {}

  Result operator()(Arguments... arguments) {
    Pointer function = __atomic_load_n(&function_, __ATOMIC_RELAXED);
    if (function == nullptr) function = find();
    return function(arguments...);
  }

 private:
  using Pointer = Result (*)(Arguments...);

  Pointer find() {
    void* found = version_ == nullptr ? nullptr : dlvsym(RTLD_NEXT, name_, version_);
    if (found == nullptr) found = dlsym(RTLD_NEXT, name_);
    if (found == nullptr) __builtin_trap();
    const Pointer function = reinterpret_cast<Pointer>(found);
    __atomic_store_n(&function_, function, __ATOMIC_RELAXED);
    return function;
  }

  Pointer function_ = nullptr;
  const char* name_;
  const char* version_;
};

}  // namespace gilsim::recorder
