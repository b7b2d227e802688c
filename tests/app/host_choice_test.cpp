#include "app/host_choice.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/errors.hpp"
#include "host/calibrate.hpp"
#include "tests/app/support.hpp"

namespace gilsim::app {
namespace {

namespace fs = std::filesystem;

TEST(HostChoice, TheUsersProfileFollowsTheEnvironment) {
  const test::Environment home("HOME", "/home/somebody");
  const test::Environment configuration("XDG_CONFIG_HOME", "");
  const test::Environment own("GILSIM_PROFILE", "");
  EXPECT_EQ(user_profile_path(), "/home/somebody/.config/gilsim/this.yaml");
  const test::Environment elsewhere("XDG_CONFIG_HOME", "/etc/mine");
  EXPECT_EQ(user_profile_path(), "/etc/mine/gilsim/this.yaml");
  const test::Environment chosen("GILSIM_PROFILE", "/tmp/p.yaml");
  EXPECT_EQ(user_profile_path(), "/tmp/p.yaml");
}

TEST(HostChoice, WithoutAnyOfThemTheWayOutIsNamed) {
  const test::Environment home("HOME", "");
  const test::Environment configuration("XDG_CONFIG_HOME", "");
  const test::Environment own("GILSIM_PROFILE", "");
  EXPECT_THROW(user_profile_path(), UsageError);
}

TEST(HostChoice, ANameIsSearchedFromTheScenariosFolderUpward) {
  const test::TemporaryFolder folder;
  fs::create_directories(folder.path("configs/talk"));
  fs::create_directories(folder.path("configs/hosts"));
  const std::string profile = folder.write("configs/hosts/laptop.yaml", "");
  const std::string found = find_host_profile("laptop", folder.path("configs/talk/a.yaml"));
  EXPECT_TRUE(fs::equivalent(found, profile));
  fs::create_directories(folder.path("configs/talk/hosts"));
  const std::string nearer = folder.write("configs/talk/hosts/laptop.yaml", "");
  EXPECT_TRUE(
      fs::equivalent(find_host_profile("laptop", folder.path("configs/talk/a.yaml")), nearer));
}

TEST(HostChoice, AnUnknownNameSaysWhereItWasLookedFor) {
  const test::TemporaryFolder folder;
  try {
    find_host_profile("nowhere-at-all", folder.path("a.yaml"));
    FAIL() << "found";
  } catch (const UsageError& error) {
    EXPECT_EQ(std::string(error.what()),
              "no host profile named 'nowhere-at-all': hosts/nowhere-at-all.yaml and "
              "configs/hosts/nowhere-at-all.yaml are in no folder above '" +
                  folder.path("a.yaml") + "' or here");
  }
}

TEST(HostChoice, WithoutACalibrationThisTellsToCalibrate) {
  const test::TemporaryFolder folder;
  const test::Environment own("GILSIM_PROFILE", folder.path("this.yaml"));
  try {
    find_host_profile("this", "a.yaml");
    FAIL() << "found";
  } catch (const UsageError& error) {
    EXPECT_EQ(std::string(error.what()),
              "no profile of this host: '" + folder.path("this.yaml") + "' does not exist");
    EXPECT_EQ(error.hint(), "measure this host first (about a minute): gilsim calibrate");
  }
}

TEST(HostChoice, TheProfileOfThisHostIsAccepted) {
  EXPECT_NO_THROW(require_this_host(test::round_profile("3.11.2", host::this_host()), "p.yaml"));
}

TEST(HostChoice, AProfileOfAnotherHostIsRefusedByWhatDiffers) {
  model::HostIdentity other = host::this_host();
  const std::string kernel = other.kernel;
  other.kernel = "1.0-other";
  other.fingerprint = "0123456789abcdef";
  model::HostProfile profile = test::round_profile("3.11.2", other);
  try {
    require_this_host(profile, "other.yaml");
    FAIL() << "accepted";
  } catch (const UsageError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.find("'other.yaml' is the host profile of another host: "), 0U) << message;
    EXPECT_NE(message.find("kernel '1.0-other', here '" + kernel + "'"), std::string::npos);
    EXPECT_EQ(message.find("processor"), std::string::npos) << message;
    EXPECT_EQ(error.hint(),
              "measure this host: gilsim calibrate, and leave --host out; or only predict: gilsim "
              "run");
  }
}

TEST(HostChoice, AProfileOfNobodysHostIsRefusedForRealRuns) {
  EXPECT_THROW(require_this_host(test::round_profile(), "stated.yaml"), UsageError);
}

}  // namespace
}  // namespace gilsim::app
