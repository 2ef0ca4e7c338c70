#include "fetch/fetch.hpp"

#include <curl/curl.h>

#include <mutex>

#include "base/assert.hpp"

namespace abode::fetch {
namespace {

using base::errc;
using base::result;

struct Closer {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Incoming {
  http::Response response;
  std::size_t limit_bytes = 0;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t count, void* into) {
  auto& incoming = *static_cast<Incoming*>(into);
  if (incoming.response.body.size() + count > incoming.limit_bytes) {
    incoming.too_large = true;
    return 0;  // ends the transfer
  }
  incoming.response.body.append(data, count);
  return count;
}

std::size_t take_header(char* data, std::size_t, std::size_t count, void* into) {
  auto& incoming = *static_cast<Incoming*>(into);
  std::string_view line{data, count};
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) incoming.response.headers.clear();  // those of "100 Continue" before it
  std::size_t const colon = line.find(':');
  if (colon == std::string_view::npos) return count;
  std::string_view value = line.substr(colon + 1);
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  incoming.response.headers.emplace_back(line.substr(0, colon), value);
  return count;
}

void prepare_library() {
  static std::once_flag once;
  std::call_once(once,
                 [] { base::ensure(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl does not start"); });
}

}  // namespace

struct Client::Impl {
  Limits limits;
  std::unique_ptr<CURL, Closer> handle;

  template <class Value>
  void set(CURLoption option, Value value) const {
    base::ensure(curl_easy_setopt(handle.get(), option, value) == CURLE_OK, "libcurl does not take an option");
  }

  /// The options of every request; connections outlive the reset.
  void begin(std::string const& url, Incoming& incoming) const {
    curl_easy_reset(handle.get());
    incoming.limit_bytes = limits.body_bytes;
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits.timeout.count()));
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&incoming));
    set(CURLOPT_HEADERFUNCTION, &take_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(&incoming));
  }

  result<http::Response> finish(std::string const& url, Incoming& incoming) const {
    CURLcode const outcome = curl_easy_perform(handle.get());
    if (incoming.too_large) return base::fail(errc::too_large, url + " answered with more than is taken from there.");
    if (outcome == CURLE_URL_MALFORMAT || outcome == CURLE_UNSUPPORTED_PROTOCOL)
      return base::fail(errc::invalid, url + " is not an http or https address.", "url");
    if (outcome != CURLE_OK)
      return base::fail(errc::unavailable, url + " gave no answer: " + curl_easy_strerror(outcome) + ".");
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    incoming.response.status = static_cast<unsigned>(status);
    return std::move(incoming.response);
  }
};

Client::Client(Limits limits) {
  prepare_library();
  impl_ = std::make_unique<Impl>(Impl{limits, std::unique_ptr<CURL, Closer>{curl_easy_init()}});
  base::ensure(impl_->handle != nullptr, "libcurl gives no handle");
}

Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

result<http::Response> Client::get(std::string const& url) {
  Incoming incoming;
  impl_->begin(url, incoming);
  return impl_->finish(url, incoming);
}

result<http::Response> Client::post(std::string const& url, std::string const& body, std::string const& type) {
  Incoming incoming;
  impl_->begin(url, incoming);
  std::unique_ptr<curl_slist, Closer> headers{curl_slist_append(nullptr, ("Content-Type: " + type).c_str())};
  curl_slist_append(headers.get(), "Expect:");  // no waiting for "100 Continue"
  impl_->set(CURLOPT_HTTPHEADER, headers.get());
  impl_->set(CURLOPT_POST, 1L);
  impl_->set(CURLOPT_POSTFIELDS, body.c_str());
  impl_->set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  return impl_->finish(url, incoming);
}

}  // namespace abode::fetch
