// gilsim as one of several processes that mpirun has started, over Boost.MPI. Process 0 talks to
// the world; the others compute. `gilsim` becomes this program by itself where mpirun is at work.
#include <boost/mpi.hpp>
#include <iostream>
#include <sstream>

#include "app/app.hpp"
#include "app/cluster.hpp"
#include "app/process.hpp"

namespace {

namespace mpi = boost::mpi;

class MpiCluster : public gilsim::app::Cluster {
 public:
  std::size_t rank() const override { return static_cast<std::size_t>(world_.rank()); }
  std::size_t size() const override { return static_cast<std::size_t>(world_.size()); }
  std::string share(const std::string& line) override {
    std::string shared = line;
    mpi::broadcast(world_, shared, 0);
    return shared;
  }
  void send(const std::string& line) override { world_.send(0, kTag, line); }
  std::optional<std::string> receive() override {
    const auto there = world_.iprobe(mpi::any_source, kTag);
    if (!there) return std::nullopt;
    std::string line;
    world_.recv(there->source(), kTag, line);
    return line;
  }

 private:
  static constexpr int kTag = 1;
  mpi::communicator world_;
};

}  // namespace

int main(int count, char** words) {
  const mpi::environment environment(mpi::threading::serialized);
  if (mpi::environment::thread_level() < mpi::threading::serialized) {
    std::cerr << "gilsim: error: this MPI allows no threads beside its own\n";
    return 2;
  }
  MpiCluster cluster;
  gilsim::host::StopFlag& stop = gilsim::app::stop_on_signals();
  const bool is_spread = count > 1 && std::string(words[1]) == "sweep" && cluster.size() > 1;
  if (cluster.rank() == 0) {
    gilsim::app::Io io = gilsim::app::process_io(stop);
    if (is_spread) io.cluster = &cluster;
    return gilsim::app::run_app({words + 1, words + count}, io);
  }
  if (!is_spread) return 0;  // other commands are the first process's
  std::ostringstream silence;
  gilsim::app::Io io{silence, silence, stop};
  io.cluster = &cluster;
  return gilsim::app::run_app({words + 1, words + count}, io);
}
