# The tasks of mixed_bench.cpp in R's lme4, for the table of bench/README.md. Debian: r-base-core r-cran-lme4.
# Run from the root of the project, in the same hour as kaskad_mixed_bench: Rscript bench/mixed_peers.R
suppressMessages(library(lme4))
median_ms <- function(f, times) median(replicate(times, sum(system.time(f())[c("user.self", "sys.self")]))) * 1000

pupils <- function(rows, schools) {
  set.seed(20240901)
  d <- data.frame(school = rep(seq_len(schools), length.out = rows), x = rnorm(rows))
  d$y <- 50 + (6 + 0.5 * rnorm(schools)[d$school]) * d$x + 4 * rnorm(schools)[d$school] + 8 * rnorm(rows)
  d
}

d <- pupils(200000, 1000)
cat(sprintf("lmer, random intercept, 200000 x 1000: %.0f ms\n", median_ms(function() lmer(y ~ x + (1 | school), d), 3)))
cat(sprintf("lmer, random slope, 200000 x 1000: %.0f ms\n", median_ms(function() lmer(y ~ x + (x | school), d), 3)))
