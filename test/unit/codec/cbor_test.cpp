#include "codec/cbor.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "codec/text.hpp"

namespace abode::codec {
namespace {

std::string hex(CborWriter&& writer) {
  return to_hex(std::move(writer).take());
}

// RFC 8949 appendix A
TEST(CborWriter, MatchesTheExamplesOfTheSpecification) {
  EXPECT_EQ(hex(std::move(CborWriter{}.unsigned_int(0))), "00");
  EXPECT_EQ(hex(std::move(CborWriter{}.unsigned_int(23))), "17");
  EXPECT_EQ(hex(std::move(CborWriter{}.unsigned_int(24))), "1818");
  EXPECT_EQ(hex(std::move(CborWriter{}.unsigned_int(1000))), "1903e8");
  EXPECT_EQ(hex(std::move(CborWriter{}.unsigned_int(1000000))), "1a000f4240");
  EXPECT_EQ(hex(std::move(CborWriter{}.unsigned_int(1000000000000))), "1b000000e8d4a51000");
  EXPECT_EQ(hex(std::move(CborWriter{}.signed_int(-1))), "20");
  EXPECT_EQ(hex(std::move(CborWriter{}.signed_int(-1000))), "3903e7");
  EXPECT_EQ(hex(std::move(CborWriter{}.bytes(base::Bytes{1, 2, 3, 4}))), "4401020304");
  EXPECT_EQ(hex(std::move(CborWriter{}.text("\u00fc"))), "62c3bc");
  EXPECT_EQ(hex(std::move(CborWriter{}.array(2).boolean(false).null())), "82f4f6");
  EXPECT_EQ(hex(std::move(CborWriter{}.map(1).unsigned_int(1).unsigned_int(2))), "a10102");
}

TEST(CborReader, ReadsBackWhatWasWritten) {
  auto const bytes = std::move(CborWriter{}
                                   .map(2)
                                   .unsigned_int(0)
                                   .text("a")
                                   .unsigned_int(1)
                                   .array(3)
                                   .signed_int(std::numeric_limits<std::int64_t>::min())
                                   .boolean(true)
                                   .null())
                         .take();
  CborReader reader{bytes};
  EXPECT_EQ(reader.map(5), 2u);
  reader.key(0);
  EXPECT_EQ(reader.text(), "a");
  reader.key(1);
  EXPECT_EQ(reader.array(3), 3u);
  EXPECT_EQ(reader.signed_int(), std::numeric_limits<std::int64_t>::min());
  EXPECT_TRUE(reader.boolean());
  EXPECT_TRUE(reader.null());
  EXPECT_TRUE(reader.finish());
}

TEST(CborReader, RefusesEveryOtherEncodingOfTheSameNumber) {
  for (char const* longer : {"1817", "190017", "1900ff", "1a0000ffff", "1b00000000ffffffff"}) {
    base::Bytes const bytes = from_hex(longer).value();
    CborReader reader{bytes};
    reader.unsigned_int();
    EXPECT_FALSE(reader.finish()) << longer;
  }
}

TEST(CborReader, RefusesCutOffInputAtEveryLength) {
  auto const bytes = std::move(CborWriter{}.array(2).text("hello").bytes(base::Bytes(300, 7))).take();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CborReader reader{base::ByteView{bytes}.first(size)};
    reader.array(2);
    reader.text();
    reader.bytes();
    EXPECT_FALSE(reader.finish()) << size;
  }
}

TEST(CborReader, RefusesLeftoversWrongTypesAndHugeCounts) {
  base::Bytes const two{0x01, 0x02};
  CborReader leftover{two};
  leftover.unsigned_int();
  EXPECT_FALSE(leftover.finish());

  CborReader wrong_type{two};
  wrong_type.text();
  EXPECT_TRUE(wrong_type.failed());

  base::Bytes const huge = from_hex("9b00000001ffffffff").value();
  CborReader many{huge};
  EXPECT_EQ(many.array(1000), 0u);
  EXPECT_TRUE(many.failed());

  base::Bytes const long_text = from_hex("7bffffffffffffffff61").value();
  CborReader text{long_text};
  EXPECT_EQ(text.text(), "");
  EXPECT_TRUE(text.failed());
}

TEST(CborReader, SkipsOneItemWithAllThatIsInIt) {
  CborWriter out;
  out.map(2).unsigned_int(1).array(3).text("a").null().boolean(true).signed_int(-7).bytes(base::Bytes(300, 1));
  out.text("behind");
  base::Bytes const encoded = std::move(out).take();
  CborReader in{encoded};
  in.skip();
  EXPECT_EQ(in.text(), "behind");
  EXPECT_TRUE(in.finish());
}

TEST(CborReader, SkipsNothingThatIsNotThere) {
  for (base::Bytes const& wrong :
       {base::Bytes{}, base::Bytes{0x82, 0x01}, base::Bytes{0xa1, 0x01}, base::Bytes{0x9b, 0, 0, 0, 7, 0, 0, 0, 0},
        base::Bytes{0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, base::Bytes{0xfb, 0, 0, 0, 0, 0, 0, 0, 0},
        base::Bytes{0x43, 1, 2}, base::Bytes{0xc0, 0x01}, base::Bytes(100, 0x81)}) {
    CborReader in{wrong};
    in.skip();
    EXPECT_TRUE(in.failed());
  }
}

}  // namespace
}  // namespace abode::codec
