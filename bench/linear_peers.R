# The tasks of linear_bench.cpp in R, for the table of bench/README.md. Debian: r-base-core r-cran-clubsandwich.
# Run from the root of the project, in the same hour as kaskad_linear_bench: Rscript bench/linear_peers.R
suppressMessages(library(clubSandwich))
# Processor time (user + system), so that other work on the machine counts less.
seconds <- function(f) sum(system.time(f())[c("user.self", "sys.self")])

panel <- function(schools, years) {
  set.seed(20240901)
  d <- expand.grid(year = 0:(years - 1), school = 0:(schools - 1))
  d$focus <- +(d$school %% 3 == 0 & 2 * d$year >= years)
  d$score <- 50 + 10 * rep(runif(schools), each = years) + 5 * runif(nrow(d))
  d
}

# As most people write it: dummies for both effects.
dummies <- function(d) {
  fit <- lm(score ~ focus + factor(school) + factor(year), d)
  coef_test(fit, vcov = vcovCR(fit, cluster = d$school, type = "CR2"), test = "Satterthwaite", coefs = "focus")
}
# As an expert writes it: school effects taken out first (right without weights, docs/methods/cr2.md).
within <- function(d) {
  inside <- function(x) x - ave(x, d$school)
  x <- cbind(inside(d$focus), sapply(setdiff(unique(d$year), 0), function(y) inside(+(d$year == y))))
  colnames(x) <- c("focus", paste0("year", setdiff(unique(d$year), 0)))
  fit <- lm(inside(d$score) ~ 0 + x)
  coef_test(fit, vcov = vcovCR(fit, cluster = d$school, type = "CR2"), test = "Satterthwaite")
}

cat(sprintf("CR2, two-way effects, 300 x 6, dummies: %.2f s\n", seconds(function() dummies(panel(300, 6)))))
for (schools in c(300, 1000)) {
  cat(sprintf("CR2, two-way effects, %d x 6, school effects out first: %.3f s\n", schools, seconds(function() within(panel(schools, 6)))))
}
