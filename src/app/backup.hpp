// `abode backup` and `abode keys backup`: copies of a register at work.
#pragma once

#include "cli/commands.hpp"

namespace abode::app {

/// Writes a backup of data, settings and public log, or verifies one; 0 if it is good. The register may be serving.
int backup(cli::BackupOptions const& options);

/// Writes a backup of the wrapped keys; 0 if it is good. The register may be serving.
int backup_keys(cli::KeysBackupOptions const& options);

}  // namespace abode::app
