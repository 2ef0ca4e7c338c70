#include "app/backup.hpp"
#include "app/cards.hpp"
#include "app/doctor.hpp"
#include "app/enrol.hpp"
#include "app/init.hpp"
#include "app/invite.hpp"
#include "app/key_rotation.hpp"
#include "app/letters.hpp"
#include "app/profile.hpp"
#include "app/restore.hpp"
#include "app/serve.hpp"
#include "app/verifier.hpp"
#include "app/witness.hpp"
#include "cli/commands.hpp"
#include "system/process.hpp"

int main(int argc, char** argv) {
  abode::system::protect_process();
  return abode::cli::run(
      argc, argv,
      {abode::app::init, abode::app::serve, abode::app::doctor, abode::app::backup, abode::app::backup_keys,
       abode::app::restore, abode::app::rotate_keys, abode::app::enrol, abode::app::cards, abode::app::letters,
       abode::app::invite, abode::app::witness, abode::app::profile, abode::app::verifier});
}
