#include "app/doctor.hpp"
#include "app/init.hpp"
#include "app/serve.hpp"
#include "cli/commands.hpp"

int main(int argc, char** argv) {
  return abode::cli::run(argc, argv, {abode::app::init, abode::app::serve, abode::app::doctor});
}
