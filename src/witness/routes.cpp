#include "witness/routes.hpp"

namespace abode::witness {
namespace {

http::Response text(unsigned status, std::string body) {
  return http::response(status, "text/plain; charset=utf-8", std::move(body));
}

http::Response of(Answer answer) {
  return http::response(answer.status, answer.type, std::move(answer.body));
}

http::Response only(http::Method method) {
  http::Response response = text(405, "This address takes " + std::string{http::name_of(method)} + " only.\n");
  response.headers.emplace_back("Allow", http::name_of(method));
  return response;
}

/// "/abc.../checkpoint" is that of "abc..."; empty if the path is of another form.
std::string_view origin_hash_in(std::string_view path) {
  constexpr std::string_view end = "/checkpoint";
  if (!path.starts_with('/') || !path.ends_with(end) || path.size() <= end.size() + 1) return {};
  return path.substr(1, path.size() - end.size() - 1);
}

}  // namespace

http::Response answer(Witness& witness, http::Request const& request) {
  if (request.path == "/add-checkpoint")
    return request.method == http::Method::post ? of(witness.add_checkpoint(request.body)) : only(http::Method::post);
  bool const reads = request.method == http::Method::get;
  if (request.path == "/witness.vkey")
    return reads ? text(200, witness.key().format() + "\n") : only(http::Method::get);
  if (std::string_view const hash = origin_hash_in(request.path); !hash.empty())
    return reads ? of(witness.latest(hash)) : only(http::Method::get);
  return text(404, "A witness of public logs. POST /add-checkpoint, GET /<origin hash>/checkpoint or /witness.vkey.\n");
}

}  // namespace abode::witness
