// Tables of data as columns, terms and model matrices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/frame/cells.hpp"
#include "engine/frame/model_matrix.hpp"
#include "engine/frame/read_frame.hpp"
#include "engine/frame/terms.hpp"

namespace kaskad::frame {
namespace {

using testing::ElementsAre;

TEST(Terms, CrossedTermsAreExpandedAndOrderedByDegree) {
  const auto terms = parse_terms("a*b, c");
  ASSERT_TRUE(terms.has_value());
  EXPECT_TRUE(terms->intercept);
  EXPECT_THAT(terms->terms, ElementsAre(Term{{"a"}}, Term{{"b"}}, Term{{"c"}}, Term{{"a", "b"}}));
}

TEST(Terms, MinusOneLeavesOutTheIntercept) {
  const auto terms = parse_terms("x - 1");
  ASSERT_TRUE(terms.has_value());
  EXPECT_FALSE(terms->intercept);
  EXPECT_THAT(terms->terms, ElementsAre(Term{{"x"}}));
}

TEST(Cells, TailHoldsWhatTheDoubleLost) {
  const CellNumber a = read_number("1000000000000.4");
  EXPECT_TRUE(a.good);
  EXPECT_NEAR((a.value - 1000000000000.0) + a.tail, 0.4, 1e-16);
}

}  // namespace
}  // namespace kaskad::frame
