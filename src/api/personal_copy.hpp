// A person's own copy of everything about them, as JSON (see openapi.json, "PersonalCopy"), and the data inventory.
#pragma once

#include "codec/json.hpp"
#include "rules/profile.hpp"
#include "service/data_inventory.hpp"
#include "service/personal_copy.hpp"

namespace abode::api {

codec::json::object to_json(service::PersonalCopy const& copy, rules::Profile const& profile);
codec::json::object to_json(service::RectificationRequest const& request);
codec::json::object to_json(service::DataItem const& item, rules::Profile const& profile);
/// Null unless the holder has asked for an erasure.
codec::json::value erasure_json(std::optional<base::Time> due);

/// What becomes of a request for rectification, in plain words.
inline constexpr std::string_view rectification_outlook =
    "Your request is dated, sealed and shown to you with your record. Nobody can decide on it yet: this register has "
    "no "
    "cases for that so far. Until it has, the request stays open and changes nothing by itself.";

}  // namespace abode::api
