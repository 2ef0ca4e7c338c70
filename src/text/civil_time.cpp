#include "text/civil_time.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "base/assert.hpp"

namespace abode::text {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::seconds;

UDate date_of(std::chrono::sys_seconds time) {
  return static_cast<UDate>(milliseconds{time.time_since_epoch()}.count());
}

class IcuCivilTime final : public base::CivilTime {
 public:
  IcuCivilTime(std::string name, std::unique_ptr<icu::BasicTimeZone const> rules)
      : name_(std::move(name)), rules_(std::move(rules)) {}

  std::string_view name() const override { return name_; }

  base::Time moment_of(base::Date day, std::chrono::minutes since_midnight) const override {
    base::Time const shown = std::chrono::sys_days{day} + since_midnight;
    std::int32_t raw = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    rules_->getOffsetFromLocal(date_of(shown), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, saving, status);
    base::ensure(U_SUCCESS(status) != 0, "a civil time has an offset at all times");
    return shown - ahead(raw, saving);
  }

  base::Date day_at(base::Time time) const override {
    std::int32_t raw = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    rules_->getOffset(date_of(time), 0, raw, saving, status);
    base::ensure(U_SUCCESS(status) != 0, "a civil time has an offset at all times");
    return base::day_of(time + ahead(raw, saving));
  }

 private:
  static seconds ahead(std::int32_t raw, std::int32_t saving) {
    return std::chrono::floor<seconds>(milliseconds{raw} + milliseconds{saving});
  }

  std::string name_;
  std::unique_ptr<icu::BasicTimeZone const> rules_;
};

}  // namespace

std::shared_ptr<base::CivilTime const> civil_time_named(std::string const& name) {
  auto const id = icu::UnicodeString::fromUTF8(name);
  icu::UnicodeString canonical;
  UBool listed = 0;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, canonical, listed, status);
  if (U_FAILURE(status) != 0 || listed == 0 || name == UCAL_UNKNOWN_ZONE_ID) return nullptr;
  std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(id)};
  auto* const rules = dynamic_cast<icu::BasicTimeZone*>(zone.get());
  base::ensure(rules != nullptr, "what ICU lists has rules");
  (void)zone.release();
  return std::make_shared<IcuCivilTime>(name, std::unique_ptr<icu::BasicTimeZone const>{rules});
}

}  // namespace abode::text
