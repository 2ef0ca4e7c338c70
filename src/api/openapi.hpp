// The API's description (OpenAPI 3.1), as the file src/api/openapi.json.
#pragma once

#include <string_view>

namespace abode::api {

std::string_view openapi_document();

}  // namespace abode::api
