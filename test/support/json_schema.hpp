// Holds JSON against the schemas of an OpenAPI document: that part of JSON Schema 2020-12 which ours are written in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "codec/json.hpp"

namespace abode::test {

class SchemaChecker {
 public:
  /// `document` outlives the checker; references ("#/components/...") lead into it.
  explicit SchemaChecker(codec::json::value const& document) : document_(document) {}

  /// Everything in which `instance` breaks `schema`, each as "place: what". Stricter than the specification, for we
  /// hold our own answers: a member that the schema does not describe is a fault, and so is a keyword that is not known
  /// here.
  std::vector<std::string> faults(codec::json::value const& schema, codec::json::value const& instance) const;

  /// The value that `value` refers to, or `value` itself.
  codec::json::value const& resolve(codec::json::value const& value) const;

 private:
  codec::json::value const& document_;
};

}  // namespace abode::test
