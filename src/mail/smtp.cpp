#include "mail/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include "base/assert.hpp"
#include "mail/message.hpp"

namespace abode::mail {
namespace {

using base::Disclosure;
using base::errc;
using base::result;
using ports::Sent;

struct Closer {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What is still to be sent of a message.
struct Outgoing {
  std::string_view rest;
};

std::size_t give(char* into, std::size_t size, std::size_t count, void* from) {
  auto& outgoing = *static_cast<Outgoing*>(from);
  std::size_t const part = std::min(size * count, outgoing.rest.size());
  std::memcpy(into, outgoing.rest.data(), part);
  outgoing.rest.remove_prefix(part);
  return part;
}

/// What a server answers is of no use but for its codes.
std::size_t ignore(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

void prepare_library() {
  static std::once_flag once;
  std::call_once(once,
                 [] { base::ensure(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl does not start"); });
}

class SmtpMailer final : public ports::Mailer {
 public:
  SmtpMailer(SmtpOptions options, base::Clock& clock) : options_(std::move(options)), clock_(clock) {
    prepare_library();
    handle_.reset(curl_easy_init());
    base::ensure(handle_ != nullptr, "libcurl gives no handle");
    std::string const host =
        options_.server.find(':') == std::string::npos ? options_.server : "[" + options_.server + "]";
    // What stands after the host is the name this machine gives to the server: by default libcurl would tell its own.
    url_ = "smtp://" + host + ":" + std::to_string(options_.port) + "/" +
           options_.from.substr(options_.from.find('@') + 1);
  }

  result<Sent> send(ports::Mail const& mail) override {
    auto const message = write_message(mail, options_.from, clock_.now());
    if (!message) return message.error();
    Outgoing outgoing{*message};
    std::unique_ptr<curl_slist, Closer> const recipients{
        curl_slist_append(nullptr, ("<" + mail.to.reveal(Disclosure::to_mail) + ">").c_str())};
    begin(outgoing, recipients.get());
    CURLcode const outcome = curl_easy_perform(handle_.get());
    return judge(outcome, outgoing.rest.size() < message->size());
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) const {
    base::ensure(curl_easy_setopt(handle_.get(), option, value) == CURLE_OK, "libcurl does not take an option");
  }

  /// The options of every mail; the connection outlives the reset.
  void begin(Outgoing& outgoing, curl_slist* recipients) const {
    curl_easy_reset(handle_.get());
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
    set(CURLOPT_USE_SSL, options_.starttls ? static_cast<long>(CURLUSESSL_ALL) : static_cast<long>(CURLUSESSL_NONE));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (options_.authorities) {
      set(CURLOPT_CAINFO, options_.authorities->c_str());
      set(CURLOPT_CAPATH, static_cast<char const*>(nullptr));
    }
    if (options_.login) {
      set(CURLOPT_USERNAME, options_.login->user.c_str());
      set(CURLOPT_PASSWORD, options_.login->password.reveal(Disclosure::to_mail).c_str());
    }
    sender_ = "<" + options_.from + ">";
    set(CURLOPT_MAIL_FROM, sender_.c_str());
    set(CURLOPT_MAIL_RCPT, recipients);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &give);
    set(CURLOPT_READDATA, static_cast<void*>(&outgoing));
    set(CURLOPT_WRITEFUNCTION, &ignore);
    set(CURLOPT_HEADERFUNCTION, &ignore);
    error_[0] = '\0';
    set(CURLOPT_ERRORBUFFER, error_);
  }

  /// A server refuses for good by 5xx (RFC 5321 section 4.2.1), to the recipient or to the message. To anything else,
  /// the login or the sender, it is the settings that are wrong: they may be put right.
  result<Sent> judge(CURLcode outcome, bool data_begun) const {
    if (outcome == CURLE_OK) return Sent::accepted;
    long code = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &code);
    bool const recipient = std::strncmp(error_, "RCPT failed", 11) == 0;
    bool const this_mail = code >= 400 && (recipient || data_begun);
    if (this_mail && code >= 500) return Sent::refused;
    return base::fail(this_mail ? errc::busy : errc::unavailable,
                      "The mail server did not take a mail: " + std::string{curl_easy_strerror(outcome)} +
                          (code != 0 ? ", code " + std::to_string(code) : std::string{}) + ".");
  }

  SmtpOptions options_;
  base::Clock& clock_;
  std::string url_;
  mutable std::string sender_;
  mutable char error_[CURL_ERROR_SIZE] = {};
  std::unique_ptr<CURL, Closer> handle_;
};

}  // namespace

std::unique_ptr<ports::Mailer> make_smtp_mailer(SmtpOptions options, base::Clock& clock) {
  return std::make_unique<SmtpMailer>(std::move(options), clock);
}

}  // namespace abode::mail
