// The register's routes: the whole API in one table.
#pragma once

#include "api/routing.hpp"

namespace abode::api {

/// The API and the public log, with failures as problem details.
Surface api_surface();

}  // namespace abode::api
