kaskad_bench(stats SOURCES stats_bench.cpp ROOMS base stats)
kaskad_bench(mixed SOURCES mixed_bench.cpp ROOMS base stats)
kaskad_bench(linear SOURCES linear_bench.cpp ROOMS base stats)
