#include "app/internal/witness_client.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include "log/tiles.hpp"
#include "log/witness_request.hpp"

namespace abode::app::internal {
namespace {

using base::errc;
using base::fail;
using base::result;

constexpr std::chrono::seconds answer_time{5};
constexpr std::size_t answer_bytes = 64 * 1024;
constexpr unsigned most_tries = 2;  ///< the first may only tell which size the witness has

std::string address_of(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url + "/add-checkpoint";
}

/// The body of a 409 of type text/x.tlog.size.
std::optional<std::uint64_t> size_in(http::Response const& response) {
  if (response.status != 409 || !http::header(response, "Content-Type").starts_with("text/x.tlog.size")) return {};
  std::uint64_t size = 0;
  char const* const last = response.body.data() + response.body.size();
  auto const [end, problem] = std::from_chars(response.body.data(), last, size);
  return problem == std::errc{} && end + 1 == last && *end == '\n' ? std::optional{size} : std::nullopt;
}

}  // namespace

WitnessClient::WitnessClient(log::TrustedKey witness, ports::TileFiles& tiles)
    : witness_(std::move(witness)), tiles_(tiles), client_({answer_time, answer_bytes}) {}

result<http::Response> WitnessClient::submit(log::SignedNote const& note, log::Checkpoint const& checkpoint) {
  log::TileHashReader reader{checkpoint.size, [this](log::TileId tile) { return tiles_.get(log::path_of(tile)); }};
  auto proof = log::consistency_proof(cosigned_size_, checkpoint.size, std::ref(reader));
  if (!proof) return proof.error();
  log::WitnessRequest const request{cosigned_size_, std::move(*proof), log::format_note(note)};
  return client_.post(address_of(*witness_.url), log::format_witness_request(request), "text/plain; charset=utf-8");
}

result<log::NoteSignature> WitnessClient::cosign(log::SignedNote const& note, log::Checkpoint const& checkpoint) {
  for (unsigned tries = 0; tries < most_tries; ++tries) {
    auto const response = submit(note, checkpoint);
    if (!response) return response.error();
    if (response->status == 200) {
      auto signature = signature_in(response->body, note);
      if (signature) cosigned_size_ = checkpoint.size;
      return signature;
    }
    auto const size = size_in(*response);
    if (!size) return refusal(*response);
    if (*size > checkpoint.size)
      return fail(errc::conflict, "The witness " + witness_.name + " has cosigned " + std::to_string(*size) +
                                      " leaves of this log, but here are " + std::to_string(checkpoint.size) +
                                      ". Its data went back to an older copy, or another copy of this register signs.");
    cosigned_size_ = *size;
  }
  return fail(errc::unavailable, "The witness " + witness_.name + " keeps changing its mind about the log's size.");
}

result<log::NoteSignature> WitnessClient::signature_in(std::string const& lines, log::SignedNote const& note) const {
  auto const wrong =
      fail(errc::unavailable, "The witness " + witness_.name + " answered with no cosignature of its own.");
  auto answered = log::parse_note(note.text + "\n" + lines);
  if (!answered || !log::verify_note(*answered, {&witness_.key, 1})) return wrong;
  auto const own =
      std::find_if(answered->signatures.begin(), answered->signatures.end(), [this](log::NoteSignature const& line) {
        return line.name == witness_.key.name() && line.key_id == witness_.key.id();
      });
  return std::move(*own);
}

base::Error WitnessClient::refusal(http::Response const& response) const {
  if (response.status == 409 || response.status == 422)
    return fail(errc::conflict,
                "The witness " + witness_.name +
                    " has cosigned another history of this log. Its data went back to an older copy, or "
                    "another copy of this register signs. Stop it, and see docs/operations.md.");
  return fail(errc::unavailable,
              "The witness " + witness_.name + " refused with status " + std::to_string(response.status) + ".");
}

}  // namespace abode::app::internal
