#include "api/executor.hpp"

#include <algorithm>

#include "api/common_headers.hpp"
#include "api/problem.hpp"
#include "service/sessions.hpp"

namespace abode::api {
namespace {

using base::errc;
using base::fail;

/// The session to extend, if this use of it calls for that.
std::optional<base::Hash> to_extend(Caller const& caller, base::Time now) {
  ports::SessionRow const* const session = caller.session();
  if (session == nullptr || !service::is_extension_due(*session, now)) return {};
  return session->token_hash;
}

bool changes_something(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

}  // namespace

struct Executor::Job {
  http::Request request;
  http::Responder responder;
  Match match;
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};

Executor::Executor(Register registry, ports::Store& store, std::vector<Surface> surfaces, ExecutorConfig config)
    : registry_(std::move(registry)), store_(store), surfaces_(std::move(surfaces)), config_(std::move(config)) {}

void Executor::handle(http::Request request, http::Responder responder) {
  auto job = std::make_shared<Job>(Job{.request = std::move(request), .responder = std::move(responder), .match = {}});
  job->match = find_route(surfaces_, job->request);
  Route const* const route = job->match.route;
  if (route == nullptr && !job->match.allowed.empty())
    return answer(*job, fail(errc::wrong_method, "This address takes only: " + job->match.allowed + "."));
  if (route == nullptr)
    return answer(*job,
                  fail(errc::not_found, "There is nothing at this address. Check it, or begin at the start page."));
  if (auto const ok = check_origin(job->request); !ok) return answer(*job, ok.error());

  Reply reply = route->handler(registry_, Call{job->request, job->match.params, job->match.child});
  if (auto* const response = std::get_if<http::Response>(&reply)) return answer(*job, std::move(*response));
  if (auto* const error = std::get_if<base::Error>(&reply)) return answer(*job, std::move(*error));
  if (auto* const read = std::get_if<ReadWork>(&reply)) return start_read(std::move(job), std::move(*read));
  if (auto* const prepared = std::get_if<PreparedWork>(&reply))
    return start_prepared(std::move(job), std::move(*prepared));
  start_write(std::move(job), std::move(std::get<WriteWork>(reply)));
}

void Executor::start_read(std::shared_ptr<Job> job, ReadWork work) {
  config_.on_worker([this, job = std::move(job), work = std::move(work)] {
    base::result<http::Response> outcome = http::Response{};
    std::optional<base::Hash> used;
    auto const read = store_.read([&](ports::Snapshot& snapshot) -> base::result<void> {
      auto const caller = prove(snapshot, *job);
      if (!caller) return caller.error();
      used = to_extend(*caller, registry_.context.clock.now());
      outcome = work.run(snapshot, *caller);
      return {};
    });
    if (used) keep_alive(*used);
    answer(*job, read ? std::move(outcome) : read.error());
  });
}

void Executor::start_write(std::shared_ptr<Job> job, WriteWork work) {
  auto use_case = [this, job, run = std::move(work.run)](ports::Transaction& transaction) -> base::result<void> {
    auto const caller = prove(transaction, *job);
    if (!caller) return caller.error();
    if (auto const used = to_extend(*caller, registry_.context.clock.now()))
      service::extend_session(registry_.context, transaction, *used);
    return run(transaction, *caller);
  };
  // Rendering opens seals and makes JSON or pages: that is kept off the store's writer.
  auto done = [this, job, render = std::move(work.render),
               otherwise = std::move(work.otherwise)](base::result<ports::Commit> outcome) {
    if (!outcome && otherwise) return start_read(job, otherwise(outcome.error()));
    config_.on_worker([this, job, render, outcome = std::move(outcome)] {
      answer(*job, outcome ? render(*outcome) : outcome.error());
    });
  };
  store_.write(std::move(use_case), std::move(done));
}

void Executor::start_prepared(std::shared_ptr<Job> job, PreparedWork work) {
  config_.on_worker([this, job = std::move(job), work = std::move(work)] {
    base::result<WriteWork> prepared = WriteWork{};
    auto const read = store_.read([&](ports::Snapshot& snapshot) -> base::result<void> {
      auto const caller = prove(snapshot, *job);
      if (!caller) return caller.error();
      prepared = work.prepare(snapshot, *caller);
      return {};
    });
    if (!read) return answer(*job, read.error());
    if (!prepared) return answer(*job, prepared.error());
    start_write(job, std::move(*prepared));
  });
}

/// For a request that writes nothing itself. Nobody waits for it: should it fail, the next request asks again.
void Executor::keep_alive(base::Hash const& token_hash) {
  store_.write(
      [this, token_hash](ports::Transaction& transaction) -> base::result<void> {
        service::extend_session(registry_.context, transaction, token_hash);
        return {};
      },
      [](base::result<ports::Commit> const&) {});
}

base::result<Caller> Executor::prove(ports::Snapshot& snapshot, Job const& job) const {
  Authority const authority = job.match.route->authority;
  if (authority == Authority::anyone) return Caller{};
  auto const token = session_token(job.request, authority, registry_.secure);
  base::Time const now = registry_.context.clock.now();
  if (authority == Authority::holder || authority == Authority::guardian) {
    auto session = ports::HolderSession::prove(snapshot, token, now);
    if (!session) return session.error();
    if (authority == Authority::holder) return Caller{std::move(*session)};
    auto guardian = ports::GuardianSession::prove(snapshot, *session, job.match.child.value());
    if (!guardian) return guardian.error();
    return Caller{std::move(*guardian)};
  }
  auto session = ports::StaffSession::prove(snapshot, token, now);
  if (!session) return session.error();
  if (authority == Authority::staff) return Caller{std::move(*session)};
  auto official = ports::OfficialSession::of(*session);
  if (!official) return official.error();
  return Caller{std::move(*official)};
}

/// A browser sends its cookie along with what other sites make it send; those requests carry another Origin. Programs
/// send a bearer token, which no site can make a browser send. Signing in is guarded as well, or another site could
/// sign somebody in as somebody else.
base::result<void> Executor::check_origin(http::Request const& request) const {
  if (!changes_something(request.method) || has_bearer_token(request)) return {};
  std::string_view const origin = http::header(request, "Origin");
  if (origin.empty() && http::header(request, "Cookie").empty()) return {};
  auto const& own = registry_.party.origins;
  if (std::find(own.begin(), own.end(), origin) != own.end()) return {};
  return fail(errc::forbidden,
              "This request came from another site. Open the register's own page and try again there.");
}

void Executor::answer(Job& job, base::result<http::Response> outcome) const {
  if (outcome) {
    tell(job, *outcome, nullptr);
    return job.responder(finished(std::move(*outcome)));
  }
  base::Error const error = outcome.error();
  Surface const& surface = job.match.surface != nullptr ? *job.match.surface : surfaces_.front();
  http::Response response = surface.render_error(registry_, job.request, error);
  if (error.code == errc::wrong_method) response.headers.emplace_back("Allow", job.match.allowed);
  tell(job, response, &error);
  job.responder(finished(std::move(response)));
}

http::Response Executor::finished(http::Response response) const {
  // RFC 6797: a browser that was here once never comes by plain http again.
  if (registry_.secure) response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  return with_common_headers(registry_.context.mode, std::move(response));
}

void Executor::tell(Job const& job, http::Response const& response, base::Error const* error) const {
  if (!config_.on_answer) return;
  auto const took = std::chrono::steady_clock::now() - job.begun;
  config_.on_answer(
      {job.match.route, response.status, std::chrono::duration_cast<std::chrono::microseconds>(took), error});
}

}  // namespace abode::api
