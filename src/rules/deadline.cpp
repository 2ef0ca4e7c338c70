#include "rules/deadline.hpp"

namespace abode::rules {
namespace {

using base::Date;
using base::errc;
using base::fail;
using base::result;
using std::chrono::days;
using std::chrono::sys_days;

/// One count under way: where it stands, and what it has to say for itself.
class Count {
 public:
  Count(Period const& period, Date event, Calendar const* calendar)
      : period_(period), day_{event}, calendar_(calendar) {
    say("The day of the event is " + in_words(event) + ".");
  }

  result<Deadline> run() {
    auto const counted = period_.unit == Unit::working_days ? count_working_days() : count_all_days();
    if (!counted) return counted.error();
    if (calendar_ != nullptr && period_.needs_calendar()) explain_calendar();
    return Deadline{Date{day_}, std::move(steps_)};
  }

 private:
  void say(std::string sentence) { steps_.push_back(std::move(sentence)); }

  /// errc::not_found if the calendar does not cover the day.
  result<bool> is_working() {
    CalendarYear const* const year = calendar_->covers(Date{day_});
    if (year != nullptr && (years_.empty() || years_.back() != year)) years_.push_back(year);
    return calendar_->is_working(Date{day_});
  }

  /// Moves on to a working day, this one if it is one; notes the days off on the way.
  result<void> seek_working_day(std::string& passed_over) {
    for (;; day_ += days{1}) {
      auto const working = is_working();
      if (!working) return working.error();
      if (*working) return {};
      passed_over += (passed_over.empty() ? "" : "; ") + in_words(Date{day_});
    }
  }

  result<void> count_working_days() {
    say(period_.first_day_counts ? "That day counts if it is a working day."
                                 : "That day does not count; counting begins on the next.");
    if (!period_.first_day_counts) day_ += days{1};
    std::string passed_over;
    for (unsigned counted = 0; counted < period_.count; ++counted) {
      if (counted > 0) day_ += days{1};
      if (auto const found = seek_working_day(passed_over); !found) return found;
      if (counted == 0) say("The first working day that counts is " + in_words(Date{day_}) + ".");
    }
    if (!passed_over.empty()) say("Not counted, because they are days off: " + passed_over + ".");
    say("Working day number " + std::to_string(period_.count) + " is " + in_words(Date{day_}) + ": the last day.");
    return {};
  }

  result<void> count_all_days() {
    say(period_.first_day_counts ? "That day is the first day of the period."
                                 : "That day does not count; the next is the first day of the period.");
    unsigned const total = period_.unit == Unit::weeks ? 7 * period_.count : period_.count;
    day_ += days{total - (period_.first_day_counts ? 1 : 0)};
    say("Every day counts, days off too: the period of " + in_words(period_) + " ends on " + in_words(Date{day_}) +
        ".");
    if (period_.on_day_off == OnDayOff::stays) {
      say("The last day stays where it is, whatever day of the week it is.");
      return {};
    }
    std::string passed_over;
    if (auto const found = seek_working_day(passed_over); !found) return found;
    say(passed_over.empty() ? "That is a working day: the last day."
                            : "A last day that is a day off moves to the next working day. Days off: " + passed_over +
                                  ". The last day is " + in_words(Date{day_}) + ".");
    return {};
  }

  void explain_calendar() {
    say("Days off are those of the calendar \"" + calendar_->title + "\".");
    for (CalendarYear const* year : years_)
      if (year->provisional)
        say("The calendar of " + std::to_string(year->year) + " is provisional: it may still change. Look again.");
    for (std::string const& note : calendar_->notes) say(note);
  }

  Period const& period_;
  sys_days day_;
  Calendar const* calendar_;
  std::vector<CalendarYear const*> years_;  ///< that were looked at, in order
  std::vector<std::string> steps_;
};

}  // namespace

std::string in_words(Period const& period) {
  std::string const number = std::to_string(period.count);
  bool const one = period.count == 1;
  switch (period.unit) {
    case Unit::working_days: return number + (one ? " working day" : " working days");
    case Unit::calendar_days: return number + (one ? " calendar day" : " calendar days");
    case Unit::weeks: break;
  }
  return number + (one ? " week" : " weeks");
}

result<Deadline> deadline(Period const& period, Date event, Calendar const* calendar) {
  if (period.count == 0 || period.count > max_period_count)
    return fail(errc::invalid, "A period is 1 to " + std::to_string(max_period_count) + " days or weeks.", "count");
  if (!event.ok()) return fail(errc::invalid, "There is no such day. Write it as YYYY-MM-DD.", "event");
  if (period.needs_calendar() && calendar == nullptr)
    return fail(errc::invalid, "This period needs a calendar of working days. Name one.", "calendar");
  return Count{period, event, calendar}.run();
}

}  // namespace abode::rules
