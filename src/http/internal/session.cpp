#include "http/internal/session.hpp"

#include <boost/asio/write.hpp>
#include <span>
#include <utility>

namespace abode::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

/// Long enough for an answer to reach a phone and its closing to come back.
constexpr std::chrono::seconds linger_time{2};

constexpr std::string_view no_answer =
    "Something went wrong here. Try again later; nothing is shown as done that is not.";
constexpr std::string_view too_slow = "The request did not arrive whole in time. Send it again.";
constexpr std::string_view late_answer =
    "The answer takes too long. Send the same request again with the same Idempotency-Key.";

}  // namespace

Session::Session(Hub& hub, std::uint64_t number, Stream stream)
    : hub_{hub}, number_{number}, stream_{std::move(stream)}, reader_{hub.config.limits} {}

Socket& Session::socket() {
  if (auto* const tls = std::get_if<TlsStream>(&stream_)) return tls->next_layer();
  return std::get<Socket>(stream_);
}

void Session::start() {
  read_deadline_ = steady_clock::now() + hub_.config.limits.header_timeout;
  if (auto* const tls = std::get_if<TlsStream>(&stream_)) return shake_hands(*tls);
  read();
}

void Session::shake_hands(TlsStream& stream) {
  reading_ = true;
  stream.async_handshake(TlsStream::server, [self = shared_from_this()](error_code ec) {
    self->reading_ = false;
    if (ec) return self->close();
    self->read();
  });
}

void Session::turn_away(unsigned status, std::string_view detail) {
  if (std::holds_alternative<TlsStream>(stream_)) return close();
  refuse(status, detail);
  write();
}

// Reading

/// Whether one more request may be taken: who takes no answers must not make us hold ever more of them.
bool Session::has_room() const {
  std::size_t unsent = 0;
  for (Outgoing const& one : outgoing_) unsent += one.body.size();
  for (Turn const& turn : turns_) unsent += turn.response ? turn.response->body.size() : 0;
  return turns_.size() < hub_.config.limits.pipelined && unsent < hub_.config.limits.unsent_bytes;
}

void Session::read() {
  bool const wants_requests = !last_taken_ && has_room();
  if (closed_ || reading_ || input_ended_ || !(wants_requests || lingering_)) return;
  reading_ = true;
  std::span<char> const room = reader_.room();
  std::visit(
      [&](auto& stream) {
        stream.async_read_some(
            asio::buffer(room.data(), room.size()),
            [self = shared_from_this()](error_code ec, std::size_t bytes) { self->on_read(ec, bytes); });
      },
      stream_);
}

void Session::on_read(error_code ec, std::size_t bytes) {
  reading_ = false;
  if (closed_) return;
  if (ec == asio::error::eof) {
    // The client may have closed only its sending half: it still gets what it asked for.
    input_ended_ = true;
    read_deadline_ = TimePoint::max();
    bool const waits_for_answer = writing_ || !turns_.empty();
    if (!waits_for_answer) close();
    return;
  }
  if (ec) return close();
  if (lingering_) return read();
  reader_.received(bytes);
  serve_what_came();
}

/// Serves all requests that have come whole, as far as the limit allows, and writes what answers there are at once.
void Session::serve_what_came() {
  serving_ = true;
  bool all_used = false;
  while (!all_used && !last_taken_ && has_room()) {
    Step step = reader_.next();
    if (auto* whole = std::get_if<WholeRequest>(&step)) {
      serve(std::move(*whole));
    } else if (auto const* refusal = std::get_if<Refusal>(&step)) {
      refuse(refusal->status, refusal->detail);
    } else {
      if (std::get<NeedMore>(step).client_waits)
        turns_.push_back({Response{100, {}, {}}, true, false, false, steady_clock::now()});
      all_used = true;
    }
  }
  serving_ = false;
  watch_stage(steady_clock::now());
  write();
  if (all_used) read();  // else on_written() comes back here for the rest
}

void Session::serve(WholeRequest whole) {
  bool const keep_alive = whole.keep_alive && !hub_.stopping;
  bool const is_head = whole.request.method == Method::head;
  std::uint64_t const request = oldest_request_ + turns_.size();
  turns_.push_back({std::nullopt, keep_alive, is_head, whole.http_1_0, steady_clock::now()});
  last_taken_ = !keep_alive;
  read_deadline_ = TimePoint::max();
  watched_ = RequestReader::Stage::between_requests;

  Responder responder{[answers = hub_.answers, session = number_, request](std::optional<Response> response) {
    answers->add({session, request, std::move(response)});
  }};
  try {
    hub_.handler(std::move(whole.request), std::move(responder));
  } catch (...) {
    // Whatever it was, it ends here: the responder, destroyed on the way out, has answered 500.
  }
}

/// Queues a last answer. The caller writes.
void Session::refuse(unsigned status, std::string_view detail) {
  last_taken_ = true;
  read_deadline_ = TimePoint::max();
  turns_.push_back({hub_.config.transport_problem(status, detail), false, false, false, steady_clock::now()});
}

/// A deadline belongs to a stage of reading, not to a read: trickling bytes does not extend it.
void Session::watch_stage(TimePoint now) {
  using Stage = RequestReader::Stage;
  Limits const& limits = hub_.config.limits;
  Stage const stage = reader_.stage();
  if (last_taken_) return;  // nothing more is expected
  if (stage == Stage::between_requests) {
    read_deadline_ = is_in_use() ? TimePoint::max() : now + limits.idle_timeout;
  } else if (stage != watched_) {
    read_deadline_ = now + (stage == Stage::in_header ? limits.header_timeout : limits.body_timeout);
  }
  watched_ = stage;
}

// Answering

void Session::answer(std::uint64_t request, std::optional<Response> response) {
  std::uint64_t const place = request - oldest_request_;  // wraps round for one that is gone
  if (closed_ || place >= turns_.size() || turns_[place].response) return;
  if (!response || !is_sendable(*response)) response = hub_.config.transport_problem(500, no_answer);
  turns_[place].response = std::move(response);
  if (!serving_) write();
}

/// Sends all answers whose turn has come in one go.
void Session::write() {
  if (closed_ || writing_ || lingering_) return;
  while (!last_sent_ && !turns_.empty() && turns_.front().response) {
    Turn turn = std::move(turns_.front());
    turns_.pop_front();
    ++oldest_request_;
    prepare(std::move(turn));
  }
  if (outgoing_.empty()) return;
  for (Outgoing const& one : outgoing_) {
    buffers_.push_back(asio::buffer(one.head));
    if (!one.body.empty()) buffers_.push_back(asio::buffer(one.body));
  }
  writing_ = true;
  write_deadline_ = steady_clock::now() + hub_.config.limits.write_timeout;
  std::visit(
      [&](auto& stream) {
        asio::async_write(stream, std::span<asio::const_buffer const>{buffers_},
                          [self = shared_from_this()](error_code ec, std::size_t) { self->on_written(ec); });
      },
      stream_);
}

void Session::prepare(Turn turn) {
  bool const stops_here = hub_.stopping && !is_in_use() && turn.response->status >= 200;
  bool const keep_alive = turn.keep_alive && !stops_here;
  if (!keep_alive) last_taken_ = last_sent_ = true;
  HeadOptions const options{keep_alive, turn.http_1_0, hub_.date.now()};
  bool const has_body = !turn.is_head && may_have_body(turn.response->status);
  outgoing_.push_back({head_of(*turn.response, options), has_body ? std::move(turn.response->body) : std::string{}});
}

void Session::on_written(error_code ec) {
  writing_ = false;
  write_deadline_ = TimePoint::max();
  if (closed_) return;
  if (ec) return close();
  outgoing_.clear();
  buffers_.clear();
  if (last_sent_) return linger();
  bool const nothing_left = turns_.empty() && (input_ended_ || (hub_.stopping && !is_in_use()));
  if (nothing_left) return close();
  if (!reading_) return serve_what_came();  // it paused at the limit: whole requests may be left
  watch_stage(steady_clock::now());
  write();
}

/// Closing while bytes are still coming in would reset the connection and could lose the answer. RFC 9112, 9.6.
void Session::linger() {
  if (auto* const tls = std::get_if<TlsStream>(&stream_)) return end_tls(*tls);
  error_code ignored;
  socket().shutdown(Socket::shutdown_send, ignored);
  if (input_ended_) return close();
  oldest_request_ += turns_.size();
  turns_.clear();
  lingering_ = true;
  read_deadline_ = steady_clock::now() + linger_time;
  read();
}

/// Says goodbye (RFC 8446, 6.1) and waits for the client's, but not for long.
void Session::end_tls(TlsStream& stream) {
  if (input_ended_ || reading_) return close();
  oldest_request_ += turns_.size();
  turns_.clear();
  lingering_ = true;
  read_deadline_ = steady_clock::now() + linger_time;
  stream.async_shutdown([self = shared_from_this()](error_code) { self->close(); });
}

// Ending

void Session::check_deadlines(TimePoint now) {
  if (now >= write_deadline_) return close();
  bool const answer_is_late =
      !turns_.empty() && !turns_.front().response && now >= turns_.front().begun + hub_.config.limits.handler_timeout;
  if (answer_is_late) {
    turns_.front().response = hub_.config.transport_problem(503, late_answer);
    turns_.front().keep_alive = false;
    last_taken_ = true;
    write();
  } else if (now >= read_deadline_) {
    bool const is_mid_request = reader_.stage() != RequestReader::Stage::between_requests;
    if (lingering_ || !is_mid_request) return close();
    refuse(408, too_slow);
    write();
  }
}

void Session::stop() {
  if (!is_in_use() && !lingering_) close();
}

void Session::close() {
  if (std::exchange(closed_, true)) return;
  error_code ignored;
  socket().close(ignored);
  hub_.sessions.erase(number_);
}

}  // namespace abode::http
