// Measures how fast queued mails go out to a mail server of this machine, and what people's writes wait meanwhile:
// beside the outbox, beside the same mails sent at the same pace without one (the mail server and the sending take
// processor time that writes then lack; the outbox is to take no more than that), and alone.
//   bench_mails DIR MAILS ROUNDS
// DIR is a fresh register of test mode whose abode.toml has a [mail] with wait_s = 0. Prints lines "what|figure|unit".
#include <atomic>
#include <thread>

#include "app/mail_keeper.hpp"
#include "figures.hpp"
#include "service/enrolment.hpp"
#include "text/catalogs.hpp"

namespace {

using namespace abode;
using namespace bench;
using namespace std::chrono_literals;

constexpr std::size_t people_at_once = 2000;
constexpr std::size_t writers = 4;
constexpr auto between_writes = 4ms;  ///< of one writer: a thousand a second in all

/// As many people as mails, each with an address.
std::vector<ports::RecordId> enrol_people(app::Assembly const& assembly, std::size_t count) {
  std::vector<ports::RecordId> records;
  service::Context const context = assembly.context();
  for (std::size_t first = 0; first < count; first += people_at_once) {
    std::vector<ports::RecordId> added;
    auto const commit = assembly.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
      added.clear();
      for (std::size_t n = first; n < std::min(count, first + people_at_once); ++n) {
        std::string const card = fmt::format("BENCH{:07}", n);
        service::Newcomer const person{{{"SPECIMEN", "BENCH"}, {}, {identity::DocumentKind::other, card}},
                                       card,
                                       identity::Contact{fmt::format("person{}@example.org", n), "ru"}};
        if (auto const enrolled = service::enrol_newcomer(context, t, person); !enrolled) return enrolled;
        added.push_back(t.card(context.sealer.card_tag(base::Secret<std::string>{card}))->record);
      }
      return {};
    });
    if (!commit) must(base::result<int>{commit.error()});
    records.insert(records.end(), added.begin(), added.end());
  }
  return records;
}

void queue_mails(app::Assembly const& assembly, std::vector<ports::RecordId> const& records, std::uint64_t seq) {
  service::Context const context = assembly.context();
  for (std::size_t first = 0; first < records.size(); first += people_at_once) {
    auto const commit = assembly.store->write_and_wait([&](ports::Transaction& t) -> base::result<void> {
      for (std::size_t n = first; n < std::min(records.size(), first + people_at_once); ++n)
        service::queue_change_mail(context, t, records[n], seq);
      return {};
    });
    if (!commit) must(base::result<int>{commit.error()});
  }
}

/// An entry in somebody's history: what every act ends in.
base::result<void> write_entry(service::Context const& context, ports::Transaction& t, ports::RecordId record) {
  auto row = t.record(record);
  auto const key = t.key(record);
  if (!row || !key) return base::fail(base::errc::corrupted, "A record of the benchmark is gone.");
  auto const receipt = service::append_entry(context, t, *row, *key, {"holder", {}, {}, {}, "file", {}}, row->state_tag,
                                             context.clock.now(), service::EntryKind::write);
  if (!receipt) return receipt.error();
  t.update_record(*row);
  return {};
}

/// Writes at a steady pace while `go_on` says so; what each waited, in milliseconds.
std::vector<double> write_while(app::Assembly const& assembly, std::vector<ports::RecordId> const& records,
                                std::function<bool()> const& go_on) {
  std::vector<std::vector<double>> waited(writers);
  std::vector<std::thread> threads;
  service::Context const context = assembly.context();
  for (std::size_t w = 0; w < writers; ++w)
    threads.emplace_back([&, w] {
      for (std::size_t n = w; go_on(); n += writers) {
        auto const start = Clock::now();
        auto const commit = assembly.store->write_and_wait(
            [&](ports::Transaction& t) { return write_entry(context, t, records[n % records.size()]); });
        if (!commit) must(base::result<int>{commit.error()});
        waited[w].push_back(seconds_since(start) * 1e3);
        std::this_thread::sleep_until(start + between_writes);
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::vector<double> all;
  for (auto const& some : waited) all.insert(all.end(), some.begin(), some.end());
  return all;
}

double percentile(std::vector<double> figures, double part) {
  std::sort(figures.begin(), figures.end());
  return figures.at(static_cast<std::size_t>(part * static_cast<double>(figures.size() - 1)));
}

/// Sends `mails` mails that no outbox knows, spread over `seconds`, and tells when it is done.
void send_past_the_outbox(app::Assembly const& assembly, std::size_t mails, double seconds, std::atomic<bool>& done) {
  auto const mailer = must(app::make_mailer(assembly));
  std::string const subject = text::format_message("ru", "mail.changed.subject", {});
  std::string const body = text::format_message("ru", "mail.changed.body", {{"register", assembly.config.public_url}});
  auto const start = Clock::now();
  for (std::size_t n = 0; n < mails; ++n) {
    std::this_thread::sleep_until(
        start + std::chrono::duration<double>(seconds * static_cast<double>(n) / static_cast<double>(mails)));
    must(mailer->send(
        {base::Personal{fmt::format("person{}@example.org", n)}, "ru", subject, body, fmt::format("{:032x}", n)}));
  }
  done = true;
}

int measure(app::Assembly const& assembly, std::size_t mails, int rounds) {
  auto const records = enrol_people(assembly, mails);
  app::OperatorLog operator_log{*assembly.clock};
  metrics::Counter accepted;
  metrics::Counter other;
  std::vector<double> rates;
  std::vector<double> with;
  std::vector<double> past;
  std::vector<double> without;
  for (int round = 1; round <= rounds; ++round) {
    queue_mails(assembly, records, static_cast<std::uint64_t>(round));
    std::uint64_t const before = accepted.value();
    auto const start = Clock::now();
    double took = 0;
    {
      app::MailKeeper const keeper{
          assembly, must(app::make_mailer(assembly)), {&accepted, &other, &other}, operator_log};
      std::atomic<bool> done = false;
      std::thread watch{[&] {
        while (accepted.value() - before < mails && seconds_since(start) < 300) std::this_thread::sleep_for(5ms);
        done = true;
      }};
      with.push_back(percentile(write_while(assembly, records, [&] { return !done; }), 0.99));
      watch.join();
      took = seconds_since(start);
    }
    if (accepted.value() - before < mails)
      must(base::result<int>{base::fail(base::errc::unavailable, "Mails are missing.")});
    rates.push_back(static_cast<double>(mails) / took);
    {
      std::atomic<bool> done = false;
      std::thread sender{[&] { send_past_the_outbox(assembly, mails, took, done); }};
      past.push_back(percentile(write_while(assembly, records, [&] { return !done; }), 0.99));
      sender.join();
    }
    auto const quiet = Clock::now();
    without.push_back(percentile(write_while(assembly, records, [&] { return seconds_since(quiet) < took; }), 0.99));
  }
  print("mails into a server of this machine, while 1,000 entries a second are written", spread_of(rates), "mails/s");
  print("p99 of these writes while mails go out", spread_of(with), "ms");
  print("p99 of the same writes while as many mails go out past the outbox", spread_of(past), "ms");
  print("p99 of the same writes without mails", spread_of(without), "ms");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "Use: bench_mails DIR MAILS ROUNDS\n";
    return 2;
  }
  auto const assembly = abode::app::open_register(argv[1]);
  if (!assembly || !assembly->config.mail) {
    std::cerr << (assembly ? "abode.toml has no [mail]" : assembly.error().detail) << '\n';
    return 1;
  }
  return measure(*assembly, std::stoul(argv[2]), std::stoi(argv[3]));
}
