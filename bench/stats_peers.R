# The tasks of stats_bench.cpp in R, for the table of bench/README.md. Debian: r-base-core r-cran-clubsandwich.
# Run from the root of the project, in the same hour as kaskad_stats_bench: Rscript bench/stats_peers.R
suppressMessages(library(clubSandwich))
# Processor time (user + system), so that other work on the machine counts less.
median_ms <- function(f, times) median(replicate(times, sum(system.time(f())[c("user.self", "sys.self")]))) * 1000

panel <- function(schools, years) {
  set.seed(20240901)
  d <- expand.grid(year = 0:(years - 1), school = 0:(schools - 1))
  d$focus <- +(d$school %% 3 == 0 & 2 * d$year >= years)
  d$n <- 5 + floor(60 * runif(nrow(d)))
  d$score <- 50 + 10 * rep(runif(schools), each = years) + 5 * runif(nrow(d))
  d
}

# Expert code: effects of schools taken out first, √n-scaled cells (docs/methods/cr2.md), clubSandwich on the small design.
expert <- function(d) {
  within_school <- function(x) sqrt(d$n) * (x - ave(d$n * x, d$school, FUN = sum) / ave(d$n, d$school, FUN = sum))
  x <- sapply(setdiff(unique(d$year), 0), function(y) within_school(+(d$year == y)))
  x <- cbind(x, within_school(d$focus))
  y <- within_school(d$score)
  fit <- lm(y ~ 0 + x)
  coef_test(fit, vcov = vcovCR(fit, cluster = d$school, type = "CR2"), test = "Satterthwaite")
}

for (size in list(c(300, 5), c(1000, 6))) {
  d <- panel(size[1], size[2])
  cat(sprintf("CR2, school and year effects, %d x %d: %.1f ms\n", size[1], size[2], median_ms(function() expert(d), 3)))
}
a <- lapply(1:1000, function(i) rnorm(100, 60, 10)); b <- lapply(1:1000, function(i) rnorm(100, 60, 10))
cat(sprintf("Welch x 1000 (t.test): %.1f ms\n", median_ms(function() for (i in 1:1000) t.test(a[[i]], b[[i]]), 5)))
cat(sprintf("Wilson x 1000 (prop.test): %.1f ms\n",
            median_ms(function() for (k in 0:999) suppressWarnings(prop.test(k, 1000, correct = FALSE)), 5)))
