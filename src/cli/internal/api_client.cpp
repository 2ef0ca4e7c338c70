#include "cli/internal/api_client.hpp"

namespace abode::cli::internal {
namespace {

namespace json = codec::json;

Answer answered(std::optional<Answer> answer) {
  if (!answer) throw NotSo("the server answers");
  return std::move(*answer);
}

}  // namespace

bool ApiClient::sign_in(std::string const& path, std::string const& field, std::string const& who) {
  Answer const answer = post(path, {{field, who}}, "");
  if (answer.status != 201) return false;
  token_ = answer.body.at("token").as_string();
  return answer.body.at("mode") == "test";
}

Answer ApiClient::get(std::string const& path) {
  return answered(send(http::Method::get, path, {}, {}));
}

Answer ApiClient::post(std::string const& path, json::object const& body, std::string const& request_key) {
  return answered(try_post(path, body, request_key));
}

std::optional<Answer> ApiClient::try_post(std::string const& path, json::object const& body,
                                          std::string const& request_key) {
  http::Pairs headers{{"Content-Type", "application/json"}};
  if (!request_key.empty()) headers.emplace_back("Idempotency-Key", request_key);
  return send(http::Method::post, path, std::move(headers), json::serialize(body));
}

std::optional<Answer> ApiClient::send(http::Method method, std::string const& path, http::Pairs headers,
                                      std::string body) {
  if (!token_.empty()) headers.emplace_back("Authorization", "Bearer " + token_);
  auto response = client_.request(method, path, std::move(headers), std::move(body));
  if (!response) return std::nullopt;
  auto parsed = codec::parse_json(response->body);
  return Answer{response->status, parsed ? std::move(*parsed) : json::value{}, std::move(response->body)};
}

}  // namespace abode::cli::internal
