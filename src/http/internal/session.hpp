// One connection: reads requests, hands them to the handler, writes the answers back in the order of the requests.
// Everything here runs on the IO thread.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "http/internal/answers.hpp"
#include "http/internal/request_reader.hpp"
#include "http/internal/response_writer.hpp"
#include "http/server.hpp"

namespace abode::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using TlsStream = boost::asio::ssl::stream<Socket>;
using Stream = std::variant<Socket, TlsStream>;
using TimePoint = std::chrono::steady_clock::time_point;

class Session;

/// What the sessions of one server share. Outlives them.
struct Hub {
  Config config;
  Handler handler;
  std::shared_ptr<Answers> answers;
  std::unordered_map<std::uint64_t, std::shared_ptr<Session>> sessions;  ///< the open ones, by number
  DateLine date;
  bool stopping = false;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Hub& hub, std::uint64_t number, Stream stream);

  void start();
  /// Instead of start(): answers at once with a transport problem and closes. Over TLS it closes without a word: a
  /// handshake costs more than what it is turned away for.
  void turn_away(unsigned status, std::string_view detail);

  /// The answer to a request. Harmless if that request is no longer waited for.
  void answer(std::uint64_t request, std::optional<Response> response);

  /// Called every now and then: acts on the deadlines that have passed.
  void check_deadlines(TimePoint now);
  /// The server stops: closes if nothing is in work, else after the last answer.
  void stop();
  void close();

 private:
  /// A request in work, or its answer waiting for its turn.
  struct Turn {
    std::optional<Response> response;
    bool keep_alive;
    bool is_head;
    bool http_1_0;
    TimePoint begun;
  };
  struct Outgoing {
    std::string head;
    std::string body;
  };

  void shake_hands(TlsStream& stream);
  bool has_room() const;
  void read();
  void on_read(boost::system::error_code ec, std::size_t bytes);
  void serve_what_came();
  void serve(WholeRequest whole);
  void refuse(unsigned status, std::string_view detail);
  void watch_stage(TimePoint now);

  void write();
  void on_written(boost::system::error_code ec);
  void prepare(Turn turn);
  void linger();
  void end_tls(TlsStream& stream);
  Socket& socket();

  bool is_in_use() const {
    return writing_ || !turns_.empty() || reader_.stage() != RequestReader::Stage::between_requests;
  }

  Hub& hub_;
  std::uint64_t const number_;
  Stream stream_;
  RequestReader reader_;
  RequestReader::Stage watched_ = RequestReader::Stage::between_requests;  ///< what read_deadline_ was set for

  std::deque<Turn> turns_;                          ///< oldest first
  std::uint64_t oldest_request_ = 0;                ///< the number of turns_.front()
  std::vector<Outgoing> outgoing_;                  ///< being written
  std::vector<boost::asio::const_buffer> buffers_;  ///< views of outgoing_

  TimePoint read_deadline_ = TimePoint::max();
  TimePoint write_deadline_ = TimePoint::max();
  bool reading_ = false;  ///< into the room of reader_, which must not move meanwhile
  bool writing_ = false;
  bool serving_ = false;     ///< inside serve_what_came(): answers are written together at its end
  bool last_taken_ = false;  ///< no further request is read
  bool last_sent_ = false;   ///< the last answer is in outgoing_
  bool lingering_ = false;   ///< all is sent; reads and forgets until the client has seen it and closes
  bool input_ended_ = false;
  bool closed_ = false;
};

}  // namespace abode::http
