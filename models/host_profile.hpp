// A host: what was measured there, of the machine and of each interpreter. Written by `calibrate`,
// read with every prediction.
#pragma once

#include <string>
#include <vector>

#include "models/os/machine_parameters.hpp"
#include "models/program/interpreter_parameters.hpp"

namespace gilsim::model {

// Describes a host without naming it.
struct HostIdentity {
  std::string
      fingerprint;  // of processor model, cores, kernel release and machine id; "" = nobody's
  std::string processor;
  std::string kernel;
  std::string libc;
};

template <class Visitor>
void describe(Visitor& visit, HostIdentity& p) {
  visit.field("fingerprint", p.fingerprint,
              {.meaning = "tells hosts apart; empty: a machine nobody measures on"});
  visit.field("processor", p.processor, {.meaning = "processor model"});
  visit.field("kernel", p.kernel, {.meaning = "kernel release"});
  visit.field("libc", p.libc, {.meaning = "C library and version"});
}

struct HostProfile {
  int profile = 1;  // version of this format
  std::string description;
  std::string measured;  // date, ISO 8601; empty: stated
  HostIdentity host;
  MachineParameters machine;
  std::vector<InterpreterParameters> interpreters;  // the first one is the default
};

template <class Visitor>
void describe(Visitor& visit, HostProfile& p) {
  visit.field("profile", p.profile,
              {.meaning = "version of this format", .min = 1, .max = 1, .required = true});
  visit.field("description", p.description, {.meaning = "one line for people"});
  visit.field("measured", p.measured, {.meaning = "when, ISO 8601; empty: stated, not measured"});
  visit.field("host", p.host, {.meaning = "which host this is"});
  visit.field("machine", p.machine, {.meaning = "processor and kernel", .required = true});
  visit.field("interpreters", p.interpreters,
              {.meaning = "what was measured of each interpreter; the first is the default",
               .required = true});
}

}  // namespace gilsim::model
