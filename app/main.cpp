// The process around run_app(): streams, terminal, signals. Under mpirun it becomes gilsim-mpi.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

#include "app/app.hpp"
#include "app/errors.hpp"
#include "app/process.hpp"

namespace {

// Variables of Open MPI, MPICH and Slurm.
bool is_one_of_several() {
  for (const char* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_SIZE"}) {
    const char* const size = std::getenv(name);
    if (size != nullptr && std::atoi(size) > 1) return true;
  }
  return false;
}

// Returns only where there is no such program.
void become_mpi_program(char** words) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return;
  const std::string program = (self.parent_path() / "gilsim-mpi").string();
  ::execv(program.c_str(), words);
}

}  // namespace

int main(int count, char** words) {
  if (is_one_of_several()) {
    become_mpi_program(words);
    std::cerr << "gilsim: error: under mpirun the program 'gilsim-mpi' is needed, which is not "
                 "here\n  hint: build it: install libboost-mpi-dev and mpi-default-dev, run cmake "
                 "again\n";
    return gilsim::app::kUsage;
  }
  gilsim::host::StopFlag& stop = gilsim::app::stop_on_signals();
  gilsim::app::Io io = gilsim::app::process_io(stop);
  return gilsim::app::run_app({words + 1, words + count}, io);
}
